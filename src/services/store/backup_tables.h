#pragma once
// The tables of the database as a backup has them, and the words of SQL that are made of their names.

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

struct BackupTable {
  std::string name;
  std::vector<std::string> columns;  ///< none: a later migration has dropped it
  std::vector<std::string> key;
};

/// Of the migrations up to `version`, in the order in which they were made: none refers to a later one.
std::vector<std::string> tables_made(int version);

Result<BackupTable> describe_table(Connection& connection, const std::string& name);

/// Rows of a table that are in memory at once: few of those that hold a room's world or a map, megabytes each.
std::size_t rows_at_once(const std::string& table);

/// With commas.
std::string joined(const std::vector<std::string>& words);

/// `$1, $2 … $n`.
std::string parameters(std::size_t count);

}  // namespace throng::services
