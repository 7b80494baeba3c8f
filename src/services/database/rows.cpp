#include "services/database/connection.h"

namespace throng::services {

bool Rows::is_null(std::size_t row, std::size_t column) const {
  return std::holds_alternative<std::monostate>(at(row, column));
}

std::int64_t Rows::integer(std::size_t row, std::size_t column) const {
  const auto* const value = std::get_if<std::int64_t>(&at(row, column));
  return value == nullptr ? 0 : *value;
}

std::string Rows::text(std::size_t row, std::size_t column) const {
  const auto* const value = std::get_if<std::string>(&at(row, column));
  return value == nullptr ? std::string() : *value;
}

Blob Rows::blob(std::size_t row, std::size_t column) const {
  const auto* const value = std::get_if<Blob>(&at(row, column));
  return value == nullptr ? Blob() : *value;
}

}  // namespace throng::services
