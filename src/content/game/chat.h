#pragma once
// config/content/chat.json: what may be said, how often and how long.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace throng::content {

struct ChatDef {
  int code_points_max = 200;            ///< of one line, 1..200
  int repeats_max = 3;                  ///< the same line so many times in a row is the most
  Milliunits say_range = units(480);
  std::vector<std::string> words;       ///< replaced by `***`, whole words, whatever their case
  std::vector<std::string> channels{"say", "zone", "party", "whisper"};  ///< the ones that are open
  friend bool operator==(const ChatDef&, const ChatDef&) = default;
};

Result<ChatDef> parse_chat(std::string_view text, std::string_view file);
std::string json_schema_for_chat();

}  // namespace throng::content
