#include "content/monsters.h"

#include <gtest/gtest.h>

#include "support/files.h"
#include "support/schema_files.h"

namespace throng::content {
namespace {

constexpr std::string_view kSlime = R"({"monsters": {"slime": {"name": "Slime", "level": 1, "max_hp": 20}}})";

std::string monster_problems(std::string_view text) {
  const Result<MonstersDef> monsters = parse_monsters(text, "monsters.json");
  return monsters ? "none" : monsters.error().message;
}

TEST(Monsters, TakesDefaultsForWhatIsLeftOut) {
  const Result<MonstersDef> monsters = parse_monsters(kSlime, "monsters.json");
  ASSERT_TRUE(monsters.has_value()) << monsters.error().message;
  const MonsterDef* const slime = monsters->find("slime");
  ASSERT_NE(slime, nullptr);
  EXPECT_EQ(slime->name, "Slime");
  EXPECT_EQ(slime->wander_speed, units(40));
  EXPECT_EQ(slime->idle_ms_max, 4000);
  EXPECT_EQ(monsters->find("dragon"), nullptr);
}

TEST(Monsters, NamesEveryMistakeOfAFile) {
  EXPECT_EQ(
      monster_problems("{\"monsters\": {\"a b\": {\"name\": \"\", \"level\": 0, \"max_hp\": 1, \"wander_speed\": 3}}}"),
      "monsters.json:1:22: $.monsters[\"a b\"]: found the key \"a b\", expected 1 to 64 letters, digits, '_' or '-'\n"
      "monsters.json:1:31: $.monsters[\"a b\"].name: found \"\", expected a text of 1 to 64 bytes\n"
      "monsters.json:1:44: $.monsters[\"a b\"].level: found 0, expected an integer from 1 to 100\n"
      "monsters.json:1:76: $.monsters[\"a b\"].wander_speed: found an unknown key, expected one of \"name\", "
      "\"level\", "
      "\"max_hp\", \"wander_speed_units_per_s\", \"wander_radius_units\", \"idle_ms_min\", \"idle_ms_max\"; did you "
      "mean \"wander_speed_units_per_s\"?");
  EXPECT_THAT(monster_problems(R"({"monsters": {}})"), testing::HasSubstr("found no entry, expected at least 1"));
  EXPECT_THAT(monster_problems(R"({})"), testing::HasSubstr("found no member \"monsters\""));
  EXPECT_THAT(monster_problems(
                  R"({"monsters": {"a": {"name": "A", "level": 1, "max_hp": 1, "idle_ms_min": 9, "idle_ms_max": 8}}})"),
              testing::HasSubstr("found idle_ms_min above idle_ms_max"));
}

TEST(Monsters, HashChangesWithWhatMattersOnly) {
  const MonstersDef one = *parse_monsters(kSlime, "a.json");
  MonstersDef other = *parse_monsters(std::string("\n") + std::string(kSlime), "b.json");
  EXPECT_EQ(content_hash(one), content_hash(other));
  other.kinds[0].max_hp = 21;
  EXPECT_NE(content_hash(one), content_hash(other));
}

TEST(Monsters, ShippedFilesAreValid) {
  for (const char* path : {"config/content/monsters.json", "config/bench/content/monsters.json"}) {
    const Result<MonstersDef> monsters = parse_monsters(shipped_file(path), path);
    ASSERT_TRUE(monsters.has_value()) << monsters.error().message;
    for (const char* kind : {"slime", "wolf", "goblin", "skeleton"}) EXPECT_NE(monsters->find(kind), nullptr) << kind;
  }
}

TEST(Monsters, CommittedSchemaIsTheGeneratedOne) { expect_schema_is_committed("monsters", json_schema_for_monsters()); }

}  // namespace
}  // namespace throng::content
