#include "load/looter.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include "load/wire.h"

namespace throng::bench {
namespace {

constexpr double kReachUnits = 40;   // of a hand; the world allows a little more
constexpr double kBlowUnits = 30;    // of a basic attack, less what the target may still move
constexpr Nanoseconds kPatience = std::chrono::seconds(2);

std::uint32_t whole(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

Looter::Looter(StateTypes types) : decoder_(std::move(types)) {}

void Looter::on_state(ByteSpan body, MonotonicTime now, Tally& tally) {
  if (broken_) return;
  if (const DecodeVerdict verdict = decoder_.apply(body); verdict != DecodeVerdict::Ok) {
    broken_ = true;
    tally.fault(verdict == DecodeVerdict::UnknownReference ? Fault::UnknownReference : Fault::BadState, "a looter");
    return;
  }
  // A thousand of these share a core: nobody looks into a bag before something may have come.
  if (asked_.empty() || !note_gone(now)) return;
  const Structure* me = follow(decoder_.root(), "me");
  if (me == nullptr) return;
  const double owned = possessions(*me);
  if (owned > owned_) match_gain(now, tally);
  owned_ = owned;
}

bool Looter::note_gone(MonotonicTime now) {
  const Structure* drops = follow(decoder_.root(), "drops");
  bool any = false;
  for (auto& [id, asked] : asked_) {
    any = any || asked.gone;
    if (asked.gone) continue;
    const std::string key = std::to_string(id);
    const bool lies = drops != nullptr && std::any_of(drops->entries.begin(), drops->entries.end(),
                                                      [&key](const auto& one) { return one.second.key == key; });
    if (lies) continue;
    asked.gone = now;
    any = true;
  }
  return any;
}

/// Of what was asked for and has gone, the last to go is what came: what others took went earlier.
void Looter::match_gain(MonotonicTime now, Tally& tally) {
  auto came = asked_.end();
  for (auto one = asked_.begin(); one != asked_.end(); ++one) {
    if (one->second.gone && (came == asked_.end() || *one->second.gone > *came->second.gone)) came = one;
  }
  if (came == asked_.end()) return;  // a quest's pay, or more of what came a moment ago
  if (tally.measuring) {
    const Nanoseconds waited = now - came->second.sent;
    tally.pickup_shown_us.record(std::chrono::duration_cast<std::chrono::microseconds>(waited).count());
  }
  asked_.erase(came);
}

const std::vector<std::vector<std::uint8_t>>& Looter::act(MonotonicTime now, Tally& tally) {
  messages_.clear();
  give_up_old(now, tally);
  const Structure* me = broken_ ? nullptr : follow(decoder_.root(), "me");
  if (me == nullptr) return messages_;
  const Place here{number(*me, "x"), number(*me, "y")};
  own_id_ = number(*me, "entityId");
  const Found drop = nearest("drops", here, [this](const Structure& one) {
    const double owner = number(one, "owner");
    return owner == 0 || owner == own_id_;
  });
  if (drop.id != 0 && asked_.size() < kAskedMax && drop.distance <= kReachUnits) {
    append_message(messages_.emplace_back(), "pickup", "dropId", drop.id);
    if (asked_.empty()) owned_ = possessions(*me);
    asked_.emplace(drop.id, Asked{now, std::nullopt});
    passed_over_.emplace(drop.id, now);
  }
  if (drop.id != 0 && drop.distance > kReachUnits && drop.distance < 4 * kReachUnits) {
    go_towards(here, drop.place);
    return messages_;
  }
  Found monster = target(here);
  if (monster.id == 0) {
    monster = nearest("monsters", here, [this](const Structure& one) { return number(one, "hp") > 0; });
    if (monster.id == 0) return messages_;
    append_message(messages_.emplace_back(), "attack", "targetId", monster.id);
    target_ = monster.id;
    target_index_ = monster.index;
  }
  go_towards(here, monster.distance > kBlowUnits ? monster.place : here);
  return messages_;
}

void Looter::give_up_old(MonotonicTime now, Tally& tally) {
  const std::size_t lost = std::erase_if(asked_, [now](const auto& one) { return now - one.second.sent > kPatience; });
  if (tally.measuring) tally.pickups_not_shown += lost;
  std::erase_if(passed_over_, [now](const auto& one) { return now - one.second > 2 * kPatience; });
}

void Looter::go_towards(Place from, Place to) {
  const double distance = std::hypot(to.x - from.x, to.y - from.y);
  const double x = distance > 0 ? (to.x - from.x) / distance : 0;
  const double y = distance > 0 ? (to.y - from.y) / distance : 0;
  append_move(messages_.emplace_back(), x, y, ++sequence_);
}

const Structure* Looter::follow(const Structure& from, const char* field) const {
  const StructureType& type = decoder_.types().types[static_cast<std::size_t>(from.type)];
  for (std::size_t i = 0; i < type.fields.size() && i < from.fields.size(); ++i) {
    if (type.fields[i].name == field)
      return from.fields[i].reference == 0 ? nullptr : decoder_.find(from.fields[i].reference);
  }
  return nullptr;
}

double Looter::number(const Structure& of, const char* field) const {
  const StructureType& type = decoder_.types().types[static_cast<std::size_t>(of.type)];
  for (std::size_t i = 0; i < type.fields.size() && i < of.fields.size(); ++i) {
    if (type.fields[i].name == field) return of.fields[i].number;
  }
  return 0;
}

/// The monster that it fights, as long as that lives and is in view.
Looter::Found Looter::target(Place from) const {
  const Structure* map = follow(decoder_.root(), "monsters");
  if (map == nullptr || target_ == 0) return {};
  const auto entry = map->entries.find(target_index_);
  if (entry == map->entries.end() || whole(entry->second.key) != target_) return {};
  const Structure* monster = decoder_.find(entry->second.value.reference);
  if (monster == nullptr || number(*monster, "hp") <= 0) return {};
  const Place at{number(*monster, "x"), number(*monster, "y")};
  return {target_, target_index_, at, std::hypot(at.x - from.x, at.y - from.y)};
}

Looter::Found Looter::nearest(const char* map_name, Place from, const Fits& fits) const {
  Found best;
  const Structure* map = follow(decoder_.root(), map_name);
  if (map == nullptr) return best;
  for (const auto& [index, entry] : map->entries) {
    const Structure* entity = decoder_.find(entry.value.reference);
    const std::uint32_t id = whole(entry.key);
    if (entity == nullptr || id == 0 || passed_over_.contains(id) || !fits(*entity)) continue;
    const Place at{number(*entity, "x"), number(*entity, "y")};
    const double distance = std::hypot(at.x - from.x, at.y - from.y);
    if (best.id == 0 || distance < best.distance) best = {id, index, at, distance};
  }
  return best;
}

double Looter::possessions(const Structure& me) const {
  double sum = number(me, "coins");
  const Structure* bag = follow(me, "bag");
  if (bag == nullptr) return sum;
  for (const auto& [index, entry] : bag->entries) {
    if (const Structure* slot = decoder_.find(entry.value.reference)) sum += number(*slot, "count");
  }
  return sum;
}

}  // namespace throng::bench
