#include "sim/ai/transitions_page.h"

#include <array>
#include <iterator>

#include <fmt/format.h>

#include "sim/ai/transitions.h"

namespace throng::sim {
namespace {

constexpr std::string_view kPartBegins = "<!-- generated from src/sim/ai/transitions.cpp by ./dev gen -->\n";
constexpr std::string_view kPartEnds = "<!-- end of the generated part -->\n";

/// One arrow for all reasons that lead from one state to another.
void append_arrows(std::string& text, AiState from) {
  std::array<std::string, kAiStates> labels;
  for (const Transition& t : transitions()) {
    if (t.from != from) continue;
    std::string& label = labels[static_cast<std::size_t>(t.to)];
    if (!label.empty()) label += ", ";
    label += reason_name(t.reason);
  }
  for (std::size_t to = 0; to < kAiStates; ++to) {
    if (labels[to].empty()) continue;
    fmt::format_to(std::back_inserter(text), "  {} --> {} : {}\n", ai_state_name(from),
                   ai_state_name(static_cast<AiState>(to)), labels[to]);
  }
}

}  // namespace

std::string transitions_markdown() {
  std::string text = "```mermaid\nstateDiagram-v2\n  [*] --> Idle\n";
  for (std::size_t from = 0; from < kAiStates; ++from) append_arrows(text, static_cast<AiState>(from));
  text += "  Dead --> [*]\n```\n\n| from | reason | to | when |\n|---|---|---|---|\n";
  for (const Transition& t : transitions()) {
    fmt::format_to(std::back_inserter(text), "| {} | {} | {} | {} |\n", ai_state_name(t.from), reason_name(t.reason),
                   ai_state_name(t.to), t.when);
  }
  return text;
}

std::string with_transitions(std::string_view page) {
  const std::size_t begin = page.find(kPartBegins);
  const std::size_t end = page.find(kPartEnds);
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return std::string(page);
  const std::string_view before = page.substr(0, begin + kPartBegins.size());
  return fmt::format("{}\n{}\n{}", before, transitions_markdown(), page.substr(end));
}

}  // namespace throng::sim
