#include "services/characters/stored_rooms.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "services/store/keep_checkpoint.h"

namespace throng::services {
namespace {

/// Rooms that one node takes up.
constexpr std::int64_t kRoomsMax = 4096;
/// Between two looks at a node that may be gone.
constexpr std::chrono::milliseconds kLookInterval{200};
/// A node that has not said for so long that it lives is forgotten.
constexpr std::int64_t kNodeForgottenAfterMs = 24ll * 3600 * 1000;

Result<void> say_alive(Connection& connection, const std::string& node, std::int64_t now, std::int64_t until) {
  THRONG_TRY(const Rows said, connection.run("INSERT INTO node (name, started_at, alive_until) VALUES ($1, $2, $3) "
                                             "ON CONFLICT (name) DO UPDATE SET alive_until = excluded.alive_until",
                                             {node, now, until}));
  static_cast<void>(said);
  return {};
}

/// When nobody else can have the database open, whatever others held is nobody's.
Result<void> bury_nodes(Connection& connection, bool alone, std::int64_t now) {
  if (alone) {
    THRONG_TRY(const Rows free,
               connection.run("UPDATE character SET node = NULL, leased_until = 0 WHERE node IS NOT NULL"));
    static_cast<void>(free);
  }
  THRONG_TRY(const Rows gone, connection.run("DELETE FROM node WHERE alive_until < $1",
                                             {alone ? INT64_MAX : now - kNodeForgottenAfterMs}));
  static_cast<void>(gone);
  return {};
}

/// The first of `count` blocks.
Result<std::int64_t> next_blocks(Connection& connection, std::int64_t count) {
  THRONG_TRY(
      const Rows block,
      connection.run("UPDATE number_block SET next = next + $1 WHERE name = 'item_uids' RETURNING next", {count}));
  if (block.empty()) return fail("the database has no numbers for items: its table number_block is damaged");
  return block.integer(0, 0) - count;
}

Result<std::int64_t> lowest_fence(Connection& connection) {
  THRONG_TRY(const Rows lowest, connection.run("SELECT next FROM number_block WHERE name = 'room_fences'"));
  if (lowest.empty()) return fail("the database has no fences for rooms: its table number_block is damaged");
  return lowest.integer(0, 0);
}

/// What was picked up in a room after its world was saved.
Result<std::vector<std::pair<room::AssetName, std::int64_t>>> picked_up_since(Connection& connection,
                                                                              const std::string& room,
                                                                              std::int64_t tick,
                                                                              std::int64_t ledger_id) {
  THRONG_TRY(
      const Rows moves,
      connection.run(
          "SELECT asset.name, CAST(SUM(ledger.amount) AS BIGINT) FROM ledger JOIN asset ON asset.id = ledger.asset "
          "WHERE ledger.id > $1 AND ledger.room = $2 AND ledger.tick > $3 AND ledger.from_owner = $4 "
          "GROUP BY asset.name ORDER BY asset.name",
          {ledger_id, room, tick, owner_of(room::LedgerSource::Loot).value}));
  std::vector<std::pair<room::AssetName, std::int64_t>> found;
  for (std::size_t i = 0; i < moves.size(); ++i) found.emplace_back(moves.text(i, 0), moves.integer(i, 1));
  return found;
}

/// A key is kind/map/number@node: two servers may have the same place at the same time. Before version 11 it was without the
/// node.
constexpr char kNodeMark = '@';

std::string_view place_of(std::string_view key) { return key.substr(0, key.rfind(kNodeMark)); }

std::string_view kind_and_map(std::string_view key) {
  const std::string_view place = place_of(key);
  return place.substr(0, place.rfind('/'));
}

int number_of(std::string_view key) {
  const std::string_view place = place_of(key);
  const std::string_view digits = place.substr(place.rfind('/') + 1);
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

/// Until when nodes with rooms say that they live.
using SignsOfLife = std::map<std::string, std::int64_t>;

Result<SignsOfLife> signs_of_life(Connection& connection, std::int64_t now) {
  THRONG_TRY(const Rows nodes, connection.run("SELECT name, alive_until FROM node WHERE alive_until >= $1 AND name IN "
                                              "(SELECT node FROM room_checkpoint) ORDER BY name",
                                              {now}));
  SignsOfLife signs;
  for (std::size_t i = 0; i < nodes.size(); ++i) signs[nodes.text(i, 0)] = nodes.integer(i, 1);
  return signs;
}

}  // namespace

/// Each node with rooms has either given another sign of life, or said nothing until its lease ran out. Its lease does so by
/// this process's own time at the latest: the clock may have been put back since the node has spoken last.
Result<void> StoredRooms::await_signs_of_life() {
  std::optional<SignsOfLife> first;
  const MonotonicTime over_at = clock_.now() + settings_.node_lease;
  for (;;) {
    SignsOfLife now_alive;
    THRONG_CHECK(write_and_wait(store_, [&](Connection& connection) -> Result<void> {
      THRONG_TRY(now_alive, signs_of_life(connection, clock_.unix_milliseconds()));
      return {};
    }));
    if (!first && !now_alive.empty()) log_info("waiting for a server that has rooms and may have ended");
    if (!first) first = now_alive;
    const bool in_doubt = std::any_of(now_alive.begin(), now_alive.end(), [&](const auto& sign) {
      const auto before = first->find(sign.first);
      return before != first->end() && before->second == sign.second;
    });
    if (!in_doubt) return {};
    if (clock_.now() >= over_at) return bury_silent(*first);
    std::this_thread::sleep_for(kLookInterval);
  }
}

/// Those who have not spoken since `last_words`.
Result<void> StoredRooms::bury_silent(const std::map<std::string, std::int64_t>& last_words) {
  return write_and_wait(store_, [&](Connection& connection) -> Result<void> {
    for (const auto& [node, alive_until] : last_words)
      THRONG_CHECK(connection.run("DELETE FROM node WHERE name = $1 AND alive_until = $2", {node, alive_until}));
    return {};
  });
}

Result<void> StoredRooms::open(bool alone) {
  if (!alone) THRONG_CHECK(await_signs_of_life());
  std::vector<Kept> taken;
  Blocks blocks;
  std::int64_t first_fence = 0;
  THRONG_CHECK(write_and_wait(store_, [&](Connection& connection) -> Result<void> {
    const std::int64_t now = clock_.unix_milliseconds();
    THRONG_CHECK(bury_nodes(connection, alone, now));
    THRONG_CHECK(say_alive(connection, settings_.node_id, now, now + settings_.node_lease.count()));
    // Its row is locked from here on: of two servers that start, one takes up what there is.
    THRONG_TRY(blocks.next, next_blocks(connection, kBlocksAtOnce));
    blocks.end = blocks.next + kBlocksAtOnce;
    THRONG_TRY(first_fence, lowest_fence(connection));
    THRONG_TRY(taken, take_up(connection, alone));
    return {};
  }));
  if (!taken.empty()) log_info("rooms carry on from their checkpoints when they are made", {{"rooms", taken.size()}});
  const std::lock_guard lock(mutex_);
  kept_ = given_places(std::move(taken));
  first_fence_ = first_fence;
  blocks_ = blocks;
  return {};
}

/// From now on they are this node's: the fence goes up, so that nobody else can write them.
Result<std::vector<StoredRooms::Kept>> StoredRooms::take_up(Connection& connection, bool alone) const {
  const std::int64_t now = clock_.unix_milliseconds();
  THRONG_TRY(const Rows taken,
             connection.run("UPDATE room_checkpoint SET fence = fence + 1, node = $1 WHERE key IN "
                            "(SELECT key FROM room_checkpoint WHERE key NOT LIKE 'aside:%' AND "
                            "($2 = 1 OR node NOT IN (SELECT name FROM node WHERE alive_until >= $3)) "
                            "ORDER BY key LIMIT $4) RETURNING key, fence, room, tick, ledger_id, state",
                            {settings_.node_id, std::int64_t{alone ? 1 : 0}, now, kRoomsMax}));
  std::vector<Kept> rooms(taken.size());
  for (std::size_t i = 0; i < taken.size(); ++i) {
    rooms[i] = {taken.text(i, 0), taken.integer(i, 1), taken.blob(i, 5), {}};
    if (rooms[i].state.empty()) continue;
    THRONG_TRY(rooms[i].picked_up,
               picked_up_since(connection, taken.text(i, 2), taken.integer(i, 3), taken.integer(i, 4)));
  }
  if (static_cast<std::int64_t>(rooms.size()) == kRoomsMax)
    log_warning("as many rooms as one server takes up: if there are more, they wait for the next that starts",
                {{"rooms_max", kRoomsMax}});
  return rooms;
}

/// They may be of several servers, so each map's are numbered anew; those that are over come last.
std::unordered_map<std::string, StoredRooms::Kept> StoredRooms::given_places(std::vector<Kept> taken) {
  std::sort(taken.begin(), taken.end(), [](const Kept& a, const Kept& b) {
    return std::tuple(a.state.empty(), number_of(a.key), std::string_view(a.key)) <
           std::tuple(b.state.empty(), number_of(b.key), std::string_view(b.key));
  });
  std::unordered_map<std::string, int> next_numbers;
  std::unordered_map<std::string, Kept> kept;
  for (Kept& room : taken) {
    const std::string map(kind_and_map(room.key));
    const int number = next_numbers[map]++;
    kept.emplace(fmt::format("{}/{}", map, number), std::move(room));
  }
  return kept;
}

std::optional<room::SavedRoom> StoredRooms::take(const std::string& place) {
  room::SavedRoom room;
  const std::int64_t block = take_block();
  if (block == 0) return std::nullopt;
  room.item_uids = block * kUidsPerBlock;
  if (place.empty()) return room;
  Kept kept;
  {
    const std::lock_guard lock(mutex_);
    Kept& found = kept_[place];
    if (found.key.empty()) {
      found.key = place + kNodeMark + settings_.node_id;
      found.fence = first_fence_;
    }
    kept = {found.key, found.fence, std::exchange(found.state, {}), std::exchange(found.picked_up, {})};
  }
  room.key = std::move(kept.key);
  room.fence = kept.fence;
  room.picked_up = std::move(kept.picked_up);
  Result<std::vector<std::uint8_t>> world = unpacked_world(kept.state);
  if (world) {
    room.world = *std::move(world);
  } else {
    log_error("a saved world cannot be unpacked", {{"place", place}, {"reason", world.error().message}});
    room.world = {0};  // no world begins so: it is put aside
  }
  return room;
}

/// 0: there are none at the moment.
std::int64_t StoredRooms::take_block() {
  std::int64_t block = 0;
  bool ask = false;
  {
    const std::lock_guard lock(mutex_);
    if (blocks_.next == blocks_.end) std::swap(blocks_, more_blocks_);
    if (blocks_.next < blocks_.end) block = blocks_.next++;
    ask = !asking_ && more_blocks_.next == more_blocks_.end && blocks_.end - blocks_.next < kBlocksAtOnce / 2;
    asking_ = asking_ || ask;
  }
  if (ask) ask_for_blocks();
  if (block == 0)
    log_warning_limited("store.item_uids",
                        "no room can be made: the store has not answered for long, so there are no numbers "
                        "for pieces");
  return block;
}

void StoredRooms::ask_for_blocks() {
  auto first = std::make_shared<std::int64_t>(0);
  store_.write(
      [first](Connection& connection) -> Result<void> {
        THRONG_TRY(*first, next_blocks(connection, kBlocksAtOnce));
        return {};
      },
      [this, first](const Result<void>& done) {
        const std::lock_guard lock(mutex_);
        asking_ = false;
        if (done) more_blocks_ = {*first, *first + kBlocksAtOnce};
      });
}

void StoredRooms::renew() {
  store_.write(
      [this](Connection& connection) {
        const std::int64_t now = clock_.unix_milliseconds();
        return say_alive(connection, settings_.node_id, now, now + settings_.node_lease.count());
      },
      [](const Result<void>&) {});
}

std::size_t StoredRooms::waiting_count() const {
  const std::lock_guard lock(mutex_);
  std::size_t waiting = 0;
  for (const auto& [place, kept] : kept_) waiting += kept.state.empty() ? 0 : 1;
  return waiting;
}

}  // namespace throng::services
