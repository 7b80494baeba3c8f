#include "content/game/set_problems.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace throng::content {
namespace {

struct LineAndColumn {
  std::size_t line = 0;
  std::size_t column = 0;
};

/// What stands behind the file's name in `file:line:column: $.path`.
LineAndColumn line_and_column(std::string_view behind_file) {
  LineAndColumn at;
  const char* const end = behind_file.data() + behind_file.size();
  const auto line = std::from_chars(behind_file.data(), end, at.line);
  if (line.ptr != end) std::from_chars(line.ptr + 1, end, at.column);
  return at;
}

}  // namespace

std::string guess_of(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view nearest = nearest_word(word, candidates);
  return nearest.empty() ? std::string() : fmt::format("; did you mean {}?", json_quoted(nearest));
}

JsonDocument* SetProblems::read(const std::string& file, std::string_view text) {
  Result<JsonDocument> document = parse_json(text, file);
  if (!document) {
    note_unreadable(file, document.error().message);
    return nullptr;
  }
  order_.push_back(file);
  return &documents_.emplace(file, *std::move(document)).first->second;
}

void SetProblems::note_unreadable(const std::string& file, std::string problem) {
  order_.push_back(file);
  note_unknown(file);
  unreadable_.emplace(file, std::move(problem));
}

void SetProblems::at(const std::string& place, std::string_view problem) {
  const std::size_t colon = place.find(':');
  const auto document = documents_.find(place.substr(0, colon));
  if (document != documents_.end()) {
    const LineAndColumn at = line_and_column(std::string_view(place).substr(colon + 1));
    if (const std::optional<JsonValue> value = document->second.at(at.line, at.column)) return value->report(problem);
  }
  add_line(fmt::format("{}: {}", place, problem));
}

void SetProblems::at(const std::string& file, std::initializer_list<JsonStep> path, std::string_view problem) {
  const auto document = documents_.find(file);
  if (document == documents_.end()) return add_line(fmt::format("{}: {}", file, problem));
  document->second.nearest({path.begin(), path.size()}).report(problem);
}

bool SetProblems::any() const {
  return !unreadable_.empty() || !lines_.empty() ||
         std::any_of(documents_.begin(), documents_.end(), [](const auto& one) { return one.second.has_problems(); });
}

bool SetProblems::any_in(const std::string& file) const {
  const auto document = documents_.find(file);
  return unreadable_.count(file) > 0 || (document != documents_.end() && document->second.has_problems());
}

Result<void> SetProblems::verdict() const {
  if (!any()) return {};
  std::string all;
  const auto add = [&all](const std::string& problem) { all += (all.empty() ? "" : "\n") + problem; };
  for (const std::string& file : order_) {
    const auto unreadable = unreadable_.find(file);
    if (unreadable != unreadable_.end()) {
      add(unreadable->second);
    } else if (const Result<void> verdict = documents_.at(file).verdict(); !verdict) {
      add(verdict.error().message);
    }
  }
  for (const std::string& line : lines_) add(line);
  return fail(std::move(all));
}

}  // namespace throng::content
