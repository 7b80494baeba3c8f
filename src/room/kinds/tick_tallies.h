#pragma once
// Counts what a tick was busy with, by kind.

#include <span>

#include "room/tick_profile.h"
#include "sim/event.h"
#include "sim/intent.h"

namespace throng::room {

static_assert(std::variant_size_v<sim::Intent> <= kTallyKindsMax && std::variant_size_v<sim::Event> <= kTallyKindsMax);

/// Room's thread. A nanosecond or so for each.
inline void tally(std::span<const sim::Intent> intents, std::span<const sim::Event> events, TickProfile& profile) {
  for (const sim::Intent& intent : intents) ++profile.intents_of_kind[intent.index()];
  for (const sim::Event& event : events) ++profile.events_of_kind[event.index()];
}

}  // namespace throng::room
