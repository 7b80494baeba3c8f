#pragma once
// What is wrong with a set of files, while it is being loaded.

#include <initializer_list>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "content/json.h"

namespace throng::content {

/// `; did you mean "slime"?`, or nothing when no candidate is near.
std::string guess_of(std::string_view word, std::span<const std::string_view> candidates);

/// Collects problems of all files. Those of one JSON file are told in the order of the file, at most kJsonProblemsMax
/// of them; files come in the order in which they were read. One thread.
class SetProblems {
 public:
  /// Parses a file and keeps it, so that its values can be reported on. Null when it is no JSON; that is noted.
  JsonDocument* read(const std::string& file, std::string_view text);
  /// A file that is missing or no JSON, and why.
  void note_unreadable(const std::string& file, std::string problem);
  /// A file whose definitions are not known, whatever else is: what refers to them cannot be judged.
  void note_unknown(const std::string& file) { unknown_.insert(file); }
  bool unknown(std::string_view file) const { return unknown_.count(std::string(file)) > 0; }

  /// At a place as Reference and others keep it, `file:line:column: $.path`.
  void at(const std::string& place, std::string_view problem);
  /// At a value of a file, or the nearest one above it that is there.
  void at(const std::string& file, std::initializer_list<JsonStep> path, std::string_view problem);
  /// A line that says by itself where it belongs, of a file that is not JSON.
  void add_line(std::string line) { lines_.push_back(std::move(line)); }

  bool any() const;
  bool any_in(const std::string& file) const;
  /// Success, or every problem, one per line.
  Result<void> verdict() const;

 private:
  std::vector<std::string> order_;  ///< of files
  std::map<std::string, JsonDocument> documents_;
  std::map<std::string, std::string> unreadable_;
  std::set<std::string> unknown_;
  std::vector<std::string> lines_;
};

}  // namespace throng::content
