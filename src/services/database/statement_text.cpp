#include "services/database/statement_text.h"

#include "base/bytes.h"
#include "net/websocket/utf8.h"

namespace throng::services {
namespace {

constexpr std::size_t kShownStatementMax = 80;

bool storable_text(std::string_view text) {
  return text.find('\0') == std::string_view::npos && net::is_valid_utf8(as_bytes(text));
}

}  // namespace

bool storable(std::span<const SqlValue> values) {
  for (const SqlValue& value : values) {
    const auto* const text = std::get_if<std::string>(&value);
    if (text != nullptr && !storable_text(*text)) return false;
  }
  return true;
}

std::string shown_statement(std::string_view sql) {
  std::string shown;
  for (const char c : sql) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (space && (shown.empty() || shown.back() == ' ')) continue;
    if (shown.size() == kShownStatementMax) return shown + "…";
    shown += space ? ' ' : c;
  }
  return shown;
}

}  // namespace throng::services
