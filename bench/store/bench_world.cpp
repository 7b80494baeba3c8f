#include "store/bench_world.h"

#include <fmt/format.h>

#include "services/store/characters_repository.h"
#include "sim/character_sheet.h"

namespace throng::bench {
namespace {

constexpr std::int64_t kFarAway = 4'000'000'000'000;  // Unix milliseconds: leases do not end during a run

/// A sheet of about so many bytes.
std::vector<std::uint8_t> bench_sheet(int bytes) {
  sim::CharacterSheet sheet;
  sheet.coins = 1;
  while (static_cast<int>(sim::save_sheet(sheet).size()) < bytes)
    sheet.deeds.push_back({.achievement = fmt::format("deed_{:04}", sheet.deeds.size()), .count = 7, .earned = false});
  return sim::save_sheet(sheet);
}

}  // namespace

services::StoreSettings store_settings(const std::string& url) {
  services::StoreSettings settings;
  settings.url = url;
  settings.node_id = "bench";
  return settings;
}

Result<BenchWorld> make_bench_world(services::Store& store, const StoreBenchSettings& settings) {
  BenchWorld world;
  world.rooms.resize(static_cast<std::size_t>(settings.rooms));
  AccountId account;
  THRONG_CHECK(write_and_wait(store, [&](services::Connection& connection) -> Result<void> {
    THRONG_TRY(
        const services::Rows made,
        connection.run("INSERT INTO account (name, created_at, last_seen_at) VALUES ('bench', 1, 1) RETURNING id"));
    account = {made.integer(0, 0)};
    return {};
  }));
  for (std::size_t room = 0; room < world.rooms.size(); ++room) {
    THRONG_CHECK(write_and_wait(store, [&](services::Connection& connection) -> Result<void> {
      world.rooms[room].clear();
      for (int i = 0; i < settings.characters; ++i) {
        const std::string name = fmt::format("c{}-{}", room, i);
        THRONG_TRY(const auto made, services::create_character(connection, account, name, name, 1));
        THRONG_TRY(const auto answer, services::load_character(connection, made.id, account, "bench", kFarAway, 1,
                                                               services::TakeOver::Always));
        world.rooms[room].push_back(answer.loaded->lease);
      }
      return {};
    }));
  }
  return world;
}

room::Cut next_bench_cut(const BenchWorld& world, const StoreBenchSettings& settings, std::size_t room,
                         std::int64_t number) {
  static const std::vector<std::uint8_t> sheet = bench_sheet(settings.sheet_bytes);
  const std::vector<room::CharacterLease>& leases = world.rooms[room];
  const OwnerId loot = room::owner_of(room::LedgerSource::Loot);
  room::Cut cut;
  cut.room_id = fmt::format("bench-{}", room);
  cut.number = number;
  cut.tick = number;
  for (int i = 0; i < settings.moves; ++i) {
    const auto at = static_cast<std::size_t>(number + i);
    const OwnerId who = room::owner_of(leases[at % leases.size()].character);
    const OwnerId whom = room::owner_of(leases[(at + 1) % leases.size()].character);
    const std::int64_t uid = (static_cast<std::int64_t>(room) << 40) + number * settings.moves + i + 1;
    const auto put = [&](OwnerId from, OwnerId to, std::string_view what, std::int64_t amount, std::int64_t piece) {
      cut.moves.push_back({from, to, what, amount, piece, room::LedgerSource::Loot, ""});
    };
    switch (i % 4) {
      case 0: put(loot, who, "coins", 5, 0); break;
      case 1: put(loot, who, "iron_sword", 1, uid); break;
      case 2: put(loot, whom, "healing_potion", 2, 0); break;
      default: put(who, whom, "healing_potion", 1, 0); break;  // got it with the move before
    }
  }
  for (int i = 0; i < settings.saves; ++i) {
    const auto at = static_cast<std::size_t>(number * settings.saves + i);
    cut.saves.push_back(
        {.lease = leases[at % leases.size()], .sheet = sheet, .level = 3, .map = "meadow", .release = false});
  }
  return cut;
}

}  // namespace throng::bench
