#include "content/game/numbering.h"

namespace throng::content {

void number_content(GameContent& content, const GameContent& previous) {
  content.statuses = previous.statuses;
  number_defs(content.skills, previous.skills);
  number_defs(content.items, previous.items);
  number_defs(content.loot_tables, previous.loot_tables);
  number_defs(content.monsters, previous.monsters);
  number_defs(content.spawns, previous.spawns);
  number_defs(content.npcs, previous.npcs);
  number_defs(content.quests, previous.quests);
  number_defs(content.achievements, previous.achievements);
  number_defs(content.world_events, previous.world_events);
}

}  // namespace throng::content
