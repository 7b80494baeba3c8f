#include "room/kinds/world_events.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace throng::room {
namespace {

using content::WorldEventDef;
using protocol::WorldEventRow;

/// In the order of the definitions' numbers.
struct RunningEvents {
  explicit RunningEvents(const content::GameContent& content) {
    for (const WorldEventDef& event : content.world_events) {
      if (event.runs() && count < rows.size()) rows[count++] = {event.id, event.name, event.description};
    }
  }
  std::span<const WorldEventRow> list() const { return {rows.data(), count}; }
  bool has(std::string_view id) const {
    return std::any_of(list().begin(), list().end(), [&](const WorldEventRow& row) { return row.id == id; });
  }

  std::array<WorldEventRow, content::kEventsRunningMax> rows{};
  std::size_t count = 0;
};

bool is_same_row(const WorldEventRow& a, const WorldEventRow& b) {
  return a.id == b.id && a.name == b.name && a.description == b.description;
}

}  // namespace

void WorldEvents::send_list(SessionSlot slot) {
  const RunningEvents now(world_.content());
  Member& member = members_.at(slot);
  member.told_events = member.told_events || now.count > 0;
  news_.send(slot, protocol::kServerWorldEvents, now.list());
}

void WorldEvents::tell(SessionSlot slot) {
  if (RunningEvents(world_.content()).count > 0 || members_.at(slot).told_events) send_list(slot);
}

void WorldEvents::content_changed(const content::GameContent& before) {
  const RunningEvents then(before);
  const RunningEvents now(world_.content());
  if (std::ranges::equal(then.list(), now.list(), is_same_row)) return;
  members_.for_each([this](SessionSlot slot, const Member&) { send_list(slot); });
  for (const WorldEventRow& event : then.list()) {
    if (!now.has(event.id)) notice_all(fmt::format("{} is over.", event.name));
  }
  for (const WorldEventRow& event : now.list()) {
    if (then.has(event.id)) continue;
    notice_all(fmt::format("{} has begun!{}{}", event.name, event.description.empty() ? "" : " ", event.description));
  }
}

void WorldEvents::notice_all(const std::string& text) {
  members_.for_each([&](SessionSlot slot, const Member&) { news_.notice(slot, text); });
}

}  // namespace throng::room
