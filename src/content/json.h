#pragma once
// JSON text to checked values. Reading goes on after a mistake, so that one look at a file names all its
// mistakes; each says file, line, column, path, what was found and what was expected.
//
//   THRONG_TRY(const JsonDocument document, parse_json(text, file));
//   JsonObject root = document.root_object();
//   LootTable table{.rolls = root.integer("rolls", {.min = 1, .max = 20}), .name = root.text("name", {.bytes_max = 64})};
//   root.finish();                                   // refuses keys that nobody asked for
//   THRONG_CHECK(document.verdict());                // until here `table` must not be believed
//
// All views (JsonValue, JsonObject, JsonArray) point into the document and must not outlive it. One thread at a time.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace throng::content {

/// Every parse of foreign text stops at these.
struct JsonLimits {
  std::size_t bytes_max = 8u << 20;
  int depth_max = 64;
};

/// Problems that one document lists before it gives up listing.
inline constexpr std::size_t kJsonProblemsMax = 50;

struct IntegerRange {
  std::int64_t min = 0;
  std::int64_t max = INT32_MAX;
};

struct NumberRange {
  double min = 0;
  double max = 1e9;
};

/// What a text may be. `Name` is [A-Za-z0-9_-]{1,64}: ids, room names, message types.
enum class TextForm { Any, Name };

struct TextRange {
  std::size_t bytes_min = 0;
  std::size_t bytes_max = 256;
  TextForm form = TextForm::Any;
};

/// One step down: the key of a member or the index of an element.
using JsonStep = std::variant<std::string_view, std::size_t>;

class JsonArray;
class JsonObject;
struct JsonTree;

enum class JsonKind : std::uint8_t { Null, Boolean, Integer, Number, Text, Array, Object };

/// One value of a document. The readers answer with the value, or note a problem and answer with something
/// harmless inside the range, so that reading can go on.
class JsonValue {
 public:
  JsonKind kind() const;

  bool boolean() const;
  std::int64_t integer(const IntegerRange& range = {}) const;
  double number(const NumberRange& range = {}) const;
  /// A number with at most three decimals, times 1,000, exactly; the range is in whole units, within ±2e6.
  std::int32_t thousandths(const NumberRange& range = {.min = 0, .max = 2e6}) const;
  std::string text(const TextRange& range = {}) const;
  /// Index into `names`; the problem lists them and guesses which was meant.
  std::size_t choice(std::span<const std::string_view> names) const;
  JsonObject object() const;
  JsonArray array(std::size_t size_min = 0, std::size_t size_max = SIZE_MAX) const;

  /// The value as compact JSON text, keys in the order of the file.
  std::string compact_text() const;

  /// Where it stands, as `$.rooms.world.max_clients`.
  std::string path() const;
  /// `line:column`, both from 1; columns count bytes.
  std::string place() const;
  /// All of it: `file:line:column: $.path`.
  std::string where() const;
  /// Problems of the whole document so far.
  std::size_t problem_count() const;
  /// Notes a problem of this value: `file:line:column: $.path: problem`.
  void report(std::string_view problem) const;

 private:
  friend class JsonArray;
  friend class JsonDocument;
  friend class JsonObject;
  JsonValue(JsonTree* tree, std::uint32_t node) : tree_(tree), node_(node) {}
  void report_found(std::string_view expected) const;

  JsonTree* tree_;
  std::uint32_t node_;
};

/// The members of one object, asked for by name. Remembers what was asked, for `finish`.
class JsonObject {
 public:
  JsonObject(JsonObject&&) noexcept;
  JsonObject& operator=(JsonObject&&) noexcept;
  ~JsonObject();

  std::size_t size() const;
  bool has(std::string_view key) const;

  /// The member, or a noted problem (unless the object itself was one) and nothing.
  std::optional<JsonValue> required(std::string_view key);
  /// The member, or nothing.
  std::optional<JsonValue> optional(std::string_view key);

  // Required members: a missing one is a problem.
  bool boolean(std::string_view key);
  std::int64_t integer(std::string_view key, const IntegerRange& range = {});
  double number(std::string_view key, const NumberRange& range = {});
  std::string text(std::string_view key, const TextRange& range = {});
  JsonObject object(std::string_view key);
  JsonArray array(std::string_view key, std::size_t size_min = 0, std::size_t size_max = SIZE_MAX);

  // Optional members: a missing one is the default; a wrong one is a problem all the same.
  bool boolean_or(std::string_view key, bool otherwise);
  std::int64_t integer_or(std::string_view key, std::int64_t otherwise, const IntegerRange& range = {});
  double number_or(std::string_view key, double otherwise, const NumberRange& range = {});
  std::string text_or(std::string_view key, std::string_view otherwise, const TextRange& range = {});

  /// All members in the order of the file, for objects whose keys are data. Marks them all as asked for.
  struct Member {
    std::string key;
    JsonValue value;
  };
  std::vector<Member> members();

  /// A key that nobody asked for is a problem, with a guess at the one that was meant. Call last.
  void finish() const;

  /// The object as a value, to report on.
  const JsonValue& value() const { return value_; }

 private:
  friend class JsonValue;
  friend class JsonDocument;
  JsonObject(JsonValue value, bool valid);

  JsonValue value_;
  bool valid_;  ///< false: stands in for something that was not an object, and stays silent
  std::vector<std::string> asked_;
};

class JsonArray {
 public:
  std::size_t size() const { return nodes_.size(); }
  JsonValue operator[](std::size_t index) const;

 private:
  friend class JsonValue;
  friend class JsonObject;
  explicit JsonArray(JsonTree* tree) : tree_(tree) {}

  JsonTree* tree_;
  std::vector<std::uint32_t> nodes_;
};

/// A parsed file and the problems found in it so far. Movable; views stay valid.
class JsonDocument {
 public:
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  ~JsonDocument();

  JsonValue root() const;
  JsonObject root_object() const;

  /// The value that begins there, or nothing. Both from 1, as `place` says them.
  std::optional<JsonValue> at(std::size_t line, std::size_t column) const;
  /// The value at the end of the path, or the last one on the way that is there.
  JsonValue nearest(std::span<const JsonStep> path) const;

  bool has_problems() const;
  /// Success, or all problems, one per line, in the order of the file.
  Result<void> verdict() const;

 private:
  friend Result<JsonDocument> parse_json(std::string_view, std::string_view, const JsonLimits&);
  explicit JsonDocument(std::unique_ptr<JsonTree> tree);
  std::unique_ptr<JsonTree> tree_;
};

/// Strict RFC 8259, UTF-8 checked, duplicate keys refused, a leading byte-order mark skipped.
/// @return the document, or the first mistake as `file:line:column: …`
/// Any thread; throws nothing whatever the text holds.
Result<JsonDocument> parse_json(std::string_view text, std::string_view file, const JsonLimits& limits = {});

/// Whether the text has TextForm::Name.
bool is_json_name(std::string_view text);

/// Where the first byte stands that is not UTF-8 (RFC 3629), or nothing.
std::optional<std::size_t> first_not_utf8(std::string_view text);

/// `text` as a JSON string, quotes included.
std::string json_quoted(std::string_view text);

/// The candidate that differs from `word` by few letters, or empty. For "did you mean".
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace throng::content
