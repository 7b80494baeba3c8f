#pragma once
// What a parser of one kind says of one definition.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace throng::content::test {

/// The file of a kind with one definition called `a`.
inline std::string file_with(std::string_view kind, std::string_view members) {
  return "{\"" + std::string(kind) + "\": {\"a\": {" + std::string(members) + "}}}";
}

/// Problems of a definition without the file's name, or `none`.
template <typename Parse>
std::string parse_problem(Parse parse, std::string_view kind, std::string_view members) {
  const auto parsed = parse(file_with(kind, members), "f");
  return parsed.has_value() ? "none" : parsed.error().message;
}

}  // namespace throng::content::test
