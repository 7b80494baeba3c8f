#include "room/kinds/world_rows.h"

#include <fmt/format.h>

namespace throng::room {
namespace {

protocol::EntityState shown_state(sim::Activity activity) {
  return activity == sim::Activity::Moving ? protocol::EntityState::Moving : protocol::EntityState::Idle;
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
      case sim::EntityKind::Npc:
      case sim::EntityKind::Drop: break;  // the world has none yet
    }
  }
}

void WorldRows::put_player(sim::EntityIndex index,
                           const std::function<std::string_view(sim::PlayerKey)>& session_id_of) {
  const sim::PlayerState& player = world_.player(index);
  const Position at = world_.positions()[index.value];
  const protocol::PlayerRow row{.name = player.name,
                                .x = to_world_units(at.x),
                                .y = to_world_units(at.y),
                                .hp = static_cast<std::uint32_t>(player.hp),
                                .max_hp = static_cast<std::uint32_t>(player.max_hp),
                                .level = static_cast<std::uint16_t>(player.level),
                                .state = static_cast<std::uint8_t>(shown_state(player.activity)),
                                .id = world_.entities().id(index).value};
  players_.put(index, row, [&] { return session_id_of(player.key); });
}

void WorldRows::put_monster(sim::EntityIndex index) {
  const sim::MonsterState& monster = world_.monster(index);
  const Position at = world_.positions()[index.value];
  const protocol::MonsterRow row{.kind = InlineString<32>(world_.monsters().kinds[monster.kind].id),
                                 .x = to_world_units(at.x),
                                 .y = to_world_units(at.y),
                                 .hp = static_cast<std::uint32_t>(monster.hp),
                                 .max_hp = static_cast<std::uint32_t>(monster.max_hp),
                                 .level = static_cast<std::uint16_t>(monster.level),
                                 .state = static_cast<std::uint8_t>(shown_state(monster.activity))};
  monsters_.put(index, row, [&] { return fmt::format("{}", world_.entities().id(index).value); });
}

}  // namespace throng::room
