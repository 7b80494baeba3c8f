#pragma once
// What is different between two sets: for programs (RFC 6902) and for people.

#include <cstddef>
#include <string>
#include <vector>

#include "content/game/game_content.h"

namespace throng::services {

/// One definition, or one file without definitions of its own, that differs.
struct ContentChange {
  std::string kind;   ///< `skills`, `balance`, `maps` …: the file's name without its ending
  std::string id;     ///< of the definition, or the map's file name; empty for balance and chat
  std::string words;  ///< `skills/fireball: mana_cost 20 → 25, cooldown_ms 3000 → 2500`
};

/// Changes listed of one pair of sets; the last one then says that there are more.
inline constexpr std::size_t kContentChangesMax = 1000;
/// Bytes of one value in words; longer ones are cut.
inline constexpr std::size_t kShownValueBytesMax = 80;

/// In the order of the files, then of the definitions.
std::vector<ContentChange> content_changes(const content::ContentTexts& before, const content::ContentTexts& after);

/// A JSON object with an entry per file that differs: `{"skills.json": {"patch": [operations of RFC 6902]}}`, and for
/// maps, new files and files that are gone `{"maps/meadow.tmj": {"from": text_id, "to": text_id}}`, null for none.
std::string json_patches(const content::ContentTexts& before, const content::ContentTexts& after);

}  // namespace throng::services
