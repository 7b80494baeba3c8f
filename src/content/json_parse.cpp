// The parser of json.h. Our own, because every message must name line, column and path, which neither of the
// JSON libraries at hand keeps, and because a strict grammar is two screens of code. The fuzz target compares it
// with another parser on every input.
#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/utf8.h"
#include "content/json.h"
#include "content/json_tree.h"

namespace throng::content {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

/// Recursive descent; the recursion is bounded by JsonLimits::depth_max. Every parse_ function answers false after
/// it has called `stop`, which keeps the first mistake.
class JsonParser {
 public:
  JsonParser(std::string_view text, const JsonLimits& limits, JsonTree& tree)
      : text_(text), limits_(limits), tree_(tree) {}

  bool parse() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    skip_space();
    if (!parse_value(1)) return false;
    skip_space();
    return at_ == text_.size() || stop(at_, "the end of the file");
  }

  const std::string& mistake() const { return mistake_; }

 private:
  struct Step {
    std::uint32_t key_node = 0;  ///< 0: a step into an array, since node 0 is the root
    std::size_t index = 0;
  };

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_space() {
    while (at_ < text_.size() && (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t')) ++at_;
  }

  std::string path() const {
    std::string path = "$";
    for (const Step& step : steps_) {
      path += step.key_node != 0 ? path_step(tree_.text_of(tree_.nodes[step.key_node])) : path_step(step.index);
    }
    return path;
  }

  std::string found_at(std::size_t offset) const {
    if (offset >= text_.size()) return "the end of the file";
    const auto byte = static_cast<unsigned char>(text_[offset]);
    if (byte == 0) return "a NUL byte";
    if (byte < 0x20 || byte == 0x7F) return fmt::format("control character 0x{:02x}", byte);
    const std::size_t length = code_point_length(text_.substr(offset));
    if (length == 0) return fmt::format("byte 0x{:02x}, which is not UTF-8", byte);
    return fmt::format("'{}'", text_.substr(offset, length));
  }

  bool stop(std::size_t offset, std::string_view expected) { return stop_saying(offset, found_at(offset), expected); }
  bool stop_saying(std::size_t offset, std::string_view found, std::string_view expected) {
    if (mistake_.empty()) {
      tree_.line_starts = line_starts_of(text_);
      mistake_ = fmt::format("{}:{}: {}: found {}, expected {}", tree_.file,
                             tree_.place(static_cast<std::uint32_t>(offset)), path(), found, expected);
    }
    return false;
  }

  std::uint32_t add_node(JsonKind kind) {
    JsonNode node;
    node.kind = kind;
    node.offset = static_cast<std::uint32_t>(at_);
    node.next = static_cast<std::uint32_t>(tree_.nodes.size() + 1);
    tree_.nodes.push_back(node);
    return node.next - 1;
  }
  void close_node(std::uint32_t node) { tree_.nodes[node].next = static_cast<std::uint32_t>(tree_.nodes.size()); }

  bool parse_value(int depth) {
    switch (peek()) {
      case '{': return parse_object(depth);
      case '[': return parse_array(depth);
      case '"': return parse_text();
      case 't': return parse_word("true", JsonKind::Boolean, true);
      case 'f': return parse_word("false", JsonKind::Boolean, false);
      case 'n': return parse_word("null", JsonKind::Null, false);
      default: break;
    }
    if (peek() == '-' || is_digit(peek())) return parse_number();
    return stop(at_, "a value");
  }

  bool parse_word(std::string_view word, JsonKind kind, bool truth) {
    if (text_.substr(at_, word.size()) != word) return stop(at_, "a value (true, false and null are the only words)");
    tree_.nodes[add_node(kind)].truth = truth;
    at_ += word.size();
    return true;
  }

  bool parse_object(int depth) {
    if (depth > limits_.depth_max) {
      return stop_saying(at_, "an object nested too deeply", fmt::format("at most {} levels", limits_.depth_max));
    }
    const std::uint32_t object = add_node(JsonKind::Object);
    ++at_;
    skip_space();
    if (peek() == '}') {
      ++at_;
      return true;
    }
    while (true) {
      if (!parse_member(object, depth)) return false;
      skip_space();
      if (peek() == '}') break;
      if (peek() != ',') return stop(at_, "',' or '}' after a member");
      ++at_;
      skip_space();
    }
    ++at_;
    close_node(object);
    return keys_are_unique(object);
  }

  bool parse_member(std::uint32_t object, int depth) {
    if (peek() != '"') return stop(at_, "a key in quotation marks");
    const auto key = static_cast<std::uint32_t>(tree_.nodes.size());
    if (!parse_text()) return false;
    steps_.push_back({key, 0});
    skip_space();
    if (peek() != ':') return stop(at_, "':' after a key");
    ++at_;
    skip_space();
    if (!parse_value(depth + 1)) return false;
    steps_.pop_back();
    ++tree_.nodes[object].size;
    return true;
  }

  bool keys_are_unique(std::uint32_t object) {
    std::vector<std::uint32_t> keys;
    for (std::uint32_t key = object + 1; key < tree_.nodes[object].next; key = tree_.nodes[key + 1].next) {
      keys.push_back(key);
    }
    const auto name = [&](std::uint32_t key) { return tree_.text_of(tree_.nodes[key]); };
    std::sort(keys.begin(), keys.end(),
              [&](std::uint32_t a, std::uint32_t b) { return std::pair(name(a), a) < std::pair(name(b), b); });
    const auto twice = std::adjacent_find(keys.begin(), keys.end(),
                                          [&](std::uint32_t a, std::uint32_t b) { return name(a) == name(b); });
    if (twice == keys.end()) return true;
    const JsonNode& first = tree_.nodes[*twice];
    tree_.line_starts = line_starts_of(text_);
    return stop_saying(tree_.nodes[*(twice + 1)].offset,
                       fmt::format("the key {} a second time", json_quoted(name(*twice))),
                       fmt::format("it once (first at {})", tree_.place(first.offset)));
  }

  bool parse_array(int depth) {
    if (depth > limits_.depth_max) {
      return stop_saying(at_, "an array nested too deeply", fmt::format("at most {} levels", limits_.depth_max));
    }
    const std::uint32_t array = add_node(JsonKind::Array);
    ++at_;
    skip_space();
    if (peek() == ']') {
      ++at_;
      return true;
    }
    steps_.push_back({});
    while (true) {
      if (!parse_value(depth + 1)) return false;
      ++tree_.nodes[array].size;
      ++steps_.back().index;
      skip_space();
      if (peek() == ']') break;
      if (peek() != ',') return stop(at_, "',' or ']' after an element");
      ++at_;
      skip_space();
    }
    steps_.pop_back();
    ++at_;
    close_node(array);
    return true;
  }

  bool parse_text() {
    const std::uint32_t node = add_node(JsonKind::Text);
    const std::size_t begin = tree_.texts.size();
    ++at_;
    while (peek() != '"') {
      if (peek() == '\\' ? !parse_escape() : !parse_character()) return false;
    }
    ++at_;
    tree_.nodes[node].text_at = begin;
    tree_.nodes[node].size = static_cast<std::uint32_t>(tree_.texts.size() - begin);
    return true;
  }

  bool parse_character() {
    if (at_ >= text_.size()) return stop(at_, "'\"' to end the text");
    if (static_cast<unsigned char>(text_[at_]) < 0x20) return stop(at_, "a character, '\\n' or the like as an escape");
    const std::size_t length = code_point_length(text_.substr(at_, 4));
    if (length == 0) return stop(at_, "UTF-8 (save the file as UTF-8)");
    tree_.texts.append(text_.substr(at_, length));
    at_ += length;
    return true;
  }

  bool parse_escape() {
    static constexpr std::string_view kNames = "\"\\/bfnrt";
    static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    ++at_;
    if (peek() == 'u') return parse_unicode_escape();
    const std::size_t which = at_ < text_.size() ? kNames.find(peek()) : std::string_view::npos;
    if (which == std::string_view::npos) return stop(at_, "one of \" \\ / b f n r t u after a backslash");
    tree_.texts.push_back(kMeanings[which]);
    ++at_;
    return true;
  }

  /// Four hexadecimal digits after `\u`, or nothing; at_ stands on the u.
  std::optional<std::uint32_t> parse_hex4() {
    std::uint32_t code = 0;
    const std::string_view digits = text_.substr(std::min(at_ + 1, text_.size()), 4);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (digits.size() != 4 || error != std::errc() || end != digits.data() + 4) return std::nullopt;
    at_ += 5;
    return code;
  }

  bool parse_unicode_escape() {
    const std::size_t begin = at_;
    const std::optional<std::uint32_t> first = parse_hex4();
    if (!first) return stop(begin, "four hexadecimal digits after \\u");
    if (*first == 0) return stop_saying(begin, "\\u0000", "a text without NUL characters");
    if (*first < 0xD800 || *first > 0xDFFF) {
      append_utf8(tree_.texts, *first);
      return true;
    }
    std::optional<std::uint32_t> second;
    if (*first <= 0xDBFF && text_.substr(at_, 2) == "\\u") {
      ++at_;
      second = parse_hex4();
    }
    if (!second || *second < 0xDC00 || *second > 0xDFFF)
      return stop_saying(begin, "half a surrogate pair", "both halves");
    append_utf8(tree_.texts, 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00));
    return true;
  }

  void skip_digits() {
    while (is_digit(peek())) ++at_;
  }

  /// Moves behind the number, or says what is wrong; `whole` is false when it has a fraction or an exponent.
  bool scan_number(bool& whole) {
    if (peek() == '-') ++at_;
    if (!is_digit(peek())) return stop(at_, "a digit");
    if (peek() == '0') {
      ++at_;
      if (is_digit(peek())) return stop(at_, "no leading zeros");
    }
    skip_digits();
    if (peek() == '.') {
      whole = false;
      ++at_;
      if (!is_digit(peek())) return stop(at_, "a digit after the decimal point");
      skip_digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!is_digit(peek())) return stop(at_, "a digit in the exponent");
      skip_digits();
    }
    return true;
  }

  bool parse_number() {
    const std::uint32_t node = add_node(JsonKind::Integer);
    const std::size_t begin = at_;
    bool whole = true;
    if (!scan_number(whole)) return false;
    const char* const first = text_.data() + begin;
    const char* const last = text_.data() + at_;
    if (whole && std::from_chars(first, last, tree_.nodes[node].integer).ec == std::errc()) return true;
    tree_.nodes[node].kind = JsonKind::Number;
    double number = 0;
    if (std::from_chars(first, last, number).ec != std::errc()) {
      return stop_saying(begin, "a number out of range", "a size from about 1e-308 to 1e308");
    }
    tree_.nodes[node].number = number;
    return true;
  }

  std::string_view text_;
  JsonLimits limits_;
  JsonTree& tree_;
  std::size_t at_ = 0;
  std::vector<Step> steps_;
  std::string mistake_;
};

}  // namespace

Result<JsonDocument> parse_json(std::string_view text, std::string_view file, const JsonLimits& limits) {
  if (text.size() > limits.bytes_max || text.size() >= UINT32_MAX) {
    return fail(fmt::format("{}:1:1: $: found {} bytes, expected at most {}", file, text.size(), limits.bytes_max));
  }
  auto tree = std::make_unique<JsonTree>();
  tree->file = file;
  JsonParser parser(text, limits, *tree);
  if (!parser.parse()) return fail(parser.mistake());
  tree->line_starts = line_starts_of(text);
  return JsonDocument(std::move(tree));
}

}  // namespace throng::content
