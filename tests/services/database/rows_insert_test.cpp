#include "services/database/rows_insert.h"

#include <gmock/gmock.h>

#include "services/database/engines.h"

namespace throng::services {
namespace {

class RowsInsertTest : public testing::TestWithParam<Engine> {
 protected:
  RowsInsertTest() {
    EXPECT_TRUE(connection_->run("CREATE TABLE t (id BIGINT PRIMARY KEY, word TEXT, number BIGINT NOT NULL)"));
  }
  /// Rows first, first + 1 …, each with its number as word, 0 with none.
  std::vector<SqlStatement> statements(std::int64_t first, std::size_t rows) const {
    static const RowsInsert insert("INSERT INTO t (id, word, number) VALUES", "(?, NULLIF(?, '0'), ?)",
                                   "ON CONFLICT (id) DO UPDATE SET number = t.number + excluded.number");
    std::vector<SqlStatement> all;
    insert.append(rows, all, [&](std::size_t i, std::vector<SqlValue>& values) {
      const std::int64_t id = first + static_cast<std::int64_t>(i);
      values.emplace_back(id);
      values.emplace_back(std::to_string(id));
      values.emplace_back(id * 10);
    });
    return all;
  }
  std::int64_t number(std::string_view sql) {
    const auto rows = connection_->run(sql);
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? rows->integer(0, 0) : -1;
  }

  EmptyDatabase database_{GetParam()};
  std::unique_ptr<Connection> connection_ = database_.connect();
};

TEST_P(RowsInsertTest, EachRowIsThereWithItsOwnValues) {
  constexpr std::size_t kRows = 2 * RowsInsert::kRowsMax + 3;
  const auto all = statements(0, kRows);
  EXPECT_EQ(all.size(), 5u) << "two of many rows, three of one";
  ASSERT_TRUE(connection_->run_all(all));
  EXPECT_EQ(number("SELECT count(*) FROM t"), static_cast<std::int64_t>(kRows));
  EXPECT_EQ(number("SELECT count(*) FROM t WHERE number <> id * 10 OR word <> CAST(id AS TEXT)"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM t WHERE word IS NULL"), 1);
}

TEST_P(RowsInsertTest, WhatIsThereAlreadyFollowsTheTail) {
  ASSERT_TRUE(connection_->run_all(statements(1, 5)));
  ASSERT_TRUE(connection_->run_all(statements(1, RowsInsert::kRowsMax)));
  EXPECT_EQ(number("SELECT number FROM t WHERE id = 3"), 60);
  EXPECT_EQ(number("SELECT number FROM t WHERE id = 6"), 60);
}

TEST_P(RowsInsertTest, NoRowsNeedNoStatement) { EXPECT_TRUE(statements(1, 0).empty()); }

INSTANTIATE_TEST_SUITE_P(Both, RowsInsertTest, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
