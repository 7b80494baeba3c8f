#pragma once
// Small readings of header values.

#include <string>
#include <string_view>

namespace throng::net {

/// ASCII only; other bytes stay.
std::string lower_case(std::string_view text);

/// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);

/// Calls `visit(element)` for each trimmed, non-empty element of a comma-separated list.
template <typename Visit>
void for_each_element(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view element = trim(list.substr(0, comma));
    if (!element.empty()) visit(element);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
}

/// Whether a comma-separated list holds `token`, whatever the case. `token` is lower case.
bool has_token(std::string_view list, std::string_view token);

/// Whether a client with this Accept-Encoding takes gzip ("gzip" or "*" with a weight above zero).
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace throng::net
