// interest_stream SEED PATCHES: plays a random world to several clients through the real view writer and prints the frames
// with what each client must hold after them, as JSON lines for tests/integration/decoders/check.mjs. The expectation comes
// from a model of its own that knows positions and rules, not from the code under test.
//
// The clients: 0 and 1 get every patch; 2 misses runs of patches (a slow reader that is caught up); 3 loses the last frames
// before each drop and comes back through prune and snapshot; 4 has a byte budget far too small, and must agree in the end.

#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/rng.h"
#include "protocol/state/world_state.h"
#include "protocol/sync/entity_sync.h"
#include "protocol/sync/view_writer.h"
#include "sim/entity_pool.h"

namespace {

using namespace throng;
using namespace throng::protocol;
using nlohmann::json;
using sim::EntityIndex;
using sim::EntityKind;

constexpr std::int32_t kSide = 1200;
constexpr std::uint32_t kEntities = 260;
constexpr std::uint32_t kRefreshEvery = 4;
constexpr Tick kQuarantine{6};
constexpr sim::InterestRange kRange{units(256), units(32), 2048};
constexpr std::size_t kQuietPatches = 400;  // at the end nothing changes, so that a budget can be worked off

std::string hex(ByteSpan bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

void print(const json& line) { std::puts(line.dump().c_str()); }

float shown(Milliunits value) { return static_cast<float>(value.value) / 1000.0f; }

/// Everything that lives, as the model knows it.
class Zoo {
 public:
  explicit Zoo(std::uint64_t seed)
      : rng_(seed),
        pool_(4000, kQuarantine),
        grid_(units(kSide), units(kSide), units(100)),
        players_(sync_, kPlayersRef),
        monsters_(sync_, kMonstersRef),
        npcs_(sync_, kNpcsRef),
        drops_(sync_, kDropsRef) {
    for (std::uint32_t i = 0; i < kEntities; ++i) be_born();
  }

  /// One step of life (or of stillness), and its patch.
  void step(bool quiet) {
    now_ += Tick{1};
    if (!quiet) live();
    sync_.begin_patch();
    grid_.rebuild(positions_, pool_.alive_flags());
    for (std::uint32_t i = 0; i < pool_.high_water(); ++i) {
      if (pool_.alive(EntityIndex{i})) put(EntityIndex{i});
    }
  }

  Rng& rng() { return rng_; }
  EntitySync& sync() { return sync_; }
  const sim::EntityPool& pool() const { return pool_; }
  const sim::SpatialGrid& grid() const { return grid_; }
  const std::vector<Position>& positions() const { return positions_; }
  Position random_place() { return {units(rng_.between(0, kSide - 1)), units(rng_.between(0, kSide - 1))}; }
  std::uint32_t patch() const { return now_.value; }

  bool is_player(EntityIndex index) const { return pool_.kind(index) == EntityKind::Player; }
  std::string key(EntityIndex index) const {
    return fmt::format("{}{}", is_player(index) ? "s" : "", pool_.id(index).value);
  }
  json shown_row(EntityIndex index) const {
    const MonsterRow& m = monster_rows_[index.value];
    const PlayerRow& p = player_rows_[index.value];
    if (is_player(index)) {
      return {{"name", p.name.view()}, {"x", p.x},         {"y", p.y},   {"hp", p.hp},  {"maxHp", p.max_hp},
              {"level", p.level},      {"state", p.state}, {"id", p.id}, {"target", 0}, {"cast", ""}};
    }
    return {{"kind", m.kind.view()}, {"x", m.x},         {"y", m.y},    {"hp", m.hp}, {"maxHp", m.max_hp},
            {"level", m.level},      {"state", m.state}, {"target", 0}, {"cast", ""}, {"phase", 0}};
  }

 private:
  void be_born() {
    const std::optional<EntityIndex> index =
        pool_.allocate(rng_.below(3) == 0 ? EntityKind::Player : EntityKind::Monster, now_);
    if (!index) return;
    if (index->value >= positions_.size()) {
      positions_.resize(index->value + 1);
      player_rows_.resize(index->value + 1);
      monster_rows_.resize(index->value + 1);
    }
    positions_[index->value] = random_place();
    player_rows_[index->value] = PlayerRow{.name = InlineString<32>("p"), .id = pool_.id(*index).value};
    monster_rows_[index->value] = MonsterRow{.kind = InlineString<32>("wolf")};
  }

  void live() {
    for (std::uint32_t i = 0; i < pool_.high_water(); ++i) {
      const EntityIndex index{i};
      if (!pool_.alive(index)) continue;
      if (rng_.below(60) == 0) {
        pool_.release(index, now_);
        sync_.remove(index);
        continue;
      }
      change(index);
    }
    while (pool_.alive_count() < kEntities && rng_.below(4) != 0) be_born();
  }

  void change(EntityIndex index) {
    Position& at = positions_[index.value];
    if (rng_.below(3) != 0) {
      at.x.value = std::clamp(at.x.value + rng_.between(-9000, 9000), 0, units(kSide).value - 1);
      at.y.value = std::clamp(at.y.value + rng_.between(-9000, 9000), 0, units(kSide).value - 1);
    }
    if (rng_.below(200) == 0) at = random_place();
    if (rng_.below(8) == 0) player_rows_[index.value].hp = monster_rows_[index.value].hp = rng_.below(1000);
    if (rng_.below(30) == 0)
      player_rows_[index.value].name.assign(std::string(rng_.below(33), 'n'));  // does not fit a slot
    if (rng_.below(30) == 0) monster_rows_[index.value].kind.assign(std::string(rng_.below(33), 'k'));
    if (rng_.below(20) == 0) {
      player_rows_[index.value].max_hp = monster_rows_[index.value].max_hp = rng_.below(100'000);
      player_rows_[index.value].level = monster_rows_[index.value].level =
          static_cast<std::uint16_t>(rng_.below(60'000));
      player_rows_[index.value].state = monster_rows_[index.value].state = static_cast<std::uint8_t>(rng_.below(5));
    }
  }

  void put(EntityIndex index) {
    PlayerRow& player = player_rows_[index.value];
    MonsterRow& monster = monster_rows_[index.value];
    player.x = monster.x = shown(positions_[index.value].x);
    player.y = monster.y = shown(positions_[index.value].y);
    if (is_player(index)) {
      players_.put(index, player, [&] { return key(index); });
    } else {
      monsters_.put(index, monster, [&] { return key(index); });
    }
  }

  Rng rng_;
  Tick now_{1};  // EntitySync counts its patches from 1 as well
  sim::EntityPool pool_;
  EntitySync sync_;
  sim::SpatialGrid grid_;
  RowTable<PlayerRow> players_;
  RowTable<MonsterRow> monsters_;
  RowTable<NpcRow> npcs_;
  RowTable<DropRow> drops_;
  std::vector<Position> positions_;
  std::vector<PlayerRow> player_rows_;
  std::vector<MonsterRow> monster_rows_;
};

/// One client and the model of what it must see: entity ids by index.
class Client {
 public:
  Client(Zoo& zoo, int number, std::size_t patch_bytes_max)
      : zoo_(zoo), number_(number), writer_(zoo.sync(), {kRange, patch_bytes_max, 60}), at_(zoo.random_place()) {}

  void walk() {
    at_.x.value = std::clamp(at_.x.value + zoo_.rng().between(-15'000, 15'000), 0, units(kSide).value - 1);
    at_.y.value = std::clamp(at_.y.value + zoo_.rng().between(-15'000, 15'000), 0, units(kSide).value - 1);
  }

  void snapshot() {
    model_refresh();
    FrameBuffer frame;
    std::uint8_t root[kRowBytesMax<WorldRootRow> + kWorldLinksBytesMax];
    std::uint8_t* end = encode_world_links(encode_complete(root_row(), root));
    std::uint8_t own[16 + kRowBytesMax<MeRow>];
    std::uint8_t* own_end = own;
    *own_end++ = kSwitch;
    own_end = encode_complete(MeRow{.entity_id = 7}, write_num(own_end, std::int64_t{kMeRef}));
    writer_.write_snapshot(viewer_, {at_}, zoo_.grid(), {span(root, end), span(own, own_end)}, frame);
    send(frame);
    last_patch_ = zoo_.patch();
  }

  void patch(bool refresh) {
    const bool missed = last_patch_ + 1 != zoo_.patch();
    if (refresh || missed) {
      model_refresh();
    } else {
      std::erase_if(sees_, [&](const auto& seen) { return !still_there(seen); });
    }
    FrameBuffer frame;
    std::uint8_t root[kRowBytesMax<WorldRootRow>];
    std::uint8_t* end = encode_changes(
        WorldRootRow{.tick = 0, .server_time = 5, .map = InlineString<64>("zoo"), .width = kSide, .height = kSide},
        root_row(), root);
    writer_.write_patch(viewer_, {at_}, refresh, zoo_.grid(), zoo_.positions(), {span(root, end), {}}, frame);
    send(frame);
    last_patch_ = zoo_.patch();
  }

  /// The frames are written, and lost on the way: the server believes that they arrived.
  void patch_that_gets_lost(bool refresh) {
    lost_ = true;
    patch(refresh);
    lost_ = false;
  }

  void come_back() {
    model_refresh();
    FrameBuffer frame;
    std::uint8_t links[kWorldLinksBytesMax];
    std::uint8_t* end = encode_world_links(links);
    writer_.write_prune(viewer_, {at_}, zoo_.grid(), {span(links, end), {}}, frame);
    send(frame);
    snapshot();
  }

  void expect() const {
    json players = json::object();
    json monsters = json::object();
    for (const auto& [index, id] : sees_) {
      const EntityIndex at{index};
      (zoo_.is_player(at) ? players : monsters)[zoo_.key(at)] = zoo_.shown_row(at);
    }
    const WorldRootRow root = root_row();
    print({{"kind", "expect"},
           {"client", number_},
           {"state",
            {{"tick", root.tick},
             {"serverTime", root.server_time},
             {"map", "zoo"},
             {"width", kSide},
             {"height", kSide},
             {"me", own_row()},
             {"players", players},
             {"monsters", monsters},
             {"npcs", json::object()},
             {"drops", json::object()}}}});
  }

 private:
  using Seen = std::pair<const std::uint32_t, std::uint32_t>;

  static ByteSpan span(const std::uint8_t* begin, const std::uint8_t* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  WorldRootRow root_row() const {
    return {.tick = zoo_.patch(), .server_time = 5, .map = InlineString<64>("zoo"), .width = kSide, .height = kSide};
  }

  /// As its first state has it; nothing of it changes here, and its maps are not linked.
  static json own_row() {
    json row = {{"entityId", 7}, {"casting", ""}, {"inCombat", false}};
    for (const char* number :
         {"seq", "x", "y", "speed", "mana", "maxMana", "shield", "attack", "defence", "experience", "experienceLevel",
          "experienceNext", "coins", "bagSize", "castEndsAt", "readyAt", "respawnAt", "partyId"}) {
      row[number] = 0;
    }
    return row;
  }

  bool still_there(const Seen& seen) const {
    const EntityIndex index{seen.first};
    return zoo_.pool().alive(index) && zoo_.pool().id(index).value == seen.second;
  }

  void model_refresh() {
    std::map<std::uint32_t, std::uint32_t> now;
    for (std::uint32_t i = 0; i < zoo_.pool().high_water(); ++i) {
      const EntityIndex index{i};
      if (!zoo_.pool().alive(index)) continue;
      const auto before = sees_.find(i);
      const bool held = before != sees_.end() && still_there(*before);
      if (before != sees_.end() && !held) continue;  // another entity's index: it must leave first
      const std::int64_t d = distance_squared(at_, zoo_.positions()[i]);
      const std::int64_t outer = units(288).value;
      if (d < std::int64_t{units(256).value} * units(256).value || (held && d <= outer * outer))
        now[i] = zoo_.pool().id(index).value;
    }
    sees_ = std::move(now);
  }

  void send(const FrameBuffer& frame) const {
    if (!lost_) print({{"kind", "frame"}, {"client", number_}, {"hex", hex(frame.view())}});
  }

  Zoo& zoo_;
  const int number_;
  ViewWriter writer_;
  Viewer viewer_;
  Position at_;
  std::map<std::uint32_t, std::uint32_t> sees_;
  std::uint32_t last_patch_ = 0;
  bool lost_ = false;
};

void play(std::uint64_t seed, std::uint32_t patches) {
  print({{"kind", "reflection"}, {"hex", hex(encode_reflection(describe_world_state()))}});
  Zoo zoo(seed);
  std::vector<Client> clients;
  for (int number = 0; number < 4; ++number) clients.emplace_back(zoo, number, std::size_t{1} << 20);
  clients.emplace_back(zoo, 4, 700);
  zoo.step(false);
  for (Client& client : clients) client.snapshot();
  int slow_for = 0;
  int away_for = 0;
  for (std::uint32_t n = 0; n < patches; ++n) {
    const bool quiet = n + kQuietPatches > patches;
    zoo.step(quiet);
    const auto refresh = [&](std::uint32_t number) { return (zoo.patch() + number) % kRefreshEvery == 0; };
    for (Client& client : clients) {
      if (!quiet) client.walk();
    }
    for (const std::uint32_t number : {0u, 1u, 4u}) clients[number].patch(refresh(number));
    if (slow_for == 0 && zoo.rng().below(10) == 0) slow_for = zoo.rng().between(1, 20);
    if (slow_for == 0 || --slow_for == 0) clients[2].patch(refresh(2)), clients[2].expect();
    if (away_for == 0 && zoo.rng().below(10) == 0) away_for = zoo.rng().between(1, 25);
    if (away_for == 0) {
      clients[3].patch(refresh(3));
      clients[3].expect();
    } else if (--away_for == 0) {
      clients[3].come_back();
      clients[3].expect();
    } else if (away_for > 8) {
      clients[3].patch_that_gets_lost(refresh(3));
    }
    clients[0].expect();
    clients[1].expect();
  }
  clients[4].expect();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: interest_stream SEED PATCHES\n", stderr);
    return 2;
  }
  play(std::strtoull(argv[1], nullptr, 10), static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)));
  return 0;
}
