#pragma once
// What a monster does with its table of threat. All pure.

#include <cstdint>

#include "base/units.h"
#include "sim/ai/threat_table.h"

namespace throng::sim {

inline constexpr std::int64_t kThreatMax = 1'000'000'000'000;
/// Another one becomes the target when it has this share of the present target's threat: near ties do not make a
/// monster run to and fro.
inline constexpr BasisPoints kThreatToSwitch{11'000};
/// Healing angers those who fight the healed by this share of the points restored.
inline constexpr BasisPoints kHealingThreat{5'000};

/// Adds to the entry of the actor, which comes into being if need be; in a full table it takes the place of the one with
/// the least threat, of equals the highest id.
/// @param threat,damage  at least 0
void add_threat(ThreatTable& table, ActorRef actor, std::int64_t threat, std::int64_t damage);
/// The actor's entry, or null.
const ThreatTable::Entry* find_threat(const ThreatTable& table, ActorRef actor);
/// Most threat; of equals the lowest id. Null when nobody has any.
const ThreatTable::Entry* most_threat(const ThreatTable& table);
/// Nobody is to be feared from this actor any more; what damage it did stays known.
void remove_threat(ThreatTable& table, ActorRef actor);
void clear_threat(ThreatTable& table);

/// Whom to fight: `current` while it has threat and nobody has kThreatToSwitch of it, else the one with the most.
/// @return nobody when nobody has threat
ActorRef choose_target(const ThreatTable& table, ActorRef current);

}  // namespace throng::sim
