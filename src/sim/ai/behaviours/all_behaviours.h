#pragma once
// What a monster does in each of its states; one file each.

#include "sim/ai/mind.h"

namespace throng::sim {

void think_idle(const Mind& mind);
void think_patrol(const Mind& mind);
void think_chase(const Mind& mind);
void think_attack(const Mind& mind);
void think_flee(const Mind& mind);
void think_return(const Mind& mind);
void think_dead(const Mind& mind);

}  // namespace throng::sim
