#include "sim/save/possible_rows.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/save/rows.h"
#include "sim/space/ground.h"

namespace throng::sim {
namespace {

bool on_map(const content::MapDef& map, Position at) {
  return at.x.value >= 0 && at.y.value >= 0 && at.x <= map.width && at.y <= map.height;
}

bool is_possible(const Motion& motion, std::int32_t scale) {
  const auto step_ok = [](std::int32_t step) { return step >= -kSpeedMax.value - 1 && step <= kSpeedMax.value; };
  const auto part_ok = [&](std::int32_t part) { return part >= 0 && part < scale; };
  return step_ok(motion.step_x) && step_ok(motion.step_y) && part_ok(motion.part_x) && part_ok(motion.part_y) &&
         part_ok(motion.carried_x) && part_ok(motion.carried_y);
}

/// Nobody who moves stands in a wall; the others are at least on the map.
bool is_possible_body(const WorldState& state, const Ground& ground, EntityIndex index) {
  const Position at = state.positions[index.value];
  const Motion& motion = state.motions[index.value];
  if (!is_possible(motion, motion_scale(state.settings.tick_rate_hz))) return false;
  if (is_fighter(state.kind(index))) return ground.fits(at);
  return on_map(*state.map, at) && motion.rests();
}

bool steps_over_time(StatusKind kind) { return kind == StatusKind::DamageOverTime || kind == StatusKind::HealOverTime; }

bool is_possible(const ActiveStatus& status, Tick now) {
  // A step that lies in the past, or follows at once, would let the next tick run through all that were missed.
  return !steps_over_time(status.kind) || (status.next_step >= now && status.interval > Tick{0});
}

bool is_possible_fighter(const WorldState& state, EntityIndex index) {
  const Fighter& fighter = state.fighter(index);
  const StatusRow& row = state.statuses[index.value];
  return fighter.hp <= fighter.max_hp() && fighter.mana <= fighter.max_mana() &&
         std::all_of(row.begin(), row.begin() + fighter.status_count,
                     [&](const ActiveStatus& status) { return is_possible(status, state.now); });
}

bool is_possible_player(const WorldState& state, EntityIndex index) {
  const PlayerState& player = state.player(index);
  const Direction direction{player.direction_x, player.direction_y};
  const bool portal_known = player.inside_portal == 0xffff || player.inside_portal < state.map->portals.size();
  const bool party_known = player.party == kNoParty || player.party < state.parties.size();
  return shortened(direction.x, direction.y) == direction && portal_known && party_known;
}

bool is_possible_monster(const WorldState& state, const Ground& ground, EntityIndex index) {
  const MonsterState& monster = state.monster(index);
  const bool way_clear = std::all_of(monster.path.begin(), monster.path.begin() + monster.path_length,
                                     [&](Position at) { return on_map(*state.map, at); });
  const ThreatTable& threat = state.threat(index);
  const bool sorted = std::is_sorted(threat.entries.begin(), threat.entries.begin() + threat.count,
                                     [](const auto& a, const auto& b) { return a.actor.id < b.actor.id; });
  return ground.fits(monster.home) && way_clear && sorted && monster.path_next <= monster.path_length;
}

/// Somebody who is named fights, or is gone.
bool is_possible_actor(const WorldState& state, ActorRef actor) {
  return !state.exists(actor) || is_fighter(state.kind(actor.index));
}

bool are_possible_actors(const WorldState& state, EntityIndex index) {
  const auto ok = [&](ActorRef actor) { return is_possible_actor(state, actor); };
  const StatusRow& row = state.statuses[index.value];
  const auto source_ok = [&](const ActiveStatus& status) { return ok(status.source); };
  if (!ok(state.fighter(index).cast.target)) return false;
  if (!std::all_of(row.begin(), row.begin() + state.fighter(index).status_count, source_ok)) return false;
  if (state.kind(index) == EntityKind::Player) return ok(state.player(index).auto_target);
  const MonsterState& monster = state.monster(index);
  const ThreatTable& threat = state.threat(index);
  return ok(monster.owner) && ok(monster.target) &&
         std::all_of(threat.entries.begin(), threat.entries.begin() + threat.count,
                     [&](const ThreatTable::Entry& entry) { return ok(entry.actor); });
}

bool is_possible_drop(const DropState& drop) { return drop.party == kNoParty || drop.party < kPartiesMax; }

bool is_possible_spawner(const SpawnerState& spawner) { return std::is_sorted(spawner.due.begin(), spawner.due.end()); }

/// Members and their party know each other, once.
bool is_possible_party(const WorldState& state, std::uint16_t number) {
  const PartyState& party = state.parties[number];
  for (std::size_t i = 0; i < party.members.size(); ++i) {
    const std::optional<EntityIndex> index = state.players_by_key.find(party.members[i]);
    if (!index || state.player(*index).party != number) return false;
    if (std::count(party.members.begin(), party.members.end(), party.members[i]) != 1) return false;
  }
  return true;
}

bool is_member_of_its_party(const WorldState& state, EntityIndex index) {
  const PlayerState& player = state.player(index);
  if (player.party == kNoParty) return true;
  const std::vector<PlayerKey>& members = state.parties[player.party].members;
  return std::find(members.begin(), members.end(), player.key) != members.end();
}

Failure impossible(std::string_view what, EntityIndex index) {
  return fail(fmt::format("impossible {} at entity index {}", what, index.value));
}

Result<void> check_entity(const WorldState& state, const Ground& ground, EntityIndex index) {
  if (!is_possible_body(state, ground, index)) return impossible("body", index);
  const EntityKind kind = state.kind(index);
  if (kind == EntityKind::Drop && !is_possible_drop(state.drop(index))) return impossible("drop", index);
  if (!is_fighter(kind)) return {};
  if (!is_possible_fighter(state, index)) return impossible("fighter", index);
  if (!are_possible_actors(state, index)) return impossible("opponent", index);
  if (kind == EntityKind::Player && !is_possible_player(state, index)) return impossible("player", index);
  if (kind == EntityKind::Monster && !is_possible_monster(state, ground, index)) return impossible("monster", index);
  return {};
}

Result<void> check_parties(const WorldState& state) {
  for (std::size_t i = 0; i < state.parties.size(); ++i) {
    if (!is_possible_party(state, static_cast<std::uint16_t>(i))) return fail("impossible party");
  }
  for (const EntityIndex index : state.entities.indexes(EntityKind::Player)) {
    if (state.entities.alive(index) && !is_member_of_its_party(state, index)) return fail("impossible party");
  }
  return {};
}

/// Both are here, and nobody is in two that have begun.
Result<void> check_trades(const WorldState& state) {
  for (const TradeState& trade : state.trades) {
    const PlayerKey a = trade.sides[0].key;
    const PlayerKey b = trade.sides[1].key;
    if (a == b || !state.players_by_key.find(a) || !state.players_by_key.find(b)) return fail("impossible trade");
    const auto twice = std::count_if(state.trades.begin(), state.trades.end(), [&](const TradeState& other) {
      return trade.begun && other.begun && (other.involves(a) || other.involves(b));
    });
    if (twice > 1) return fail("impossible trade");
  }
  return {};
}

}  // namespace

Result<void> check_rows(WorldState& state) {
  const Ground ground(*state.map, state.settings.body_half_size);
  for (std::uint32_t i = 0; i < state.entities.high_water(); ++i) {
    if (state.entities.alive(EntityIndex{i})) THRONG_CHECK(check_entity(state, ground, EntityIndex{i}));
  }
  for (const EntityIndex index : state.entities.indexes(EntityKind::Player)) {
    if (!state.entities.alive(index)) continue;
    if (!state.players_by_key.insert(state.player(index).key, index)) return fail("two players have the same key");
  }
  if (!std::all_of(state.spawners.begin(), state.spawners.end(), is_possible_spawner)) {
    return fail("impossible spawner");
  }
  THRONG_CHECK(check_parties(state));
  return check_trades(state);
}

}  // namespace throng::sim
