#include "room/kinds/chat_rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"

namespace throng::room {
namespace {

char32_t in_lower_case(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 0x20;
  if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 0x20;     // Latin-1
  if (c >= 0x391 && c <= 0x3a9) return c + 0x20;                // Greek
  if (c >= 0x410 && c <= 0x42f) return c + 0x20;                // Cyrillic
  if (c >= 0x400 && c <= 0x40f) return c + 0x50;
  return c;
}

/// Letters and digits; beyond ASCII everything but the punctuation of Latin-1 and the general one.
bool belongs_to_word(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c <= 0x206f) && !(c >= 0x3000 && c <= 0x303f);
}

std::u32string folded(std::string_view text) {
  std::u32string out;
  while (const std::optional<char32_t> c = take_code_point(text)) out.push_back(in_lower_case(*c));
  return out;
}

/// Cuts the word (or the single other character) off the front of `rest`.
std::string_view take_piece(std::string_view& rest, bool& is_word) {
  const std::string_view begin = rest;
  std::optional<char32_t> c = take_code_point(rest);
  is_word = c && belongs_to_word(*c);
  while (is_word) {
    std::string_view ahead = rest;
    c = take_code_point(ahead);
    if (!c || !belongs_to_word(*c)) break;
    rest = ahead;
  }
  if (rest.size() == begin.size()) rest = {};  // not UTF-8: nothing more can be told apart
  return begin.substr(0, begin.size() - rest.size());
}

}  // namespace

std::string filter_words(std::string_view text, const content::ChatDef& chat) {
  if (chat.words.empty()) return std::string(text);
  std::string out;
  while (!text.empty()) {
    bool is_word = false;
    const std::string_view piece = take_piece(text, is_word);
    const bool listed = is_word && std::any_of(chat.words.begin(), chat.words.end(),
                                               [&](const std::string& word) { return folded(word) == folded(piece); });
    out += listed ? std::string_view("***") : piece;
  }
  return out;
}

MessageVerdict check_line(std::string_view text, const content::ChatDef& chat, LastLine& last) {
  if (count_code_points(text).value_or(0) > static_cast<std::size_t>(chat.code_points_max)) {
    return {MessageVerdict::Kind::Refused, protocol::kRefusalTextLength,
            fmt::format("A line has at most {} characters here.", chat.code_points_max)};
  }
  last.times = last.text == text ? last.times + 1 : 1;
  last.text = text;
  if (last.times > chat.repeats_max)
    return {MessageVerdict::Kind::Refused, "repeated", "You have said that often enough."};
  return {};
}

}  // namespace throng::room
