#pragma once
// Everything that a world remembers between two ticks, as plain arrays that the systems read and write.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/digest.h"
#include "base/units.h"
#include "content/game/game_content.h"
#include "content/map/map_def.h"
#include "sim/actors.h"
#include "sim/ai/monster_scratch.h"
#include "sim/ai/spawner_state.h"
#include "sim/ai/threat_table.h"
#include "sim/ai/why.h"
#include "sim/entity_pool.h"
#include "sim/index_lookup.h"
#include "sim/item/inventory.h"
#include "sim/loot/drop_state.h"
#include "sim/party/party_state.h"
#include "sim/people/npc_state.h"
#include "sim/progress/journal.h"
#include "sim/space/motion.h"
#include "sim/streams.h"
#include "sim/trade/trade_state.h"
#include "sim/world_settings.h"

namespace throng::sim {

/// Structure of arrays. Invariants between systems: arrays by EntityIndex are `entities.high_water()` long; rows by
/// slot are one per slot of their kind; every living body is inside the map and clear of walls; `players_by_key` holds
/// exactly the living players.
struct WorldState {
  WorldState(std::shared_ptr<const content::MapDef> map_def, std::shared_ptr<const content::GameContent> game_content,
             const WorldSettings& world_settings, std::uint64_t room_seed);

  std::shared_ptr<const content::MapDef> map;
  std::shared_ptr<const content::GameContent> content;  ///< swapped whole by World::adopt
  WorldSettings settings;
  std::uint64_t seed;
  Tick now{0};
  Streams streams;
  std::int64_t next_item_uid;  ///< of the next piece that somebody gets and that has none, above 0
  bool economy_open = true;    ///< false: nobody may do what moves things or ends quests (intent SetEconomyOpen)

  EntityPool entities;
  // By EntityIndex.
  std::vector<Position> positions;  ///< centre of the body
  std::vector<Motion> motions;
  std::vector<Fighter> fighters;    ///< of players and monsters
  std::vector<StatusRow> statuses;  ///< the first `Fighter::status_count` of a row count

  // By slot of EntityKind::Player.
  std::vector<PlayerState> players;
  std::vector<Inventory> inventories;
  std::vector<Journal> journals;
  // By slot of EntityKind::Monster.
  std::vector<MonsterState> monster_rows;
  std::vector<ThreatTable> threats;
  // By slot of EntityKind::Npc and Drop.
  std::vector<NpcState> npc_rows;
  std::vector<DropState> drop_rows;

  std::vector<SpawnerState> spawners;  ///< of this map, by SpawnRef
  std::vector<PartyState> parties;     ///< by party number; at most kPartiesMax
  std::vector<TradeState> trades;      ///< at most kTradesMax; nobody is in two that have begun

  IndexLookup<PlayerKey, EntityIndex> players_by_key;  ///< can be rebuilt from `players`
  WhyLog why;                   ///< not part of the state
  MonsterScratch monster_scratch;  ///< not part of the state: holds nothing between two ticks

  /// Before a tick: room for `entities_more` further entities, so that no row moves while systems hold references to
  /// rows. Until `end_tick` the world counts as full when that room is used up.
  void begin_tick(std::size_t entities_more);
  void end_tick() { indexes_max_ = UINT32_MAX; }
  /// A new entity at rest at `at`; its rows are there, with default values. Nothing when the world is full.
  std::optional<EntityIndex> add_entity(EntityKind kind, Position at);
  /// Ends a living entity and stops its motion.
  void remove_entity(EntityIndex index);

  PlayerState& player(EntityIndex index) { return players[entities.slot(index)]; }
  const PlayerState& player(EntityIndex index) const { return players[entities.slot(index)]; }
  Inventory& inventory(EntityIndex player) { return inventories[entities.slot(player)]; }
  const Inventory& inventory(EntityIndex player) const { return inventories[entities.slot(player)]; }
  Journal& journal(EntityIndex player) { return journals[entities.slot(player)]; }
  const Journal& journal(EntityIndex player) const { return journals[entities.slot(player)]; }
  MonsterState& monster(EntityIndex index) { return monster_rows[entities.slot(index)]; }
  const MonsterState& monster(EntityIndex index) const { return monster_rows[entities.slot(index)]; }
  ThreatTable& threat(EntityIndex monster) { return threats[entities.slot(monster)]; }
  const ThreatTable& threat(EntityIndex monster) const { return threats[entities.slot(monster)]; }
  NpcState& npc(EntityIndex index) { return npc_rows[entities.slot(index)]; }
  const NpcState& npc(EntityIndex index) const { return npc_rows[entities.slot(index)]; }
  DropState& drop(EntityIndex index) { return drop_rows[entities.slot(index)]; }
  const DropState& drop(EntityIndex index) const { return drop_rows[entities.slot(index)]; }
  Fighter& fighter(EntityIndex index) { return fighters[index.value]; }
  const Fighter& fighter(EntityIndex index) const { return fighters[index.value]; }

  const content::MonsterDef& monster_def(EntityIndex index) const { return content->monster(monster(index).kind); }
  EntityKind kind(EntityIndex index) const { return entities.kind(index); }
  /// To remember somebody beyond this tick.
  ActorRef ref(EntityIndex index) const { return {index, entities.id(index)}; }
  /// The entity that was meant still exists (it may be dead and lie there).
  bool exists(ActorRef actor) const {
    return actor.named() && entities.alive(actor.index) && entities.id(actor.index) == actor.id;
  }
  /// The living entity of this kind with this id.
  std::optional<EntityIndex> find(EntityKind kind, EntityId id) const;
  Tick ticks(int milliseconds) const {
    return ticks_from_ms(static_cast<std::uint32_t>(std::max(0, milliseconds)), settings.tick_rate_hz);
  }

  std::uint64_t digest() const;

 private:
  void reset_rows(EntityKind kind, EntityIndex index);

  std::uint32_t indexes_max_ = UINT32_MAX;  ///< within a tick; not part of the state
};

}  // namespace throng::sim
