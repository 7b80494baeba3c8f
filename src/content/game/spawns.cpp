#include "content/game/spawns.h"

#include <tuple>

#include <fmt/format.h>

#include "content/game/file_descriptions.h"
#include "content/game/game_fields.h"

namespace throng::content {
namespace {

auto spawn_figures(const SpawnDef& spawn) {
  return std::tie(spawn.id, spawn.map, spawn.area, spawn.x, spawn.y, spawn.radius, spawn.monster, spawn.alternates,
                  spawn.count, spawn.respawn_ms, spawn.route, spawn.route_mode, spawn.route_wait_ms, spawn.retired);
}

const Description<SpawnAlternate>& alternate_description() {
  using A = SpawnAlternate;
  static const Description<A> description{
      .help = "A rare guest instead of the usual kind",
      .fields = {reference_field("monster", &A::monster, {.required = true, .help = "Id of the monster"}),
                 field("chance_bp", &A::chance, share("How likely at each appearance", 1))},
      .check = {}};
  return description;
}

void check_place(JsonObject& object, SpawnDef& spawn) {
  const bool has_point = object.has("x_units") && object.has("y_units");
  if (spawn.area.empty() && !has_point) {
    object.value().report("found neither \"area\" nor \"x_units\" and \"y_units\", expected one of both");
  }
  for (const std::string_view name : {"x_units", "y_units", "radius_units"}) {
    const std::optional<JsonValue> member = object.optional(name);
    if (member && !spawn.area.empty()) member->report("found it beside \"area\", expected one of both");
  }
  for (const std::string_view name : {"route_mode", "route_wait_ms"}) {
    const std::optional<JsonValue> member = object.optional(name);
    if (member && spawn.route.empty()) member->report("found it without a route, expected the member \"route\"");
  }
  int chances = 0;
  for (const SpawnAlternate& alternate : spawn.alternates) chances += alternate.chance.value;
  if (chances > kBasisPointsWhole) {
    object.value().report(
        fmt::format("found alternates with chances of {} in total, expected at most {}", chances, kBasisPointsWhole));
  }
}

std::vector<Field<SpawnDef>> place_fields() {
  using S = SpawnDef;
  return {
      field("map", &S::map, {.form = TextForm::Name, .required = true, .help = "Name of the map"}),
      field("area", &S::area, {.form = TextForm::Name, .help = "Name of a monster_area object of the map"}),
      field("x_units", &S::x, {.min = 0, .max = kMapUnitsPerSideMax, .help = "Without `area`: the middle"}),
      field("y_units", &S::y, {.min = 0, .max = kMapUnitsPerSideMax, .help = "Without `area`: the middle"}),
      field("radius_units", &S::radius, {.min = 0, .max = 10'000, .help = "Without `area`: how far from the middle"}),
  };
}

std::vector<Field<SpawnDef>> population_fields() {
  using S = SpawnDef;
  return {
      reference_field("monster", &S::monster, {.required = true, .help = "Id of the monster"}),
      array_field("alternates", &S::alternates, alternate_description(),
                  {.size_min = 0, .size_max = 8, .required = false, .help = "Rare guests instead of the usual kind"}),
      field("count", &S::count, {.min = 1, .max = kMonsterSpawnCountMax, .help = "Most that live at once"}),
      field("respawn_ms", &S::respawn_ms,
            {.min = -1, .max = 86'400'000, .help = "From death to the next; -1: as the monster says"}),
      field("route", &S::route, {.form = TextForm::Name, .help = "Name of a route object of the map, for patrols"}),
      choice_field("route_mode", &S::route_mode,
                   ChoiceField<RouteMode>{.names = {{"loop", RouteMode::Loop}, {"ping_pong", RouteMode::PingPong}},
                                          .required = false,
                                          .help = "At the end: on to the first point, or back"}),
      field("route_wait_ms", &S::route_wait_ms, milliseconds("Pause at each point of the route", 0, 600'000)),
  };
}

}  // namespace

const Description<SpawnDef>& spawn_description() {
  static const Description<SpawnDef> made = [] {
    Description<SpawnDef> description{
        .help = "Monsters of one place", .fields = place_fields(), .check = check_place, .place = &SpawnDef::place};
    for (Field<SpawnDef>& one : population_fields()) description.fields.push_back(std::move(one));
    return description;
  }();
  return made;
}

bool operator==(const SpawnDef& a, const SpawnDef& b) { return spawn_figures(a) == spawn_figures(b); }

Result<std::vector<SpawnDef>> parse_spawns(std::string_view text, std::string_view file) {
  return parse_defs(text, file, spawns_file());
}

std::string json_schema_for_spawns() { return schema_of(spawns_file()); }

}  // namespace throng::content
