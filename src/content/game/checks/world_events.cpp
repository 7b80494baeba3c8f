#include <fmt/format.h>

#include "content/game/checks/all_checks.h"

namespace throng::content {

void check_world_events(const GameContent& content, SetProblems& problems) {
  int running = 0;
  for (const WorldEventDef& event : content.world_events) {
    if (!event.runs() || ++running <= kEventsRunningMax) continue;
    problems.at("events.json", {"events", event.id, "running"},
                fmt::format("found one more event that runs, expected at most {} at a time", kEventsRunningMax));
  }
}

}  // namespace throng::content
