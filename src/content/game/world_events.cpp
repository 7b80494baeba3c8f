#include "content/game/world_events.h"

#include <algorithm>
#include <cstdint>

#include "base/assert.h"
#include "content/game/file_descriptions.h"

namespace throng::content {
namespace {

/// All factors first and one division last: nothing is rounded on the way. At most 1000^6 = 10^18.
int percent_together(std::span<const WorldEventDef> events, int WorldEventDef::* percent) {
  std::int64_t product = 1;
  std::int64_t whole = 1;
  for (const WorldEventDef& event : events) {
    if (!event.runs()) continue;
    product *= event.*percent;
    whole *= 100;
  }
  if (whole == 1) return 100;
  return static_cast<int>(std::min<std::int64_t>(product / (whole / 100), kEventPercentMax));
}

IntegerField event_percent(std::string_view help) { return {.min = 0, .max = kEventPercentMax, .help = help}; }

}  // namespace

const Description<WorldEventDef>& world_event_description() {
  using E = WorldEventDef;
  static const Description<E> description{
      .help = "A world event",
      .fields = {field("name", &E::name,
                       {.bytes_min = 1, .bytes_max = 64, .required = true, .help = "Shown to players"}),
                 field("description", &E::description, {.bytes_max = 400, .help = "Shown to players"}),
                 field("running", &E::running, {.help = "Whether it is on; at most six at a time"}),
                 field("experience_percent", &E::experience_percent,
                       event_percent("Experience for kills and quests; 200 is twice as much")),
                 field("drop_chance_percent", &E::drop_chance_percent,
                       event_percent("Chances of loot tables, up to certainty; what is guaranteed stays so"))},
      .check = {}};
  return description;
}

EventsInForce events_in_force(std::span<const WorldEventDef> events) {
  const auto running = std::count_if(events.begin(), events.end(), [](const WorldEventDef& one) { return one.runs(); });
  THRONG_ASSERT(running <= kEventsRunningMax, "more events run than a set may have");
  return {percent_together(events, &WorldEventDef::experience_percent),
          percent_together(events, &WorldEventDef::drop_chance_percent)};
}

Result<std::vector<WorldEventDef>> parse_world_events(std::string_view text, std::string_view file) {
  return parse_defs(text, file, world_events_file());
}

std::string json_schema_for_world_events() { return schema_of(world_events_file()); }

}  // namespace throng::content
