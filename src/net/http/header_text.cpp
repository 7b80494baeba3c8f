#include "net/http/header_text.h"

namespace throng::net {
namespace {

/// "gzip;q=0.5" weighs something; "gzip;q=0" and "gzip;q=0.000" do not.
bool weighs_nothing(std::string_view parameters) {
  const std::string lowered = lower_case(parameters);
  const std::size_t at = lowered.find("q=");
  if (at == std::string::npos) return false;
  return lowered.find_first_not_of("0. \t", at + 2) == std::string::npos;
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool has_token(std::string_view list, std::string_view token) {
  bool found = false;
  for_each_element(list, [&](std::string_view element) { found = found || lower_case(element) == token; });
  return found;
}

bool accepts_gzip(std::string_view accept_encoding) {
  bool named = false;
  bool gzip = false;
  bool any = false;
  for_each_element(accept_encoding, [&](std::string_view element) {
    const std::size_t semicolon = element.find(';');
    const std::string coding = lower_case(trim(element.substr(0, semicolon)));
    const bool wanted = semicolon == std::string_view::npos || !weighs_nothing(element.substr(semicolon + 1));
    if (coding == "*") any = wanted;
    if (coding != "gzip" && coding != "x-gzip") return;
    named = true;
    gzip = gzip || wanted;
  });
  return named ? gzip : any;
}

}  // namespace throng::net
