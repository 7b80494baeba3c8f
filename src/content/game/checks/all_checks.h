#pragma once
// What must hold between the definitions of a set. One file per subject; load_content runs them all.

#include "content/game/game_content.h"
#include "content/game/set_problems.h"

namespace throng::content {

// Each gets a linked set and notes what is wrong; references that name nothing are unset and have been noted. Retired
// definitions are not judged.

/// Spawns, people, visited areas and portals stand on their maps. Fills in SpawnDef::box, SpawnDef::waypoints and
/// ObjectiveDef::box.
void check_places(GameContent& content, SetProblems& problems);

/// Tables end: no loops, at most kLootDepthMax deep.
void check_loot_tables(const GameContent& content, SetProblems& problems);

/// Books and what they teach; monsters can pay for their skills.
void check_skill_use(const GameContent& content, SetProblems& problems);

/// Nothing asks for a level that the curve does not reach.
void check_levels(const GameContent& content, SetProblems& problems);

/// No chain of quests ends in itself.
void check_quest_chains(const GameContent& content, SetProblems& problems);

/// No more events run than can.
void check_world_events(const GameContent& content, SetProblems& problems);

/// Every quest and achievement can be completed by what the world offers. Only for sets that are otherwise well, since
/// one broken table may cut off many quests.
void check_dead_ends(const GameContent& content, SetProblems& problems);

}  // namespace throng::content
