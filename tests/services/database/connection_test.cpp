#include "services/database/connection.h"

#include <limits>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "services/database/engines.h"
#include "services/database/migrations.h"

namespace throng::services {
namespace {

using testing::HasSubstr;

constexpr Migration kThings{1, "things", R"sql(
CREATE TABLE thing (id {id}, number {int} UNIQUE, word {text}, content {bytes}, CHECK (number > -5000 OR number < -6000)){strict};
CREATE TABLE part (thing {int} NOT NULL REFERENCES thing (id)){strict};
)sql"};

constexpr std::string_view kInsert = "INSERT INTO thing (number, word, content) VALUES ($1, $2, $3)";

std::int64_t integer(std::int64_t value) { return value; }
SqlValue word(const char* text) { return std::string(text); }

class ConnectionTest : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    connection_ = database_.connect();
    ASSERT_TRUE(migrate(*connection_, std::array{kThings}));
  }
  Rows must_run(std::string_view sql, std::initializer_list<SqlValue> values = {}) {
    auto rows = connection_->run(sql, values);
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? *std::move(rows) : Rows();
  }
  std::int64_t count(Connection& connection) {
    auto rows = connection.run("SELECT count(*) FROM thing");
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? rows->integer(0, 0) : -1;
  }

  EmptyDatabase database_{GetParam()};
  std::unique_ptr<Connection> connection_;
};

INSTANTIATE_TEST_SUITE_P(Both, ConnectionTest, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(ConnectionTest, ValuesComeBackAsTheyWere) {
  const Blob bytes{0, 1, 0, 255, 0};
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), integer(-1), integer(0), integer(1),
                                    std::numeric_limits<std::int64_t>::max()}) {
    must_run("DELETE FROM thing");
    must_run(kInsert, {number, word("Größe 🐉"), bytes});
    const Rows rows = must_run("SELECT number, word, content FROM thing");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.integer(0, 0), number);
    EXPECT_EQ(rows.text(0, 1), "Größe 🐉");
    EXPECT_EQ(rows.blob(0, 2), bytes);
  }
}

TEST_P(ConnectionTest, NothingIsNotTheEmptyValue) {
  must_run(kInsert, {SqlValue(), SqlValue(), SqlValue()});
  must_run(kInsert, {integer(1), word(""), Blob()});
  const Rows rows = must_run("SELECT number, word, content FROM thing ORDER BY id");
  ASSERT_EQ(rows.size(), 2U);
  for (const std::size_t column : {0U, 1U, 2U}) {
    EXPECT_TRUE(rows.is_null(0, column));
    EXPECT_FALSE(rows.is_null(1, column));
  }
  EXPECT_EQ(rows.integer(0, 0), 0);
  EXPECT_EQ(rows.text(0, 1), "");
  EXPECT_TRUE(rows.blob(1, 2).empty());
}

TEST_P(ConnectionTest, WhatLooksLikeSqlIsAValue) {
  for (const char* const text :
       {"'; DROP TABLE thing; --", "\" OR 1=1", "$1", "%_\\", "{int}", "NULL", "\\'); COMMIT;"}) {
    must_run("DELETE FROM thing");
    must_run(kInsert, {integer(1), word(text), SqlValue()});
    EXPECT_EQ(must_run("SELECT word FROM thing WHERE word = $1", {word(text)}).text(0, 0), text);
  }
}

TEST_P(ConnectionTest, TextThatIsNoUtf8OrHoldsANulIsRefused) {
  for (const std::string& text : {std::string("a\0b", 3), std::string("\xff"), std::string("\xc0\x80")}) {
    EXPECT_FALSE(connection_->run(kInsert, {integer(1), text, SqlValue()}));
    EXPECT_EQ(connection_->trouble(), Trouble::Constraint);
  }
  EXPECT_EQ(count(*connection_), 0);
}

TEST_P(ConnectionTest, LargeBytesAreWhole) {
  Blob large(8 << 20);
  Rng rng(7);
  for (std::uint8_t& byte : large) byte = static_cast<std::uint8_t>(rng.next());
  must_run(kInsert, {integer(1), word(""), large});
  EXPECT_EQ(must_run("SELECT content FROM thing").blob(0, 0), large);
}

TEST_P(ConnectionTest, ChangedCountsTheRowsThatWereTouched) {
  for (const std::int64_t number : {1, 2, 3})
    EXPECT_EQ(must_run(kInsert, {number, word("a"), SqlValue()}).changed(), 1);
  EXPECT_EQ(must_run("UPDATE thing SET word = 'b' WHERE number >= $1", {integer(2)}).changed(), 2);
  EXPECT_EQ(must_run("UPDATE thing SET word = 'b' WHERE number = $1", {integer(9)}).changed(), 0);
  EXPECT_EQ(must_run("SELECT number FROM thing").changed(), 0);
  const Rows returned = must_run("DELETE FROM thing WHERE number < $1 RETURNING number", {integer(2)});
  EXPECT_EQ(returned.changed(), 1);
  EXPECT_EQ(returned.integer(0, 0), 1);
}

TEST_P(ConnectionTest, ABatchSaysHowManyRowsEachOfItTouched) {
  std::int64_t put = -1, all = -1, none = -1;
  const std::string_view update = "UPDATE thing SET word = 'b' WHERE number >= $1";
  const std::vector<SqlStatement> batch{{kInsert, {integer(1), word("a"), SqlValue()}, 0, &put},
                                        {kInsert, {integer(2), word("a"), SqlValue()}},
                                        {update, {integer(1)}, 2, &all},
                                        {update, {integer(9)}, 0, &none}};
  ASSERT_TRUE(connection_->run_all(batch));
  EXPECT_EQ(put, 1);
  EXPECT_EQ(all, 2);
  EXPECT_EQ(none, 0);
}

TEST_P(ConnectionTest, SumsAndComparisonsAreIntegers) {
  for (const std::int64_t number : {-12'345'678'901'234, integer(20'000), integer(1)}) {
    must_run(kInsert, {number, SqlValue(), SqlValue()});
  }
  const Rows rows = must_run("SELECT sum(number), max(number) > 5, sum(number) + 12345678881233 FROM thing");
  EXPECT_EQ(rows.integer(0, 0), -12'345'678'881'233);
  EXPECT_EQ(rows.integer(0, 1), 1);
  EXPECT_EQ(rows.integer(0, 2), 0);
}

TEST_P(ConnectionTest, ConflictsCanUpdate) {
  const std::string_view upsert =
      "INSERT INTO thing (number, word) VALUES ($1, $2) ON CONFLICT (number) DO UPDATE SET word = excluded.word "
      "RETURNING word";
  EXPECT_EQ(must_run(upsert, {integer(4), word("first")}).text(0, 0), "first");
  EXPECT_EQ(must_run(upsert, {integer(4), word("second")}).text(0, 0), "second");
  EXPECT_EQ(count(*connection_), 1);
}

TEST_P(ConnectionTest, TextSortsByItsBytes) {
  for (const char* const text : {"b", "A", "a", "B", "ä"}) must_run(kInsert, {SqlValue(), word(text), SqlValue()});
  const Rows rows = must_run("SELECT word FROM thing ORDER BY word");
  std::string order;
  for (std::size_t row = 0; row < rows.size(); ++row) order += rows.text(row, 0);
  EXPECT_EQ(order, "ABabä");
}

TEST_P(ConnectionTest, WhatTheDataForbidsIsAConstraint) {
  must_run(kInsert, {integer(1), SqlValue(), SqlValue()});
  EXPECT_FALSE(connection_->run(kInsert, {integer(1), SqlValue(), SqlValue()}));
  EXPECT_EQ(connection_->trouble(), Trouble::Constraint);
  EXPECT_FALSE(connection_->run(kInsert, {integer(-5500), SqlValue(), SqlValue()}));
  EXPECT_EQ(connection_->trouble(), Trouble::Constraint);
  EXPECT_FALSE(connection_->run("INSERT INTO part (thing) VALUES ($1)", {integer(77)}));
  EXPECT_EQ(connection_->trouble(), Trouble::Constraint);
  EXPECT_EQ(count(*connection_), 1);
}

TEST_P(ConnectionTest, AWrongStatementIsAMistakeAndIsNamed) {
  const auto rows = connection_->run("SELECT nonsense FROM thing");
  ASSERT_FALSE(rows);
  EXPECT_EQ(connection_->trouble(), Trouble::Mistake);
  EXPECT_THAT(rows.error().message, HasSubstr("SELECT nonsense FROM thing"));
  EXPECT_FALSE(connection_->run(kInsert, {integer(1)}));
  EXPECT_EQ(connection_->trouble(), Trouble::Mistake);
  EXPECT_FALSE(connection_->run("DELETE FROM thing; DELETE FROM part"));
  EXPECT_EQ(count(*connection_), 0);
}

TEST_P(ConnectionTest, ATransactionIsWholeOrNothing) {
  const auto other = database_.connect();
  ASSERT_TRUE(connection_->begin());
  EXPECT_EQ(connection_->trouble(), Trouble::None);
  must_run(kInsert, {integer(1), SqlValue(), SqlValue()});
  EXPECT_EQ(count(*other), 0);
  ASSERT_TRUE(connection_->commit());
  EXPECT_EQ(count(*other), 1);
  ASSERT_TRUE(connection_->begin());
  must_run(kInsert, {integer(2), SqlValue(), SqlValue()});
  connection_->rollback();
  connection_->rollback();
  EXPECT_EQ(count(*other), 1);
}

TEST_P(ConnectionTest, AfterAFailureOnlyARollbackIsLeft) {
  ASSERT_TRUE(connection_->begin());
  must_run(kInsert, {integer(1), SqlValue(), SqlValue()});
  EXPECT_FALSE(connection_->run(kInsert, {integer(1), SqlValue(), SqlValue()}));
  EXPECT_FALSE(connection_->run(kInsert, {integer(2), SqlValue(), SqlValue()}));
  EXPECT_EQ(connection_->trouble(), Trouble::Constraint);
  EXPECT_FALSE(connection_->commit());
  EXPECT_EQ(count(*connection_), 0);
  ASSERT_TRUE(connection_->begin());
  EXPECT_FALSE(connection_->begin());
  connection_->rollback();
  EXPECT_FALSE(connection_->commit());
}

TEST_P(ConnectionTest, ManyStatementsRunInOrder) {
  std::vector<SqlStatement> many;
  for (std::int64_t i = 0; i < 2'000; ++i) many.push_back({kInsert, {i, word("x"), Blob(100, 7)}, 1});
  many.push_back({"UPDATE thing SET word = 'y' WHERE number < $1", {integer(500)}, 500});
  ASSERT_TRUE(connection_->run_all(many));
  EXPECT_EQ(must_run("SELECT count(*) FROM thing WHERE word = 'y'").integer(0, 0), 500);
  EXPECT_EQ(count(*connection_), 2'000);
  ASSERT_TRUE(connection_->run_all({}));
}

TEST_P(ConnectionTest, ABatchMayLeaveValuesOut) {
  const std::vector<SqlStatement> many{{kInsert, {integer(1), word("a"), SqlValue()}},
                                       {kInsert, {integer(2), SqlValue(), SqlValue()}},
                                       {kInsert, {SqlValue(), word("c"), SqlValue()}},
                                       {kInsert, {integer(4), word("d"), Blob{1}}}};
  const auto ran = connection_->run_all(many);
  ASSERT_TRUE(ran) << (ran ? "" : ran.error().message);
  EXPECT_EQ(count(*connection_), 4);
}

TEST_P(ConnectionTest, ManyStatementsAreUndoneTogether) {
  std::vector<SqlStatement> many;
  for (std::int64_t i = 0; i < 1'500; ++i) many.push_back({kInsert, {i % 1'400, SqlValue(), SqlValue()}});
  EXPECT_FALSE(connection_->run_all(many));
  EXPECT_EQ(connection_->trouble(), Trouble::Constraint);
  EXPECT_EQ(count(*connection_), 0);
  ASSERT_TRUE(connection_->begin());
  EXPECT_FALSE(connection_->run_all(many));
  connection_->rollback();
  EXPECT_EQ(count(*connection_), 0);
}

TEST_P(ConnectionTest, ABatchThatTouchesTooLittleFails) {
  const std::vector<SqlStatement> many{{kInsert, {integer(1), SqlValue(), SqlValue()}},
                                       {"UPDATE thing SET word = 'y' WHERE number = $1", {integer(2)}, 1},
                                       {kInsert, {integer(3), SqlValue(), SqlValue()}}};
  EXPECT_FALSE(connection_->run_all(many));
  EXPECT_EQ(connection_->trouble(), Trouble::Busy);
  EXPECT_EQ(count(*connection_), 0);
  must_run(kInsert, {integer(1), SqlValue(), SqlValue()});
}

TEST_P(ConnectionTest, AnUnknownStatementInABatchIsAMistake) {
  const std::vector<SqlStatement> many{{kInsert, {integer(1), SqlValue(), SqlValue()}}, {"DELETE FROM nowhere", {}}};
  EXPECT_FALSE(connection_->run_all(many));
  EXPECT_EQ(connection_->trouble(), Trouble::Mistake);
  EXPECT_EQ(count(*connection_), 0);
}

TEST_P(ConnectionTest, MoreStatementsThanAreKeptStillRun) {
  for (std::int64_t i = 0; i < 1'100; ++i) {
    EXPECT_EQ(must_run("SELECT number FROM thing WHERE number = $1 OR number = " + std::to_string(i), {i}).size(), 0U);
  }
}

TEST_P(ConnectionTest, ConnectsAgain) {
  must_run(kInsert, {integer(1), SqlValue(), SqlValue()});
  ASSERT_TRUE(connection_->begin());
  must_run(kInsert, {integer(2), SqlValue(), SqlValue()});
  ASSERT_TRUE(connection_->reconnect());
  EXPECT_EQ(count(*connection_), 1);
  must_run(kInsert, {integer(3), SqlValue(), SqlValue()});
}

TEST_P(ConnectionTest, TwoWritersBothGetThrough) {
  must_run(kInsert, {integer(0), SqlValue(), SqlValue()});
  const auto add = [&] {
    const auto own = database_.connect();
    for (int done = 0; done < 50;) {
      if (!own->begin()) continue;
      const auto ran = own->run("UPDATE thing SET number = number + $1 WHERE id = 1", {integer(1)});
      if (ran && own->commit()) ++done;
      own->rollback();
    }
  };
  std::thread first(add);
  std::thread second(add);
  first.join();
  second.join();
  EXPECT_EQ(must_run("SELECT number FROM thing").integer(0, 0), 100);
}

}  // namespace
}  // namespace throng::services
