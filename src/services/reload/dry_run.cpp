#include "services/reload/dry_run.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace throng::services {
namespace {

using Rooms = std::vector<const room::RoomContentStatus*>;

std::string name_of(const room::RoomContentStatus& room) {
  return room.filter.empty() ? fmt::format("{} {}", room.name, room.room_id)
                             : fmt::format("{} {} ({})", room.name, room.room_id, room.filter);
}

std::string names_of(const Rooms& rooms) {
  std::string names;
  for (std::size_t i = 0; i < std::min(rooms.size(), kNamedRoomsMax); ++i)
    names += (i > 0 ? ", " : "") + name_of(*rooms[i]);
  if (rooms.size() > kNamedRoomsMax) names += fmt::format(" and {} more", rooms.size() - kNamedRoomsMax);
  return names;
}

bool uses_skill(const content::MonsterDef& monster, std::string_view skill) {
  return std::any_of(monster.skills.begin(), monster.skills.end(),
                     [&](const content::MonsterSkillDef& one) { return one.skill.id == skill; }) ||
         std::any_of(monster.phases.begin(), monster.phases.end(),
                     [&](const content::BossPhaseDef& phase) { return phase.on_enter.id == skill; });
}

bool changes_monster(const ContentChange& change, const content::MonsterDef& monster) {
  if (change.kind == "monsters") return monster.id == change.id;
  if (change.kind == "skills") return uses_skill(monster, change.id);
  if (change.kind == "loot_tables") return monster.loot.id == change.id;
  return false;
}

std::set<std::string> kinds_changed_by(const ContentChange& change, const content::GameContent& live) {
  std::set<std::string> kinds;
  for (const content::MonsterDef& monster : live.monsters) {
    if (changes_monster(change, monster)) kinds.insert(monster.id);
  }
  return kinds;
}

std::string living_of(const std::set<std::string>& kinds, const std::vector<room::RoomContentStatus>& rooms) {
  std::map<std::string, int> living;
  Rooms where;
  for (const room::RoomContentStatus& room : rooms) {
    bool here = false;
    for (const auto& [kind, count] : room.status.monsters) {
      if (!kinds.contains(kind)) continue;
      living[kind] += count;
      here = true;
    }
    if (here) where.push_back(&room);
  }
  if (living.empty()) return "no living monster";
  std::string counts;
  for (const auto& [kind, count] : living)
    counts += fmt::format("{}{} living {}", counts.empty() ? "" : ", ", count, kind);
  return fmt::format("{} in {}", counts, names_of(where));
}

/// Name of the map that the change is about; nothing: it is about no map in particular.
std::optional<std::string> map_of(const ContentChange& change, const content::GameContent& live) {
  if (change.kind == "maps") return change.id.substr(0, change.id.rfind('.'));
  for (const content::SpawnDef& spawn : live.spawns) {
    if (change.kind == "spawns" && spawn.id == change.id) return spawn.map;
  }
  for (const content::NpcDef& npc : live.npcs) {
    if (change.kind == "npcs" && npc.id == change.id) return npc.map;
  }
  return std::nullopt;
}

std::string rooms_of(const std::optional<std::string>& map, const std::vector<room::RoomContentStatus>& rooms) {
  Rooms where;
  for (const room::RoomContentStatus& room : rooms) {
    if (!map || room.filter == *map) where.push_back(&room);
  }
  return where.empty() ? "no room" : names_of(where);
}

bool event_runs(const content::GameContent* content, std::string_view id) {
  return content != nullptr && std::any_of(content->world_events.begin(), content->world_events.end(),
                                           [&](const auto& event) { return event.id == id && event.runs(); });
}

std::string course_of_event(std::string_view id, const content::GameContent& live, const content::GameContent* next,
                            const std::vector<room::RoomContentStatus>& rooms) {
  const bool runs = event_runs(&live, id);
  const bool would_run = next == nullptr ? runs : event_runs(next, id);
  if (!runs && !would_run) return "does not run";
  return fmt::format("{} in {}", !runs ? "would start" : would_run ? "runs" : "would end", rooms_of({}, rooms));
}

std::string touched_by_one(const ContentChange& change, const content::GameContent& live,
                           const content::GameContent* next, const std::vector<room::RoomContentStatus>& rooms) {
  const std::string what = change.id.empty() ? change.kind : fmt::format("{}/{}", change.kind, change.id);
  const std::set<std::string> kinds = kinds_changed_by(change, live);
  if (!kinds.empty()) return fmt::format("{}: {}", what, living_of(kinds, rooms));
  const std::optional<std::string> map = map_of(change, live);
  if (change.kind == "maps")
    return fmt::format("{}: {}; a room keeps its map until it is made anew", what, rooms_of(map, rooms));
  if (change.kind == "events" && !change.id.empty())
    return fmt::format("{}: {}", what, course_of_event(change.id, live, next, rooms));
  return fmt::format("{}: {}", what, rooms_of(map, rooms));
}

}  // namespace

std::vector<std::string> touched_by(const std::vector<ContentChange>& changes, const content::GameContent& live,
                                    const content::GameContent* next,
                                    const std::vector<room::RoomContentStatus>& rooms) {
  std::vector<std::string> lines;
  for (const ContentChange& change : changes) {
    if (!change.kind.empty()) lines.push_back(touched_by_one(change, live, next, rooms));
  }
  return lines;
}

}  // namespace throng::services
