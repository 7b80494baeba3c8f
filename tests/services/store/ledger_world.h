#pragma once
// Characters and what they own, for tests of the store: cuts are made of what should be, and the database is asked what is.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "services/database/engines.h"
#include "services/store/characters_repository.h"
#include "services/store/group_committer.h"
#include "services/store/harness/belongings.h"
#include "services/store/ledger_verify.h"
#include "services/store/store.h"

namespace throng::services {

using room::owner_of;

inline constexpr std::int64_t kTestNow = 1'700'000'000'000;

/// A migrated database with an account.
class LedgerWorld {
 public:
  explicit LedgerWorld(Engine engine) : database_(engine), connection_(database_.connect()) {
    EXPECT_TRUE(prepare_database(*connection_));
    account_ = {connection()
                    .run("INSERT INTO account (name, created_at, last_seen_at) VALUES ('Anna', $1, $2) RETURNING id",
                         {kTestNow, kTestNow})
                    ->integer(0, 0)};
  }

  Connection& connection() { return *connection_; }
  const EmptyDatabase& database() const { return database_; }
  AccountId account() const { return account_; }

  /// One that plays here.
  room::CharacterLease character(const std::string& name, const std::string& node = "here") {
    const auto made = create_character(connection(), account_, name, name, kTestNow);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return lease(made->id, node);
  }
  room::CharacterLease lease(CharacterId id, const std::string& node, TakeOver take_over = TakeOver::Always) {
    const auto answer = load_character(connection(), id, account_, node, kTestNow + 60'000, kTestNow, take_over);
    EXPECT_TRUE(answer && answer->loaded);
    return answer->loaded->lease;
  }

  room::CutOutcome keep(const room::Cut& cut) { return keep_all({cut}).front(); }
  std::vector<room::CutOutcome> keep_all(const std::vector<room::Cut>& cuts) {
    std::vector<StoreWork> works(cuts.size());
    for (std::size_t i = 0; i < cuts.size(); ++i) works[i].cut = cuts[i];
    GroupCommitter committer(connection(), system_clock(), "here");
    EXPECT_EQ(committer.commit(works), works.size()) << committer.problem();
    std::vector<room::CutOutcome> outcomes;
    for (StoreWork& work : works) outcomes.push_back(work.outcome);
    return outcomes;
  }

  std::int64_t balance(OwnerId owner, const std::string& asset) {
    const auto rows = connection().run(
        "SELECT amount FROM balance JOIN asset ON asset.id = balance.asset "
        "WHERE owner = $1 AND asset.name = $2",
        {owner.value, asset});
    return rows->empty() ? 0 : rows->integer(0, 0);
  }
  std::int64_t count(std::string_view sql) { return connection().run(sql)->integer(0, 0); }
  std::vector<std::string> problems() {
    const auto report = verify_ledger(connection());
    EXPECT_TRUE(report) << (report ? "" : report.error().message);
    return report ? report->problems : std::vector<std::string>{"not read"};
  }

 private:
  EmptyDatabase database_;
  std::unique_ptr<Connection> connection_;
  AccountId account_;
};

inline room::LedgerMove test_move(OwnerId from, OwnerId to, std::string_view asset, std::int64_t amount,
                                  std::int64_t uid = 0) {
  return {from, to, asset, amount, uid, room::LedgerSource::Loot, ""};
}
inline room::CharacterSave test_save(const room::CharacterLease& lease, const Belongings& has) {
  return {.lease = lease, .sheet = has.sheet(), .level = 3, .map = "meadow", .release = false};
}
inline room::Cut test_cut(std::int64_t number, std::vector<room::LedgerMove> moves,
                          std::vector<room::CharacterSave> saves, std::string room_id = "room") {
  room::Cut cut;
  cut.room_id = std::move(room_id);
  cut.number = number;
  cut.tick = number * 10;
  cut.moves = std::move(moves);
  cut.saves = std::move(saves);
  return cut;
}

inline constexpr OwnerId kTestLoot = owner_of(room::LedgerSource::Loot);
inline constexpr OwnerId kTestGround = owner_of(room::LedgerSource::Ground);

}  // namespace throng::services
