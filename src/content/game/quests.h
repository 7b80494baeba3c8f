#pragma once
// config/content/quests.json: what the people of the story ask for.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "content/game/refs.h"
#include "content/map/map_def.h"

namespace throng::content {

enum class ObjectiveType : std::uint8_t { Kill, Collect, Visit, Talk };

struct ObjectiveDef {
  ObjectiveType type = ObjectiveType::Kill;
  Reference<MonsterRef> monster;  ///< Kill
  Reference<ItemRef> item;        ///< Collect; handed over when the quest is completed
  Reference<NpcRef> npc;          ///< Talk
  std::string map;                ///< Visit: the map, and
  std::string area;               ///< the name of a `visit_area` object there
  MapArea box;                    ///< filled in by linking
  int count = 1;                  ///< Kill and Collect; 1 otherwise
  std::string text;               ///< shown to players
  std::string place;
  friend bool operator==(const ObjectiveDef& a, const ObjectiveDef& b);  ///< without places and links
};

struct ItemGrant {
  Reference<ItemRef> item;
  int count = 1;
  friend bool operator==(const ItemGrant&, const ItemGrant&) = default;
};

struct QuestDef {
  std::string id;
  std::string name;
  std::string description;
  Reference<NpcRef> giver;        ///< where it is accepted
  Reference<NpcRef> receiver;     ///< where it is handed in; none: the giver
  int level = 1;
  Reference<QuestRef> after;      ///< must be completed first; none: open from the start
  bool repeatable = false;
  std::vector<ObjectiveDef> objectives;  ///< 1..kObjectivesMax
  int experience = 0;
  int coins = 0;
  std::vector<ItemGrant> items;   ///< 0..8
  bool retired = false;
  friend bool operator==(const QuestDef&, const QuestDef&) = default;
};

inline constexpr std::size_t kObjectivesMax = 4;

Result<std::vector<QuestDef>> parse_quests(std::string_view text, std::string_view file);
std::string json_schema_for_quests();

}  // namespace throng::content
