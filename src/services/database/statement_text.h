#pragma once
// What both engines demand of statements and values.

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "services/database/connection.h"

namespace throng::services {

/// Prepared statements are kept by their text. Ours are constants of the program, so this is a bound and no tuning knob:
/// beyond it all are dropped and prepared anew.
inline constexpr std::size_t kPreparedMax = 512;

/// Lets a map keyed by std::string be searched by a view, without a copy.
struct StatementHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view sql) const { return std::hash<std::string_view>()(sql); }
};

/// Whether every text is UTF-8 without a NUL: PostgreSQL refuses others, so SQLite must not keep them either.
bool storable(std::span<const SqlValue> values);

/// The statement as an error may show it: without its values, on one line, shortened.
std::string shown_statement(std::string_view sql);

}  // namespace throng::services
