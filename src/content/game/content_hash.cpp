#include "content/game/content_hash.h"

#include <algorithm>

#include "content/game/file_descriptions.h"

namespace throng::content {
namespace {

/// In the order of ids: neither the order of a file nor what was live before may count.
template <typename Def>
void add_defs(Digest& digest, const std::vector<Def>& defs, const Description<Def>& description) {
  std::vector<const Def*> live;
  for (const Def& def : defs) {
    if (!def.retired) live.push_back(&def);
  }
  std::sort(live.begin(), live.end(), [](const Def* a, const Def* b) { return a->id < b->id; });
  digest.add(live.size());
  for (const Def* def : live) {
    digest_text(digest, def->id);
    digest_described(digest, *def, description);
  }
}

}  // namespace

std::uint64_t content_hash(const GameContent& content) {
  Digest digest;
  digest_described(digest, content.balance, balance_description());
  digest_described(digest, content.chat, chat_description());
  add_defs(digest, content.skills, skill_description({}));
  add_defs(digest, content.items, item_description());
  add_defs(digest, content.loot_tables, loot_table_description());
  add_defs(digest, content.monsters, monster_description());
  add_defs(digest, content.spawns, spawn_description());
  add_defs(digest, content.npcs, npc_description());
  add_defs(digest, content.quests, quest_description());
  add_defs(digest, content.achievements, achievement_description());
  add_defs(digest, content.world_events, world_event_description());
  for (const auto& [name, map] : content.maps) {
    digest_text(digest, name);
    digest.add(map->content_hash);
  }
  return digest.value();
}

}  // namespace throng::content
