#pragma once

#include "content/game/refs.h"

namespace throng::sim {

struct NpcState {
  content::NpcRef npc{content::kNoNumber};
};

}  // namespace throng::sim
