#pragma once
// The part of docs/monster-ai.md that follows from the table of transitions. `./dev gen` writes it, a test compares.

#include <string>
#include <string_view>

namespace throng::sim {

inline constexpr std::string_view kTransitionsPage = "docs/monster-ai.md";  ///< below the repository's root

/// A diagram and the table, as Markdown. Pure.
std::string transitions_markdown();

/// The page with the part between its two markers made anew; unchanged when it has no markers. Pure.
std::string with_transitions(std::string_view page);

}  // namespace throng::sim
