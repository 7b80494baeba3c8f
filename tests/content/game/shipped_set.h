#pragma once
// The content that ships, as it lies in config/content, with the effects of the simulation.

#include <filesystem>
#include <span>
#include <string>

#include "content/game/game_content.h"
#include "sim/skill/effects/effect_type.h"
#include "support/files.h"
#include "support/source_dir.h"

namespace throng::content::test {

inline ContentTexts shipped_set() {
  ContentTexts texts;
  for (const std::string& file : content_file_names()) texts[file] = shipped_file("config/content/" + file);
  for (const std::string& file : optional_content_file_names()) texts[file] = shipped_file("config/content/" + file);
  const std::filesystem::path maps = std::filesystem::path(source_dir()) / "config/content/maps";
  for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator(maps)) {
    const std::string name = "maps/" + entry.path().filename().string();
    const std::string ending = entry.path().extension().string();
    if (ending == ".tmj" || ending == ".tmx" || ending == ".tsx" || ending == ".tsj") {
      texts[name] = shipped_file("config/content/" + name);
    }
  }
  return texts;
}

inline std::span<const EffectFormat> shipped_formats() { return sim::effect_formats(); }

}  // namespace throng::content::test
