#pragma once
// Files of the repository that follow from the descriptions of game content. `./dev gen` writes them, tests compare.

#include <span>
#include <string>
#include <vector>

#include "content/game/skills.h"

namespace throng::content {

struct GeneratedContent {
  std::string path;  ///< below the repository's root
  std::string text;
};

/// The JSON Schema of every kind of content file and docs/content-reference.md. Pure.
std::vector<GeneratedContent> generated_content(std::span<const EffectFormat> effects);

}  // namespace throng::content
