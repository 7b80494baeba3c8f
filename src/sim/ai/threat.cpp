#include "sim/ai/threat.h"

#include <algorithm>

namespace throng::sim {
namespace {

using Entry = ThreatTable::Entry;

Entry* begin_of(ThreatTable& table) { return table.entries.data(); }
Entry* end_of(ThreatTable& table) { return table.entries.data() + table.count; }

/// Where an entry of this id is, or would have to be put.
Entry* place_of(ThreatTable& table, EntityId id) {
  return std::find_if(begin_of(table), end_of(table), [&](const Entry& entry) { return !(entry.actor.id < id); });
}

void erase(ThreatTable& table, Entry* entry) {
  std::move(entry + 1, end_of(table), entry);
  --table.count;
}

Entry* least_threat(ThreatTable& table) {
  Entry* least = begin_of(table);
  for (Entry* entry = least; entry != end_of(table); ++entry) {
    if (entry->threat <= least->threat) least = entry;
  }
  return least;
}

}  // namespace

void add_threat(ThreatTable& table, ActorRef actor, std::int64_t threat, std::int64_t damage) {
  Entry* entry = place_of(table, actor.id);
  if (entry == end_of(table) || entry->actor != actor) {
    if (table.count == ThreatTable::kEntriesMax) erase(table, least_threat(table));
    entry = place_of(table, actor.id);
    std::move_backward(entry, end_of(table), end_of(table) + 1);
    *entry = {actor, 0, 0};
    ++table.count;
  }
  entry->threat = std::min(kThreatMax, entry->threat + threat);
  entry->damage = std::min(kThreatMax, entry->damage + damage);
}

const Entry* find_threat(const ThreatTable& table, ActorRef actor) {
  for (std::size_t i = 0; i < table.count; ++i) {
    if (table.entries[i].actor == actor) return &table.entries[i];
  }
  return nullptr;
}

const Entry* most_threat(const ThreatTable& table) {
  const Entry* most = nullptr;
  for (std::size_t i = 0; i < table.count; ++i) {
    const Entry& entry = table.entries[i];
    if (entry.threat > (most == nullptr ? 0 : most->threat)) most = &entry;
  }
  return most;
}

void remove_threat(ThreatTable& table, ActorRef actor) {
  for (std::size_t i = 0; i < table.count; ++i) {
    if (table.entries[i].actor == actor) table.entries[i].threat = 0;
  }
}

void clear_threat(ThreatTable& table) {
  table.count = 0;
  table.taunted_until = {};
}

ActorRef choose_target(const ThreatTable& table, ActorRef current) {
  const Entry* most = most_threat(table);
  if (most == nullptr) return {};
  const Entry* present = find_threat(table, current);
  if (present == nullptr || present->threat == 0) return most->actor;
  const bool much_more = most->threat * kBasisPointsWhole >= present->threat * kThreatToSwitch.value;
  return much_more ? most->actor : present->actor;
}

}  // namespace throng::sim
