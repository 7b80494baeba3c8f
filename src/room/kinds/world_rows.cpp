#include "room/kinds/world_rows.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace throng::room {
namespace {

protocol::EntityState shown_activity(sim::Activity activity) {
  constexpr std::array kShown = {protocol::EntityState::Idle, protocol::EntityState::Moving,
                                 protocol::EntityState::Dead, protocol::EntityState::Casting,
                                 protocol::EntityState::Fighting};
  return kShown[static_cast<std::size_t>(activity)];
}

protocol::EntityState shown_mind(sim::AiState mind) {
  constexpr std::array kShown = {protocol::EntityState::Idle,    protocol::EntityState::Moving,
                                 protocol::EntityState::Chasing, protocol::EntityState::Fighting,
                                 protocol::EntityState::Fleeing, protocol::EntityState::Returning,
                                 protocol::EntityState::Dead};
  static_assert(kShown.size() == sim::kAiStates);
  return kShown[static_cast<std::size_t>(mind)];
}

std::uint32_t shown_points(std::int32_t points) { return static_cast<std::uint32_t>(std::max(0, points)); }

std::string decimal(EntityId id) { return fmt::format("{}", id.value); }

InlineString<32> shown_cast(const content::GameContent& content, const sim::Fighter& fighter) {
  if (!fighter.cast.active()) return {};
  return {content.skill(fighter.cast.skill).id};
}

/// Runs `write` into `out` with `bytes_max` of space.
template <typename Write>
void fill(std::vector<std::uint8_t>& out, std::size_t bytes_max, Write&& write) {
  out.resize(bytes_max);
  const std::uint8_t* end = write(out.data());
  out.resize(static_cast<std::size_t>(end - out.data()));
}

}  // namespace

WorldRows::WorldRows(protocol::EntitySync& sync, const sim::World& world)
    : sync_(sync),
      world_(world),
      players_(sync, protocol::kPlayersRef),
      monsters_(sync, protocol::kMonstersRef),
      npcs_(sync, protocol::kNpcsRef),
      drops_(sync, protocol::kDropsRef) {
  root_.map.assign(world.map().name);
  root_.width = static_cast<std::uint32_t>(world.map().width.value / kMilliunitsPerUnit);
  root_.height = static_cast<std::uint32_t>(world.map().height.value / kMilliunitsPerUnit);
  fill(links_, protocol::kWorldLinksBytesMax, protocol::encode_world_links);
}

void WorldRows::encode(std::int64_t server_time_ms,
                       const std::function<std::string_view(sim::PlayerKey)>& session_id_of) {
  sync_.begin_patch();
  const protocol::WorldRootRow before = root_;
  root_.tick = world_.now().value;
  root_.server_time = static_cast<double>(server_time_ms);
  fill(root_changes_, protocol::kRowBytesMax<protocol::WorldRootRow>,
       [&](std::uint8_t* at) { return protocol::encode_changes(before, root_, at); });
  fill(root_complete_, protocol::kRowBytesMax<protocol::WorldRootRow> + protocol::kWorldLinksBytesMax,
       [&](std::uint8_t* at) { return protocol::encode_world_links(protocol::encode_complete(root_, at)); });
  const std::span<const std::uint8_t> alive = world_.alive();
  for (std::uint32_t i = 0; i < alive.size(); ++i) {
    if (alive[i] == 0) continue;
    const sim::EntityIndex index{i};
    switch (world_.entities().kind(index)) {
      case sim::EntityKind::Player: put_player(index, session_id_of); break;
      case sim::EntityKind::Monster: put_monster(index); break;
      case sim::EntityKind::Npc: put_npc(index); break;
      case sim::EntityKind::Drop: put_drop(index); break;
    }
  }
}

void WorldRows::show_level(sim::EntityIndex index, std::int32_t level) {
  if (index.value >= shown_levels_.size()) {
    if (level == 0) return;
    shown_levels_.resize(index.value + 1);
  }
  shown_levels_[index.value] = static_cast<std::uint16_t>(level);
}

void WorldRows::put_player(sim::EntityIndex index,
                           const std::function<std::string_view(sim::PlayerKey)>& session_id_of) {
  const sim::PlayerState& player = world_.player(index);
  const sim::Fighter& fighter = world_.fighter(index);
  const Position at = world_.positions()[index.value];
  const std::uint16_t shown_level = index.value < shown_levels_.size() ? shown_levels_[index.value] : 0;
  const protocol::PlayerRow row{.name = player.name,
                                .x = to_world_units(at.x),
                                .y = to_world_units(at.y),
                                .hp = shown_points(fighter.hp),
                                .max_hp = shown_points(fighter.max_hp()),
                                .level = shown_level != 0 ? shown_level : static_cast<std::uint16_t>(fighter.level),
                                .state = static_cast<std::uint8_t>(shown_activity(player.activity)),
                                .id = world_.entities().id(index).value,
                                .target = player.auto_target.id.value,
                                .cast = shown_cast(world_.content(), fighter)};
  players_.put(index, row, [&] { return session_id_of(player.key); });
}

void WorldRows::put_monster(sim::EntityIndex index) {
  const sim::MonsterState& monster = world_.monster(index);
  const sim::Fighter& fighter = world_.fighter(index);
  const Position at = world_.positions()[index.value];
  const protocol::MonsterRow row{.kind = InlineString<32>(world_.content().monster(monster.kind).id),
                                 .x = to_world_units(at.x),
                                 .y = to_world_units(at.y),
                                 .hp = shown_points(fighter.hp),
                                 .max_hp = shown_points(fighter.max_hp()),
                                 .level = static_cast<std::uint16_t>(fighter.level),
                                 .state = static_cast<std::uint8_t>(shown_mind(monster.ai)),
                                 .target = monster.target.id.value,
                                 .cast = shown_cast(world_.content(), fighter),
                                 .phase = monster.phase};
  monsters_.put(index, row, [&] { return decimal(world_.entities().id(index)); });
}

void WorldRows::put_npc(sim::EntityIndex index) {
  const content::NpcDef& npc = world_.content().npc(world_.state().npc(index).npc);
  const Position at = world_.positions()[index.value];
  const protocol::NpcRow row{.kind = InlineString<32>(npc.id),
                             .name = InlineString<32>(npc.name),
                             .x = to_world_units(at.x),
                             .y = to_world_units(at.y)};
  npcs_.put(index, row, [&] { return decimal(world_.entities().id(index)); });
}

/// Whom a drop belongs to for now; 0: everybody.
std::uint32_t WorldRows::owner_of(const sim::DropState& drop) const {
  if (world_.now() >= drop.free_at) return 0;
  const std::optional<sim::EntityIndex> owner = world_.find_player(drop.owner);
  return owner ? world_.entities().id(*owner).value : 0;
}

void WorldRows::put_drop(sim::EntityIndex index) {
  const sim::DropState& drop = world_.state().drop(index);
  const bool coins = !content::is_set(drop.stack.item);
  const Position at = world_.positions()[index.value];
  const protocol::DropRow row{.kind = InlineString<32>(coins ? "coins" : world_.content().item(drop.stack.item).id),
                              .x = to_world_units(at.x),
                              .y = to_world_units(at.y),
                              .count = coins ? static_cast<std::uint32_t>(drop.coins) : drop.stack.count,
                              .owner = owner_of(drop)};
  drops_.put(index, row, [&] { return decimal(world_.entities().id(index)); });
}

}  // namespace throng::room
