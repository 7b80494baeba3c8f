// store_harness URL CUTS: three rooms hand over cuts, and a patron gives gifts by key, until each room has had CUTS more.
// store_harness URL open | backup FILE | restore FILE: starts on a database, and ends; or does as the commands do.
// What is acknowledged is written to standard output, as a client would be shown it: `cut ROOM NUMBER`, `gift KEY`.

#include <cstdio>
#include <cstdlib>
#include <future>

#include <fmt/format.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "services/store/backup.h"
#include "services/store/characters_repository.h"
#include "services/store/harness/harness_room.h"
#include "services/store/ledger_batch.h"
#include "services/store/once.h"
#include "services/store/restore.h"
#include "services/store/store.h"

namespace throng::services {
namespace {

void show(const std::string& line) {
  const std::string text = line + "\n";
  if (write(STDOUT_FILENO, text.data(), text.size()) < 0) std::abort();
}

void must(const Result<void>& result) {
  if (result) return;
  std::fprintf(stderr, "store_harness: %s\n", result.error().message.c_str());
  std::exit(1);
}

struct HarnessCast {
  std::array<std::array<room::CharacterLease, kHarnessCharacters>, kHarnessRooms> leases;
  std::array<std::int64_t, kHarnessRooms> cuts{};
  std::int64_t gifts = 0;
  OwnerId patron_of{};
};

Result<CharacterId> harness_character(Connection& connection, AccountId account, const std::string& name) {
  THRONG_TRY(const std::optional<CharacterRow> found, find_character(connection, name));
  if (found) return found->id;
  THRONG_TRY(const CharacterRow made, create_character(connection, account, name, name, 1));
  return made.id;
}

/// Whoever receives gifts is an owner that is no character, so that no sheet must know of them.
Result<OwnerId> gift_taker(Connection& connection) {
  THRONG_TRY(Rows rows, connection.run("SELECT id FROM owner WHERE kind = 'gifts'"));
  if (rows.empty()) {
    THRONG_TRY(rows, connection.run("INSERT INTO owner (kind, name) VALUES ('gifts', 'gifts') RETURNING id"));
  }
  return OwnerId{rows.integer(0, 0)};
}

Result<void> take_up(Connection& connection, HarnessCast& cast) {
  THRONG_TRY(Rows account, connection.run("SELECT id FROM account"));
  if (account.empty()) {
    THRONG_TRY(account,
               connection.run("INSERT INTO account (name, created_at, last_seen_at) VALUES ('a', 1, 1) RETURNING id"));
  }
  const AccountId owner{account.integer(0, 0)};
  for (int room = 0; room < kHarnessRooms; ++room) {
    const auto at = static_cast<std::size_t>(room);
    for (int i = 0; i < kHarnessCharacters; ++i) {
      THRONG_TRY(const CharacterId id, harness_character(connection, owner, fmt::format("c{}-{}", room, i)));
      THRONG_TRY(const LoadAnswer answer, load_character(connection, id, owner, "harness", 2, 1, TakeOver::Always));
      cast.leases[at][static_cast<std::size_t>(i)] = answer.loaded->lease;
    }
    THRONG_TRY(const Rows last,
               connection.run("SELECT number FROM room_cut WHERE room = $1", {HarnessRoom(room).id()}));
    cast.cuts[at] = last.empty() ? 0 : last.integer(0, 0);
  }
  THRONG_TRY(const Rows gifts, connection.run("SELECT count(*) FROM command_key"));
  cast.gifts = gifts.integer(0, 0);
  THRONG_TRY(cast.patron_of, gift_taker(connection));
  return {};
}

/// Sent twice, as by somebody who got no answer.
void give_gift(Store& store, const HarnessCast& cast, std::int64_t number) {
  const std::string key = fmt::format("gift/{}", number);
  for (int times = 0; times < 2; ++times) {
    must(write_and_wait(store, [key, to = cast.patron_of](Connection& connection) -> Result<void> {
      const auto give = [to](Connection& within) -> Result<std::string> {
        const room::LedgerMove gift{room::owner_of(room::LedgerSource::GameMaster),
                                    to,
                                    room::kCoinsAsset,
                                    3,
                                    0,
                                    room::LedgerSource::GameMaster,
                                    "gift"};
        THRONG_CHECK(apply_moves(within, {&gift, 1}, {"harness", 0, 1}));
        return std::string("given");
      };
      THRONG_TRY(const std::string answer, once(connection, key, system_clock().unix_milliseconds(), give));
      static_cast<void>(answer);
      return {};
    }));
  }
  show("gift " + key);
}

void play(Store& store, HarnessCast& cast, std::int64_t cuts) {
  std::vector<HarnessRoom> rooms;
  for (int i = 0; i < kHarnessRooms; ++i) {
    rooms.emplace_back(i);
    while (rooms.back().cuts() < cast.cuts[static_cast<std::size_t>(i)])
      rooms.back().next(cast.leases[static_cast<std::size_t>(i)]);
  }
  for (std::int64_t step = 0; step < cuts; ++step) {
    std::vector<std::future<void>> shown;
    for (std::size_t i = 0; i < rooms.size(); ++i) {
      auto done = std::make_shared<std::promise<void>>();
      shown.push_back(done->get_future());
      if (!store.keep(rooms[i].next(cast.leases[i]), [done](room::CutOutcome outcome) {
            if (!outcome.refused.empty() || !outcome.fenced_off.empty()) must(fail("refused: " + outcome.refused));
            show(fmt::format("cut {} {}", outcome.room_id, outcome.number));
            done->set_value();
          }))
        must(fail("the store is full"));
    }
    if (step % 3 == 0) give_gift(store, cast, ++cast.gifts);
    for (std::future<void>& each : shown) each.get();
  }
}

StoreSettings harness_settings(const std::string& url) {
  StoreSettings settings;
  settings.url = url;
  settings.node_id = "harness";
  settings.group_window = std::chrono::milliseconds(1);
  return settings;
}

int run_command(const std::string& url, const std::string& verb, const std::string& file) {
  const auto connect = [&url] {
    auto connection = connect_database(url);
    if (!connection) must(fail(connection.error()));
    return *std::move(connection);
  };
  const auto done = [](const auto& result) { must(result ? Result<void>() : Result<void>(fail(result.error()))); };
  if (verb == "open") done(open_store(harness_settings(url)));
  if (verb == "backup") done(back_up(*connect(), file));
  if (verb == "restore") done(restore_backup(url, file, RestoreOnto::AnyDatabase, system_clock().unix_milliseconds()));
  return 0;
}

int run_harness(const std::string& url, std::int64_t cuts) {
  auto store = open_store(harness_settings(url));
  if (!store) must(fail(store.error()));
  HarnessCast cast;
  must(write_and_wait(**store, [&cast](Connection& connection) { return take_up(connection, cast); }));
  play(**store, cast, cuts);
  return 0;
}

}  // namespace
}  // namespace throng::services

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  throng::set_log_level(throng::LogLevel::Error);
  if (std::atoll(argv[2]) == 0) return throng::services::run_command(argv[1], argv[2], argc > 3 ? argv[3] : "");
  return throng::services::run_harness(argv[1], std::atoll(argv[2]));
}
