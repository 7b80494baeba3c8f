#pragma once
// The document behind the views of json.h: one flat array of nodes in the order of the text. For the readers of this layer only.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "content/json.h"

namespace throng::content {

/// One value or key, 24 bytes. The children of an array follow it; those of an object do so too, each key (a Text)
/// right before its value. `next` is the node after the whole subtree, which makes it the next sibling.
struct JsonNode {
  JsonKind kind = JsonKind::Null;
  bool truth = false;
  std::uint32_t offset = 0;  ///< of the first byte in the text
  std::uint32_t next = 0;
  std::uint32_t size = 0;  ///< elements, members, or bytes of a text
  union {
    std::int64_t integer = 0;
    double number;
    std::uint64_t text_at;  ///< into JsonTree::texts
  };
};

struct JsonProblem {
  std::uint32_t offset;
  std::string line;
};

struct JsonTree {
  std::string file;
  std::vector<JsonNode> nodes;
  std::string texts;  ///< all decoded texts, one after the other
  std::vector<std::uint32_t> line_starts;  ///< offsets
  std::vector<JsonProblem> problems;  ///< at most kJsonProblemsMax
  std::size_t problems_left_out = 0;

  std::string_view text_of(const JsonNode& node) const {
    return std::string_view(texts).substr(static_cast<std::size_t>(node.text_at), node.size);
  }
  /// `line:column`, from 1.
  std::string place(std::uint32_t offset) const;
  void add_problem(std::uint32_t offset, std::string line);
};

/// The text in quotation marks, cut where it is too long for a message.
std::string shown_text(std::string_view text);

/// One step of a path: `.key`, `["odd key"]` or `[3]`.
std::string path_step(std::string_view key);
std::string path_step(std::size_t index);

/// Offsets at which lines begin.
std::vector<std::uint32_t> line_starts_of(std::string_view text);

}  // namespace throng::content
