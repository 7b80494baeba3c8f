#include "services/database/rows_insert.h"

#include <algorithm>

namespace throng::services {
namespace {

std::string insert_text(std::size_t rows, std::string_view head, std::string_view row, std::string_view tail) {
  std::string sql(head);
  std::size_t number = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    sql += i == 0 ? " " : ", ";
    for (const char c : row) {
      sql += c == '?' ? '$' : c;
      if (c == '?') sql += std::to_string(++number);
    }
  }
  return tail.empty() ? sql : sql.append(" ").append(tail);
}

}  // namespace

RowsInsert::RowsInsert(std::string_view head, std::string_view row, std::string_view tail)
    : columns_(static_cast<std::size_t>(std::count(row.begin(), row.end(), '?'))),
      one_(insert_text(1, head, row, tail)),
      many_(insert_text(kRowsMax, head, row, tail)) {}

}  // namespace throng::services
