#pragma once
// Values as PostgreSQL's binary format has them.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "services/database/connection.h"

struct pg_result;

namespace throng::services {

using PostgresType = unsigned int;  // libpq's Oid
inline constexpr PostgresType kPostgresInt8 = 20;
inline constexpr PostgresType kPostgresText = 25;
inline constexpr PostgresType kPostgresBytea = 17;
inline constexpr PostgresType kPostgresInferred = 0;  ///< of a NULL: the server looks where it goes

PostgresType postgres_type(const SqlValue& value);

/// The arrays that libpq wants, kept from one statement to the next. They point into the values.
class PostgresParameters {
 public:
  void set(std::span<const SqlValue> values);
  int count() const { return static_cast<int>(addresses_.size()); }
  const char* const* addresses() const { return addresses_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<const char*> addresses_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<std::array<char, 8>> numbers_;
};

/// One cell of a binary answer. Nothing: of a type that we do not use, or a number beyond 64 bits.
std::optional<SqlValue> postgres_cell(const pg_result* answer, int row, int column);

}  // namespace throng::services
