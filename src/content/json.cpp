#include "content/json.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/assert.h"
#include "content/json_tree.h"

namespace throng::content {
namespace {

constexpr std::size_t kShownKeysMax = 40;

/// What a person would call the value, short.
std::string described(const JsonTree& tree, const JsonNode& node) {
  switch (node.kind) {
    case JsonKind::Null: return "null";
    case JsonKind::Boolean: return node.truth ? "true" : "false";
    case JsonKind::Integer: return fmt::format("{}", node.integer);
    case JsonKind::Number: return fmt::format("{}", node.number);
    case JsonKind::Text: return shown_text(tree.text_of(node));
    case JsonKind::Array: return fmt::format("an array of {}", node.size);
    case JsonKind::Object: return "an object";
  }
  return "nothing";
}

void append_compact(const JsonTree& tree, std::uint32_t index, std::string& out) {
  const JsonNode& node = tree.nodes[index];
  if (node.kind == JsonKind::Text) {
    out += json_quoted(tree.text_of(node));
  } else if (node.kind == JsonKind::Array || node.kind == JsonKind::Object) {
    const bool object = node.kind == JsonKind::Object;
    out += object ? '{' : '[';
    for (std::uint32_t child = index + 1; child < node.next;) {
      if (child != index + 1) out += ',';
      if (object) {
        append_compact(tree, child++, out);
        out += ':';
      }
      append_compact(tree, child, out);
      child = tree.nodes[child].next;
    }
    out += object ? '}' : ']';
  } else {
    out += described(tree, node);
  }
}

std::string guess(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view nearest = nearest_word(word, candidates);
  return nearest.empty() ? std::string() : fmt::format("; did you mean {}?", json_quoted(nearest));
}

std::string listed(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + json_quoted(name);
  return list;
}

std::string expected_text(const TextRange& range) {
  if (range.form == TextForm::Name) return "a name of 1 to 64 letters, digits, '_' or '-'";
  if (range.bytes_min == 0) return fmt::format("a text of at most {} bytes", range.bytes_max);
  return fmt::format("a text of {} to {} bytes", range.bytes_min, range.bytes_max);
}

}  // namespace

std::string JsonTree::place(std::uint32_t offset) const {
  const auto after = std::upper_bound(line_starts.begin(), line_starts.end(), offset);
  const auto line = static_cast<std::size_t>(after - line_starts.begin());
  return fmt::format("{}:{}", line, offset - line_starts[line - 1] + 1);
}

void JsonTree::add_problem(std::uint32_t offset, std::string line) {
  if (problems.size() >= kJsonProblemsMax) {
    ++problems_left_out;
    return;
  }
  problems.push_back({offset, std::move(line)});
}

// ---- JsonValue ----------------------------------------------------------------------------------------------

JsonKind JsonValue::kind() const { return tree_->nodes[node_].kind; }

std::string JsonValue::path() const {
  std::string path = "$";
  for (std::uint32_t at = 0; at != node_;) {
    const bool object = tree_->nodes[at].kind == JsonKind::Object;
    std::size_t index = 0;
    std::uint32_t child = at + 1;
    while (true) {
      const std::uint32_t value = object ? child + 1 : child;
      if (node_ < tree_->nodes[value].next) {
        path += object ? path_step(tree_->text_of(tree_->nodes[child])) : path_step(index);
        at = value;
        break;
      }
      child = tree_->nodes[value].next;
      ++index;
    }
  }
  return path;
}

std::string JsonValue::place() const { return tree_->place(tree_->nodes[node_].offset); }

std::size_t JsonValue::problem_count() const { return tree_->problems.size() + tree_->problems_left_out; }

std::string JsonValue::where() const { return fmt::format("{}:{}: {}", tree_->file, place(), path()); }

void JsonValue::report(std::string_view problem) const {
  tree_->add_problem(tree_->nodes[node_].offset, fmt::format("{}: {}", where(), problem));
}

void JsonValue::report_found(std::string_view expected) const {
  report(fmt::format("found {}, expected {}", described(*tree_, tree_->nodes[node_]), expected));
}

bool JsonValue::boolean() const {
  if (kind() != JsonKind::Boolean) report_found("true or false");
  return tree_->nodes[node_].truth;
}

std::int64_t JsonValue::integer(const IntegerRange& range) const {
  const JsonNode& node = tree_->nodes[node_];
  std::optional<std::int64_t> value;
  if (node.kind == JsonKind::Integer) value = node.integer;
  if (node.kind == JsonKind::Number && std::abs(node.number) < 9e15 && node.number == std::floor(node.number)) {
    value = static_cast<std::int64_t>(node.number);
  }
  if (value && *value >= range.min && *value <= range.max) return *value;
  report_found(fmt::format("an integer from {} to {}", range.min, range.max));
  return range.min;
}

double JsonValue::number(const NumberRange& range) const {
  const JsonNode& node = tree_->nodes[node_];
  const bool integer = node.kind == JsonKind::Integer;
  const double value = integer ? static_cast<double>(node.integer) : node.number;
  if ((integer || node.kind == JsonKind::Number) && value >= range.min && value <= range.max) return value;
  report_found(fmt::format("a number from {} to {}", range.min, range.max));
  return range.min;
}

std::int32_t JsonValue::thousandths(const NumberRange& range) const {
  THRONG_ASSERT(range.min >= -2e6 && range.max <= 2e6, "thousandths of this range do not fit 32 bits");
  const double scaled = number(range) * 1000;
  const double whole = std::round(scaled);
  if (std::abs(scaled - whole) > 1e-5) report_found("a number with at most three decimals");
  return static_cast<std::int32_t>(whole);
}

std::string JsonValue::text(const TextRange& range) const {
  const JsonNode& node = tree_->nodes[node_];
  if (node.kind == JsonKind::Text) {
    const std::string_view text = tree_->text_of(node);
    const bool fits = text.size() >= range.bytes_min && text.size() <= range.bytes_max;
    if (fits && (range.form == TextForm::Any || is_json_name(text))) return std::string(text);
  }
  report_found(expected_text(range));
  return {};
}

std::size_t JsonValue::choice(std::span<const std::string_view> names) const {
  const JsonNode& node = tree_->nodes[node_];
  if (node.kind == JsonKind::Text) {
    const auto found = std::find(names.begin(), names.end(), tree_->text_of(node));
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  const std::string hint = node.kind == JsonKind::Text ? guess(tree_->text_of(node), names) : std::string();
  report_found(fmt::format("one of {}{}", listed(names), hint));
  return 0;
}

JsonObject JsonValue::object() const {
  const bool valid = kind() == JsonKind::Object;
  if (!valid) report_found("an object");
  return JsonObject(*this, valid);
}

JsonArray JsonValue::array(std::size_t size_min, std::size_t size_max) const {
  JsonArray array(tree_);
  const JsonNode& node = tree_->nodes[node_];
  if (node.kind != JsonKind::Array) {
    report_found("an array");
    return array;
  }
  if (node.size < size_min || node.size > size_max) {
    report_found(size_max == SIZE_MAX ? fmt::format("at least {} elements", size_min)
                                      : fmt::format("{} to {} elements", size_min, size_max));
    return array;
  }
  array.nodes_.reserve(node.size);
  for (std::uint32_t child = node_ + 1; child < node.next; child = tree_->nodes[child].next) {
    array.nodes_.push_back(child);
  }
  return array;
}

std::string JsonValue::compact_text() const {
  std::string out;
  append_compact(*tree_, node_, out);
  return out;
}

JsonValue JsonArray::operator[](std::size_t index) const {
  THRONG_ASSERT(index < nodes_.size(), "index past the end of a JSON array");
  return {tree_, nodes_[index]};
}

// ---- JsonObject ---------------------------------------------------------------------------------------------

JsonObject::JsonObject(JsonValue value, bool valid) : value_(value), valid_(valid) {}
JsonObject::JsonObject(JsonObject&&) noexcept = default;
JsonObject& JsonObject::operator=(JsonObject&&) noexcept = default;
JsonObject::~JsonObject() = default;

std::size_t JsonObject::size() const { return valid_ ? value_.tree_->nodes[value_.node_].size : 0; }

std::vector<JsonObject::Member> JsonObject::members() {
  std::vector<Member> all;
  if (!valid_) return all;
  const JsonTree& tree = *value_.tree_;
  for (std::uint32_t key = value_.node_ + 1; key < tree.nodes[value_.node_].next; key = tree.nodes[key + 1].next) {
    all.push_back({std::string(tree.text_of(tree.nodes[key])), JsonValue(value_.tree_, key + 1)});
    asked_.push_back(all.back().key);
  }
  return all;
}

bool JsonObject::has(std::string_view key) const {
  if (!valid_) return false;
  const JsonTree& tree = *value_.tree_;
  for (std::uint32_t at = value_.node_ + 1; at < tree.nodes[value_.node_].next; at = tree.nodes[at + 1].next) {
    if (tree.text_of(tree.nodes[at]) == key) return true;
  }
  return false;
}

std::optional<JsonValue> JsonObject::optional(std::string_view key) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
  if (!valid_) return std::nullopt;
  const JsonTree& tree = *value_.tree_;
  for (std::uint32_t at = value_.node_ + 1; at < tree.nodes[value_.node_].next; at = tree.nodes[at + 1].next) {
    if (tree.text_of(tree.nodes[at]) == key) return JsonValue(value_.tree_, at + 1);
  }
  return std::nullopt;
}

std::optional<JsonValue> JsonObject::required(std::string_view key) {
  std::optional<JsonValue> member = optional(key);
  if (!member && valid_) value_.report(fmt::format("found no member {}, expected one", json_quoted(key)));
  return member;
}

bool JsonObject::boolean(std::string_view key) {
  const std::optional<JsonValue> member = required(key);
  return member && member->boolean();
}

std::int64_t JsonObject::integer(std::string_view key, const IntegerRange& range) {
  const std::optional<JsonValue> member = required(key);
  return member ? member->integer(range) : range.min;
}

double JsonObject::number(std::string_view key, const NumberRange& range) {
  const std::optional<JsonValue> member = required(key);
  return member ? member->number(range) : range.min;
}

std::string JsonObject::text(std::string_view key, const TextRange& range) {
  const std::optional<JsonValue> member = required(key);
  return member ? member->text(range) : std::string();
}

JsonObject JsonObject::object(std::string_view key) {
  const std::optional<JsonValue> member = required(key);
  return member ? member->object() : JsonObject(value_, false);
}

JsonArray JsonObject::array(std::string_view key, std::size_t size_min, std::size_t size_max) {
  const std::optional<JsonValue> member = required(key);
  return member ? member->array(size_min, size_max) : JsonArray(value_.tree_);
}

bool JsonObject::boolean_or(std::string_view key, bool otherwise) {
  const std::optional<JsonValue> member = optional(key);
  return member ? member->boolean() : otherwise;
}

std::int64_t JsonObject::integer_or(std::string_view key, std::int64_t otherwise, const IntegerRange& range) {
  const std::optional<JsonValue> member = optional(key);
  return member ? member->integer(range) : otherwise;
}

double JsonObject::number_or(std::string_view key, double otherwise, const NumberRange& range) {
  const std::optional<JsonValue> member = optional(key);
  return member ? member->number(range) : otherwise;
}

std::string JsonObject::text_or(std::string_view key, std::string_view otherwise, const TextRange& range) {
  const std::optional<JsonValue> member = optional(key);
  return member ? member->text(range) : std::string(otherwise);
}

void JsonObject::finish() const {
  if (!valid_) return;
  const std::vector<std::string_view> known(asked_.begin(), asked_.end());
  const JsonTree& tree = *value_.tree_;
  for (std::uint32_t key = value_.node_ + 1; key < tree.nodes[value_.node_].next; key = tree.nodes[key + 1].next) {
    const std::string_view name = tree.text_of(tree.nodes[key]);
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string list = known.size() <= kShownKeysMax ? listed(known) : "the documented keys";
    JsonValue(value_.tree_, key + 1)
        .report(fmt::format("found an unknown key, expected one of {}{}", list, guess(name, known)));
  }
}

// ---- JsonDocument -------------------------------------------------------------------------------------------

JsonDocument::JsonDocument(std::unique_ptr<JsonTree> tree) : tree_(std::move(tree)) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonValue JsonDocument::root() const { return {tree_.get(), 0}; }
JsonObject JsonDocument::root_object() const { return root().object(); }
std::optional<JsonValue> JsonDocument::at(std::size_t line, std::size_t column) const {
  if (line == 0 || line > tree_->line_starts.size()) return std::nullopt;
  const std::size_t offset = tree_->line_starts[line - 1] + column - 1;
  // Nodes stand in the order of the text.
  const auto found = std::lower_bound(tree_->nodes.begin(), tree_->nodes.end(), offset,
                                      [](const JsonNode& node, std::size_t at) { return node.offset < at; });
  if (found == tree_->nodes.end() || found->offset != offset) return std::nullopt;
  return JsonValue(tree_.get(), static_cast<std::uint32_t>(found - tree_->nodes.begin()));
}

JsonValue JsonDocument::nearest(std::span<const JsonStep> path) const {
  JsonValue value = root();
  for (const JsonStep& step : path) {
    const std::string_view* const key = std::get_if<std::string_view>(&step);
    if (value.kind() != (key != nullptr ? JsonKind::Object : JsonKind::Array)) return value;
    if (key != nullptr) {
      const std::optional<JsonValue> member = value.object().optional(*key);
      if (!member) return value;
      value = *member;
    } else {
      const JsonArray array = value.array();
      if (std::get<std::size_t>(step) >= array.size()) return value;
      value = array[std::get<std::size_t>(step)];
    }
  }
  return value;
}

bool JsonDocument::has_problems() const { return !tree_->problems.empty(); }

Result<void> JsonDocument::verdict() const {
  if (tree_->problems.empty()) return {};
  std::vector<JsonProblem> problems = tree_->problems;
  std::sort(problems.begin(), problems.end(), [](const JsonProblem& a, const JsonProblem& b) {
    return std::pair(a.offset, std::string_view(a.line)) < std::pair(b.offset, std::string_view(b.line));
  });
  std::string all;
  for (const JsonProblem& problem : problems) all += (all.empty() ? "" : "\n") + problem.line;
  if (tree_->problems_left_out > 0) all += fmt::format("\n{}: and {} more", tree_->file, tree_->problems_left_out);
  return fail(std::move(all));
}

}  // namespace throng::content
