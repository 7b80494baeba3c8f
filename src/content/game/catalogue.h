#pragma once
// What a client may know of the content: names, pictures, prices, what quests ask for. Not how likely a drop is.

#include <string>

#include "content/game/game_content.h"

namespace throng::content {

/// JSON with the members `skills`, `items`, `monsters`, `npcs`, `quests` and `achievements`, each an object by id;
/// retired ones and monsters' own skills are left out. The page reads it from /catalogue.json. Pure, any thread.
std::string player_catalogue(const GameContent& content);

}  // namespace throng::content
