#include "services/database/postgres_values.h"

#include <cstring>
#include <limits>
#include <string_view>

#include <libpq-fe.h>

namespace throng::services {
namespace {

constexpr int kBinary = 1;
constexpr PostgresType kPostgresBool = 16;
constexpr PostgresType kPostgresName = 19;
constexpr PostgresType kPostgresInt2 = 21;
constexpr PostgresType kPostgresInt4 = 23;
constexpr PostgresType kPostgresVarchar = 1043;
constexpr PostgresType kPostgresNumeric = 1700;
constexpr PostgresType kPostgresVoid = 2278;

/// Big-endian, two's complement, of up to eight bytes.
std::int64_t signed_number(std::string_view bytes) {
  std::uint64_t value = bytes.empty() || (static_cast<unsigned char>(bytes[0]) & 0x80) == 0 ? 0 : ~std::uint64_t{0};
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

/// What sum() gives: digits to the base 10000, the first worth 10000^weight. Fractions are cut off.
std::optional<SqlValue> numeric(std::string_view bytes) {
  if (bytes.size() < 8) return std::nullopt;
  const std::int64_t digits = signed_number(bytes.substr(0, 2));
  const std::int64_t weight = signed_number(bytes.substr(2, 2));
  const bool negative = signed_number(bytes.substr(4, 2)) == 0x4000;
  if (!negative && signed_number(bytes.substr(4, 2)) != 0) return std::nullopt;  // not a number, or infinite
  if (weight > 4 || bytes.size() < 8 + 2 * static_cast<std::size_t>(digits)) return std::nullopt;
  __extension__ __int128 value = 0;
  for (std::int64_t i = 0; i <= weight; ++i) {
    const auto at = 8 + 2 * static_cast<std::size_t>(i);
    value = value * 10'000 + (i < digits ? signed_number(bytes.substr(at, 2)) : 0);
  }
  if (negative) value = -value;
  if (value < std::numeric_limits<std::int64_t>::min() || value > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return SqlValue(static_cast<std::int64_t>(value));
}

}  // namespace

PostgresType postgres_type(const SqlValue& value) {
  constexpr std::array<PostgresType, 4> kTypes{kPostgresInferred, kPostgresInt8, kPostgresText, kPostgresBytea};
  return kTypes[value.index()];
}

void PostgresParameters::set(std::span<const SqlValue> values) {
  addresses_.assign(values.size(), nullptr);
  lengths_.assign(values.size(), 0);
  formats_.assign(values.size(), kBinary);
  numbers_.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (const auto* const number = std::get_if<std::int64_t>(&values[i])) {
      const std::uint64_t big_endian = __builtin_bswap64(static_cast<std::uint64_t>(*number));
      std::memcpy(numbers_[i].data(), &big_endian, sizeof(big_endian));
      addresses_[i] = numbers_[i].data();
      lengths_[i] = sizeof(big_endian);
    } else if (const auto* const text = std::get_if<std::string>(&values[i])) {
      addresses_[i] = text->data();
      lengths_[i] = static_cast<int>(text->size());
    } else if (const auto* const bytes = std::get_if<Blob>(&values[i])) {
      addresses_[i] = bytes->empty() ? "" : reinterpret_cast<const char*>(bytes->data());
      lengths_[i] = static_cast<int>(bytes->size());
    }
  }
}

std::optional<SqlValue> postgres_cell(const pg_result* answer, int row, int column) {
  if (PQgetisnull(answer, row, column) != 0) return SqlValue();
  const std::string_view bytes(PQgetvalue(answer, row, column),
                               static_cast<std::size_t>(PQgetlength(answer, row, column)));
  switch (PQftype(answer, column)) {
    case kPostgresBool:
    case kPostgresInt2:
    case kPostgresInt4:
    case kPostgresInt8: return SqlValue(signed_number(bytes));
    case kPostgresNumeric: return numeric(bytes);
    case kPostgresName:
    case kPostgresVarchar:
    case kPostgresText: return SqlValue(std::string(bytes));
    case kPostgresBytea: return SqlValue(Blob(bytes.begin(), bytes.end()));
    case kPostgresVoid: return SqlValue();
    default: return std::nullopt;
  }
}

}  // namespace throng::services
