#pragma once
// What a monster leaves behind, and who may take it.

#include <vector>

#include "content/game/game_content.h"
#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

struct RolledLoot {
  content::ItemRef item{content::kNoNumber};  ///< none: coins
  std::int32_t count = 0;
};

/// Rolls a table and its nested ones. Pure but for the stream, from which it draws only where there is a choice.
/// An entry whose level or event does not hold is as if it were not there. A nested table is rolled as many times as the
/// entry's count says. Running events scale each drop's chance once, wherever on the way to it the first chance is.
/// @param level   of the killer
/// @param out     is appended to, at most kRolledMax entries from at most kTablesRolledMax tables
inline constexpr std::size_t kRolledMax = 64;
inline constexpr int kTablesRolledMax = 256;
void roll_loot(const content::GameContent& content, content::LootRef table, int level, Rng& rng,
               std::vector<RolledLoot>& out);

/// Loot of a monster onto the ground round it, owned by the player or, by its party's rule, by the party or the member
/// whose turn it is (`next_looter` is asked here). Without a living player's index everybody may take it.
void drop_loot(WorldState& state, TickContext& ctx, EntityIndex monster, EntityIndex looter);
/// One thing onto the ground, where a body can stand; with kNobody as owner everybody may take it. Coins when the stack
/// is empty. At kDropsMax the oldest goes; in a full world it is lost.
void drop_stack(WorldState& state, TickContext& ctx, Position at, const ItemStack& stack, std::int64_t coins,
                PlayerKey owner, std::uint16_t party);
/// Intent.
void pick_up(WorldState& state, TickContext& ctx, const PickUp& intent);
/// System: what has lain long enough is gone.
void expire_drops(WorldState& state, TickContext& ctx);

}  // namespace throng::sim
