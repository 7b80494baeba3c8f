#pragma once
// INSERT of many rows with few statements.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "services/database/connection.h"

namespace throng::services {

/// An INSERT of one row, and the same of kRowsMax: for SQLite as for PostgreSQL a statement costs more than a row.
/// Lives as long as the program: its statements refer to it.
class RowsInsert {
 public:
  static constexpr std::size_t kRowsMax = 32;

  /// @param head  INSERT INTO … VALUES
  /// @param row   in brackets, with a ? for each value
  /// @param tail  ON CONFLICT …; no two rows that are appended together may be in conflict with each other
  RowsInsert(std::string_view head, std::string_view row, std::string_view tail = "");

  /// Adds the statements for so many rows, in their order.
  /// @param put  put(i, values) appends the values of row i
  template <typename Put>
  void append(std::size_t rows, std::vector<SqlStatement>& statements, Put&& put) const {
    for (std::size_t i = 0; i < rows;) {
      const std::size_t count = rows - i >= kRowsMax ? kRowsMax : 1;
      SqlStatement& statement = statements.emplace_back(SqlStatement{count == 1 ? one_ : many_, {}});
      statement.values.reserve(count * columns_);
      for (const std::size_t end = i + count; i < end; ++i) put(i, statement.values);
    }
  }

 private:
  std::size_t columns_;
  std::string one_;
  std::string many_;
};

}  // namespace throng::services
