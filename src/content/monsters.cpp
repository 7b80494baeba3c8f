#include "content/monsters.h"

#include "base/digest.h"
#include "content/description.h"

namespace throng::content {
namespace {

void check_monster(JsonObject& object, MonsterDef& monster) {
  if (monster.idle_ms_min <= monster.idle_ms_max) return;
  object.value().report("found idle_ms_min above idle_ms_max, expected it to be at most that");
}

const Description<MonsterDef>& monster_description() {
  static const Description<MonsterDef> description{
      .help = "One kind of monster",
      .fields =
          {
              field("name", &MonsterDef::name,
                    {.bytes_min = 1, .bytes_max = 64, .required = true, .help = "Shown to players"}),
              field("level", &MonsterDef::level, {.min = 1, .max = 100, .required = true, .help = "Level"}),
              field("max_hp", &MonsterDef::max_hp,
                    {.min = 1, .max = 1'000'000, .required = true, .help = "Hit points when unhurt"}),
              field("wander_speed_units_per_s", &MonsterDef::wander_speed,
                    {.min = 0, .max = 1000, .help = "Speed of a stroll; 0 stands still"}),
              field("wander_radius_units", &MonsterDef::wander_radius,
                    {.min = 0, .max = 10'000, .help = "How far from its home it strolls"}),
              field("idle_ms_min", &MonsterDef::idle_ms_min,
                    {.min = 0, .max = 600'000, .help = "Shortest pause between two strolls"}),
              field("idle_ms_max", &MonsterDef::idle_ms_max,
                    {.min = 0, .max = 600'000, .help = "Longest pause between two strolls"}),
          },
      .check = check_monster};
  return description;
}

const Description<MonstersDef>& monsters_description() {
  static const Description<MonstersDef> description{
      .help = "Throng: kinds of monsters",
      .fields = {schema_reference_field<MonstersDef>(), version_field<MonstersDef>(),
                 entries_field("monsters", &MonstersDef::kinds, &MonsterDef::id, monster_description(),
                               {.size_min = 1,
                                .size_max = kMonsterKindsMax,
                                .required = true,
                                .help = "The kinds by their id, which maps name in monster_spawn objects"})},
      .check = {}};
  return description;
}

}  // namespace

const MonsterDef* MonstersDef::find(std::string_view id) const {
  for (const MonsterDef& kind : kinds) {
    if (kind.id == id) return &kind;
  }
  return nullptr;
}

std::uint64_t content_hash(const MonstersDef& monsters) {
  Digest digest;
  const auto add = [&](std::int32_t number) { digest.add(static_cast<std::uint64_t>(std::int64_t{number})); };
  for (const MonsterDef& kind : monsters.kinds) {
    digest.add_bytes(as_bytes(kind.id));
    digest.add_bytes(as_bytes(kind.name));
    add(kind.level);
    add(kind.max_hp);
    add(kind.wander_speed.value);
    add(kind.wander_radius.value);
    add(kind.idle_ms_min);
    add(kind.idle_ms_max);
  }
  return digest.value();
}

Result<MonstersDef> parse_monsters(std::string_view text, std::string_view file) {
  return parse_described(text, file, monsters_description());
}

std::string json_schema_for_monsters() { return schema_of(monsters_description()); }

}  // namespace throng::content
