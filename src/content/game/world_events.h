#pragma once
// config/content/events.json: what is on in the world for a while. The content alone says which events run: to start or
// end one is to edit `running`.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "content/game/refs.h"

namespace throng::content {

struct WorldEventDef {
  std::string id;
  std::string name;
  std::string description;
  bool running = false;
  int experience_percent = 100;  ///< of kills and quests, [0, kEventPercentMax]
  int drop_chance_percent = 100;  ///< of what loot tables give by chance, [0, kEventPercentMax]
  bool retired = false;
  bool runs() const { return running && !retired; }
  friend bool operator==(const WorldEventDef&, const WorldEventDef&) = default;
};

/// Of one event, and of all that run together.
inline constexpr int kEventPercentMax = 1000;
/// Events that may run at the same time; a set with more is refused. Their percentages multiply exactly in 64 bits.
inline constexpr int kEventsRunningMax = 6;

/// What all running events do together.
struct EventsInForce {
  int experience_percent = 100;
  int drop_chance_percent = 100;
  friend bool operator==(const EventsInForce&, const EventsInForce&) = default;
};

/// The percentages of those that run, multiplied, rounded down once, at most kEventPercentMax; so two events that double
/// make four times as much, one with 0 leaves nothing, and their order does not count. At most kEventsRunningMax may
/// run, which asserts. Pure.
EventsInForce events_in_force(std::span<const WorldEventDef> events);

Result<std::vector<WorldEventDef>> parse_world_events(std::string_view text, std::string_view file);
std::string json_schema_for_world_events();

}  // namespace throng::content
