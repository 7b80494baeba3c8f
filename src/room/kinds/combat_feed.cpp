#include "room/kinds/combat_feed.h"

#include <utility>

namespace throng::room {

std::optional<std::uint32_t> CombatFeed::add(const protocol::CombatEvent& event) {
  if (open_.ends.size() >= kEventsMax) return std::nullopt;
  protocol::MsgpackWriter writer(open_.bytes);
  protocol::encode(writer, event);
  open_.ends.push_back(static_cast<std::uint32_t>(open_.bytes.size()));
  return static_cast<std::uint32_t>(open_.ends.size() - 1);
}

bool CombatFeed::hear(CombatListener& listener, std::uint32_t event) const {
  if (listener.patch != patch_) listener.events.clear();  // of a patch that the client was not there for
  listener.patch = patch_;
  if (listener.events.size() >= CombatListener::kEventsMax) return false;
  if (listener.events.empty() || listener.events.back() != event) listener.events.push_back(event);
  return true;
}

void CombatFeed::begin_patch() {
  std::swap(open_, sealed_);
  open_.bytes.clear();
  open_.ends.clear();
  ++patch_;
}

bool CombatFeed::write(CombatListener& listener, ByteWriter& out) const {
  if (listener.events.empty()) return false;
  const bool current = listener.patch + 1 == patch_;
  if (current) {
    protocol::MsgpackWriter(out).array(listener.events.size());
    for (const std::uint32_t event : listener.events) {
      const std::size_t begin = event == 0 ? 0 : sealed_.ends[event - 1];
      out.append(sealed_.bytes.view().subspan(begin, sealed_.ends[event] - begin));
    }
    listener.events.clear();
  }
  return current;
}

}  // namespace throng::room
