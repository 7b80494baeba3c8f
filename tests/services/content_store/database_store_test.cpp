#include "services/content_store/database_store.h"

#include <thread>

#include <gmock/gmock.h>

#include "services/content_store/content_store_suite.h"
#include "services/database/engines.h"
#include "services/store/backup.h"
#include "services/store/restore.h"
#include "services/store/store.h"

namespace throng::services::test {
namespace {

using ::testing::HasSubstr;

std::unique_ptr<ContentStore> open_in(const EmptyDatabase& database) {
  auto connection = database.connect();
  EXPECT_TRUE(prepare_database(*connection));
  return make_database_content_store(std::move(connection), kVersionsKeptInTests);
}

template <Engine engine>
class DatabaseStoreSubject {
 public:
  ContentStore& store() { return *store_; }

 private:
  EmptyDatabase database_{engine};
  std::unique_ptr<ContentStore> store_ = open_in(database_);
};

INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, ContentStoreSuite, DatabaseStoreSubject<Engine::Sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, ContentStoreSuite, DatabaseStoreSubject<Engine::Postgres>);

class ContentInDatabaseTest : public ::testing::TestWithParam<Engine> {
 protected:
  std::uint32_t keep(int mana_cost) {
    const auto kept = store->keep(texts_with(mana_cost), 1, {"ann", "test"});
    EXPECT_TRUE(kept) << (kept ? "" : kept.error().message);
    return kept ? kept->version.version : 0;
  }
  std::int64_t count_texts() { return database.connect()->run("SELECT count(*) FROM content_text")->integer(0, 0); }
  void run(std::string_view sql) { ASSERT_TRUE(database.connect()->run(sql)); }

  EmptyDatabase database{GetParam()};
  std::unique_ptr<ContentStore> store = open_in(database);
};

INSTANTIATE_TEST_SUITE_P(Engines, ContentInDatabaseTest, testing::Values(Engine::Sqlite, Engine::Postgres),
                         engine_name);

TEST_P(ContentInDatabaseTest, IsThereAfterARestart) {
  keep(20);
  keep(25);
  ASSERT_TRUE(store->set_live(2));
  const std::vector<ContentVersion> before = *store->list();
  store = open_in(database);
  EXPECT_EQ(*store->list(), before);
  EXPECT_EQ(*store->live(), 2u);
  EXPECT_EQ(*store->texts(1), texts_with(20));
  EXPECT_EQ(keep(30), 3u);
}

TEST_P(ContentInDatabaseTest, SharesTheTextsThatDidNotChange) {
  keep(20);
  keep(25);
  keep(20);
  EXPECT_EQ(count_texts(), 4) << "two of skills.json, one each of balance.json and the map";
}

TEST_P(ContentInDatabaseTest, ForgetsTextsThatNoVersionHasAnyMore) {
  for (int i = 1; i <= static_cast<int>(kVersionsKeptInTests) + 5; ++i) keep(i);
  EXPECT_EQ(count_texts(), static_cast<std::int64_t>(kVersionsKeptInTests) + 2);
}

TEST_P(ContentInDatabaseTest, KeepsTextsToTheByteWhateverTheyHold) {
  std::string odd("\0\xff\xfe not UTF-8 'quoted'", 22);
  const content::ContentTexts texts{
      {"empty.json", ""}, {"maps/odd.tmx", odd}, {"maps/large.tmj", std::string(3u << 20, 'x')}};
  ASSERT_TRUE(store->keep(texts, 1, {"an\xffn", std::string("why\0", 4)}));
  EXPECT_EQ(*store->texts(1), texts);
  EXPECT_EQ(store->find(1)->note.author, "ann");
  EXPECT_EQ(store->find(1)->note.reason, "why");
}

TEST_P(ContentInDatabaseTest, CountsOnWhenTwoProcessesKeep) {
  const std::unique_ptr<ContentStore> other = open_in(database);
  keep(20);
  EXPECT_EQ(other->keep(texts_with(25), 1, {})->version.version, 2u);
  EXPECT_EQ(keep(30), 3u);
  EXPECT_FALSE(other->keep(texts_with(30), 1, {})->is_new);
}

TEST_P(ContentInDatabaseTest, LosesNothingThatIsKeptAtTheSameTime) {
  const std::unique_ptr<ContentStore> other = open_in(database);
  std::thread beside([&other] {
    for (int i = 0; i < 5; ++i) {
      EXPECT_TRUE(other->keep(texts_with(1000 + i), 1, {}));
      EXPECT_TRUE(other->set_live(1));
    }
  });
  for (int i = 0; i < 5; ++i) keep(i);
  beside.join();
  EXPECT_EQ(store->list()->size(), 10u);
  EXPECT_EQ(store->list()->back().version, 10u);
}

TEST_P(ContentInDatabaseTest, IsNotChangedByWhatFailsHalfway) {
  keep(20);
  run(GetParam() == Engine::Sqlite
          ? "CREATE TRIGGER refuse BEFORE INSERT ON content_file WHEN NEW.name = 'skills.json' BEGIN SELECT "
            "RAISE(ABORT, 'refused'); END"
          : "ALTER TABLE content_file ADD CONSTRAINT refuse CHECK (version = 1 OR name <> 'skills.json')");
  EXPECT_FALSE(store->keep(texts_with(25), 1, {}));
  EXPECT_EQ(store->list()->size(), 1u);
  EXPECT_EQ(count_texts(), 3);
}

TEST_P(ContentInDatabaseTest, NamesATextThatIsDamagedAndGoesOn) {
  keep(20);
  run("UPDATE content_text SET body = CAST('x' AS " + std::string(GetParam() == Engine::Sqlite ? "BLOB" : "BYTEA") +
      ")");
  EXPECT_THAT(store->texts(1).error().message, HasSubstr("missing or damaged"));
  EXPECT_EQ(keep(20), 1u);
  EXPECT_EQ(keep(25), 2u) << "and new versions are kept all the same";
  EXPECT_EQ(*store->texts(2), texts_with(25));
}

TEST_P(ContentInDatabaseTest, IsInTheBackup) {
  for (const int mana_cost : {20, 25}) keep(mana_cost);
  ASSERT_TRUE(store->set_live(2));
  const TemporaryFolder folder;
  ASSERT_TRUE(back_up(*database.connect(), folder.path("backup")));
  const EmptyDatabase elsewhere(Engine::Sqlite);
  const auto restored = restore_backup(elsewhere.url(), folder.path("backup"), RestoreOnto::EmptyDatabase, 1'000'000);
  ASSERT_TRUE(restored) << restored.error().message;
  const std::unique_ptr<ContentStore> there = open_in(elsewhere);
  EXPECT_EQ(*there->list(), *store->list());
  EXPECT_EQ(*there->live(), 2u);
  EXPECT_EQ(*there->texts(2), texts_with(25));
}

TEST(ContentInPostgres, GoesOnAfterTheConnectionWasLost) {
  const EmptyDatabase database(Engine::Postgres);
  const std::unique_ptr<ContentStore> store = open_in(database);
  ASSERT_TRUE(store->keep(texts_with(20), 1, {}));
  ASSERT_TRUE(database.connect()->run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
      "pg_backend_pid()"));
  const auto kept = store->keep(texts_with(25), 1, {});
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->version.version, 2u);
}

}  // namespace
}  // namespace throng::services::test
