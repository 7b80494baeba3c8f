#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "content/game/shipped_set.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

using test::set_problems;
using test::small_formats;
using test::small_set;
using test::small_set_with;
using testing::HasSubstr;

std::shared_ptr<const GameContent> loaded(const ContentTexts& texts, const GameContent* previous = nullptr) {
  Result<std::shared_ptr<const GameContent>> content = load_content(texts, small_formats(), previous);
  EXPECT_TRUE(content.has_value()) << content.error().message;
  return content ? *content : std::make_shared<const GameContent>();
}

TEST(LoadContent, TheSmallSetIsWell) { EXPECT_EQ(set_problems(small_set()), "none"); }

TEST(LoadContent, TheShippedSetIsWell) {
  const auto content = load_content(test::shipped_set(), test::shipped_formats(), nullptr);
  ASSERT_TRUE(content.has_value()) << content.error().message;
  EXPECT_NE((*content)->find_skill("fireball"), std::nullopt);
  EXPECT_GE((*content)->maps.size(), 2u);
}

/// The shipped set with the snippets of docs/configuration.md put into their files.
ContentTexts documented_set() {
  const std::string page = shipped_file("docs/configuration.md");
  ContentTexts texts = test::shipped_set();
  for (std::size_t at = 0; (at = page.find("\nIn `", at)) != std::string::npos;) {
    const std::string file = page.substr(at + 5, page.find('`', at + 5) - at - 5);
    const std::size_t begin = page.find("```json\n", at) + 8;
    at = page.find("```", begin);
    nlohmann::ordered_json whole = nlohmann::ordered_json::parse(texts.at(file));
    whole.merge_patch(nlohmann::ordered_json::parse(page.substr(begin, at - begin)));
    texts[file] = whole.dump(2);
  }
  return texts;
}

TEST(LoadContent, TheMonsterOfTheDocumentationLives) {
  ContentTexts texts = documented_set();
  const auto content = load_content(texts, test::shipped_formats(), nullptr);
  ASSERT_TRUE(content.has_value()) << content.error().message;
  const std::optional<MonsterRef> slime = (*content)->find_monster("bog_slime");
  ASSERT_NE(slime, std::nullopt);
  EXPECT_TRUE(std::any_of((*content)->spawns.begin(), (*content)->spawns.end(),
                          [&](const SpawnDef& spawn) { return spawn.monster.ref == *slime; }));

  std::string& monsters = texts["monsters.json"];
  monsters.replace(monsters.rfind("\"aggression\""), 12, "\"agression\"");
  const auto broken = load_content(texts, test::shipped_formats(), nullptr);
  ASSERT_FALSE(broken.has_value());
  EXPECT_THAT(broken.error().message,
              HasSubstr("$.monsters.bog_slime.agression: found an unknown key, expected one of"));
  EXPECT_THAT(broken.error().message, testing::EndsWith("; did you mean \"aggression\"?"));
}

TEST(LoadContent, ReferencesLeadToTheirDefinitions) {
  const auto content = loaded(small_set());
  const MonsterDef& king = content->monster(*content->find_monster("king"));
  EXPECT_EQ(content->skill(king.skills[0].skill.ref).id, "call_slimes");
  EXPECT_EQ(content->skill(king.phases[0].on_enter.ref).id, "call_slimes");
  EXPECT_FALSE(is_set(king.phases[1].on_enter.ref));
  EXPECT_EQ(content->monster(content->skill(*content->find_skill("call_slimes")).effects[0].monster.ref).id,
            "slimelet");
  const LootTableDef& loot = content->loot_table(*content->find_loot_table("wolf_loot"));
  EXPECT_EQ(content->item(loot.groups[0].one_of[1].item.ref).id, "potion");
  EXPECT_EQ(content->loot_table(loot.entries[1].table.ref).id, "slime_loot");
  const QuestDef& jelly = content->quest(*content->find_quest("jelly"));
  EXPECT_EQ(content->quest(jelly.after.ref).id, "first_steps");
  EXPECT_EQ(content->npc(jelly.giver.ref).id, "elder");
}

TEST(LoadContent, PlacesComeFromTheMaps) {
  const auto content = loaded(small_set());
  const auto spawn = [&](std::string_view id) {
    for (const SpawnDef& one : content->spawns) {
      if (one.id == id) return one;
    }
    return SpawnDef{};
  };
  EXPECT_EQ(spawn("pond_slimes").box, (MapArea{{units(16), units(160)}, {units(80), units(224)}}));
  EXPECT_EQ(spawn("wolves").box, (MapArea{{units(208), units(88)}, {units(272), units(152)}}));
  ASSERT_EQ(spawn("wolves").waypoints.size(), 3u);
  EXPECT_EQ(spawn("wolves").waypoints[2], (Position{units(280), units(200)}));
  EXPECT_EQ(content->quest(*content->find_quest("first_steps")).objectives[0].box,
            (MapArea{{units(256), units(16)}, {units(288), units(48)}}));
}

TEST(LoadContent, StatusesAreNamedAfterSkillAndEffect) {
  const auto content = loaded(small_set());
  const SkillDef& fireball = content->skill(*content->find_skill("fireball"));
  EXPECT_EQ(content->statuses, (std::vector<std::string>{"fireball_burn", "rage_buff"}));
  EXPECT_FALSE(is_set(fireball.effects[0].status_ref));
  EXPECT_EQ(fireball.effects[1].status_ref, content->find_status("fireball_burn"));
  const SkillDef& rage = content->skill(*content->find_skill("rage"));
  EXPECT_EQ(rage.effects[1].when[0].status_ref, content->find_status("fireball_burn"));
}

TEST(LoadContent, NumbersOfAFirstSetFollowTheIdsAndNotTheFile) {
  const auto content = loaded(small_set());
  EXPECT_EQ(content->monsters[0].id, "king");
  EXPECT_EQ(content->monsters[3].id, "wolf");
}

TEST(LoadContent, AReloadKeepsNumbersAndAppendsNewOnes) {
  const auto first = loaded(small_set());
  const auto second = loaded(small_set_with("items.json", "\"jelly\": {",
                                            "\"apple\": {\"name\": \"Apple\", \"type\": \"material\"}, \"jelly\": {"),
                             first.get());
  ASSERT_EQ(second->items.size(), first->items.size() + 1);
  for (std::size_t i = 0; i < first->items.size(); ++i) EXPECT_EQ(second->items[i].id, first->items[i].id);
  EXPECT_EQ(second->items.back().id, "apple");
  EXPECT_EQ(second->statuses, first->statuses);
}

TEST(LoadContent, WhatIsGoneIsKeptAsRetiredWithItsFigures) {
  const auto first = loaded(small_set());
  ContentTexts without_kill = small_set_with(
      "achievements.json",
      ",\n    \"kingslayer\": {\"name\": \"Kingslayer\", \"deed\": \"kills\", \"monster\": \"king\"}", "");
  const auto second = loaded(without_kill, first.get());
  const AchievementDef& gone = second->achievement(*second->find_achievement("kingslayer"));
  EXPECT_TRUE(gone.retired);
  EXPECT_EQ(gone.name, "Kingslayer");
  EXPECT_EQ(second->achievements.size(), first->achievements.size());
  EXPECT_EQ(second->hash, loaded(without_kill)->hash) << "the hash knows no past";

  const auto third = loaded(small_set(), second.get());
  EXPECT_FALSE(third->achievement(*third->find_achievement("kingslayer")).retired) << "back again";
  EXPECT_EQ(third->hash, first->hash);
}

TEST(LoadContent, NothingMayReferToWhatIsRetired) {
  const auto first = loaded(small_set());
  const ContentTexts texts = small_set_with("items.json", "\"pelt\": {\"name\"", "\"pelts\": {\"name\"");
  const auto second = load_content(texts, small_formats(), first.get());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().message,
            "loot_tables.json:9:28: $.loot_tables.wolf_loot.entries[0].item: found \"pelt\", expected the id of an "
            "item; did you mean \"pelts\"?");
}

TEST(LoadContent, MapsThatSayTheSameAreShared) {
  const auto first = loaded(small_set());
  const auto second = loaded(small_set_with("maps/field.tmj", "\"x\": 296", "\"x\": 280"), first.get());
  EXPECT_EQ(second->maps.at("cave"), first->maps.at("cave"));
  EXPECT_NE(second->maps.at("field"), first->maps.at("field"));
  EXPECT_NE(second->hash, first->hash);
}

TEST(LoadContent, MapsWhoseFilesAreAsBeforeAreNotReadAgain) {
  const auto first = loaded(small_set());
  const auto second = loaded(small_set_with("monsters.json", "\"max_hp\": 30", "\"max_hp\": 31"), first.get());
  EXPECT_EQ(second->maps, first->maps);
  EXPECT_EQ(second->map_texts, first->map_texts);
  ContentTexts texts = small_set();
  texts["maps/cave.tmj"] = "{}";
  EXPECT_FALSE(load_content(texts, small_formats(), second.get()).has_value());
}

TEST(LoadContent, LayoutAndOrderDoNotCountForTheHash) {
  const auto content = loaded(small_set());
  ContentTexts texts = small_set_with("chat.json", "\"version\": 1,", "\"version\":\t\t1 ,\n\n");
  EXPECT_EQ(loaded(texts)->hash, content->hash);
  texts = small_set_with("npcs.json", "\"name\": \"Elder\", \"map\": \"field\",",
                         "\"map\": \"field\", \"name\": \"Elder\",");
  EXPECT_EQ(loaded(texts)->hash, content->hash);
  texts = small_set_with("npcs.json", "\"y_units\": 40, \"lines\"", "\"y_units\": 40.001, \"lines\"");
  EXPECT_NE(loaded(texts)->hash, content->hash);
}

TEST(LoadContent, TellsAllProblemsOfAllFiles) {
  ContentTexts texts = small_set_with("monsters.json", "\"max_hp\": 30", "\"max_hp\": 0");
  texts["items.json"].replace(texts["items.json"].find("\"heal_hp\""), 9, "\"heal_hpp\"");
  texts["chat.json"] = "{";
  texts.erase("balance.json");
  EXPECT_EQ(set_problems(texts),
            "monsters.json:4:54: $.monsters.slime.max_hp: found 0, expected an integer from 1 to 10000000\n"
            "items.json:6:115: $.items.potion.heal_hpp: found an unknown key, expected one of \"name\", "
            "\"description\", \"icon\", \"type\", \"rarity\", \"level\", \"stack_max\", \"binding\", \"price\", "
            "\"sell_price\", \"slot\", \"bonus\", \"durability_max\", \"heal_hp\", \"heal_mana\", \"use_cooldown_ms\", "
            "\"teaches\"; did you mean \"heal_hp\"?\n"
            "balance.json: found no such file, expected one\n"
            "chat.json:1:2: $: found the end of the file, expected a key in quotation marks");
}

TEST(LoadContent, AnUnreadableFileDoesNotMakeEveryReferenceToItAProblem) {
  ContentTexts texts = small_set();
  texts["items.json"] = "[]";
  EXPECT_EQ(set_problems(texts), "items.json:1:1: $: found an array of 0, expected an object");
  texts["items.json"] = "{\"item\": {}}";
  EXPECT_EQ(
      set_problems(texts),
      "items.json:1:1: $: found no member \"items\", expected one\n"
      "items.json:1:10: $.item: found an unknown key, expected one of \"$schema\", \"version\", \"items\"; did you "
      "mean \"items\"?");
  texts["items.json"] = "{";
  EXPECT_EQ(set_problems(texts), "items.json:1:2: $: found the end of the file, expected a key in quotation marks");
}

TEST(LoadContent, FilesThatNobodyReadsAreRefused) {
  ContentTexts texts = small_set();
  texts["quest.json"] = "{}";
  EXPECT_EQ(set_problems(texts),
            "quest.json: found a file of no known kind, expected skills.json and the like; did you mean "
            "\"quests.json\"?");
}

TEST(LoadContent, MapsAreRead) {
  ContentTexts texts = small_set();
  texts["maps/cave.tmj"] = "{}";
  EXPECT_THAT(set_problems(texts), testing::StartsWith("maps/cave.tmj"));
  EXPECT_THAT(set_problems(texts), testing::Not(HasSubstr("spawns.json"))) << "what it holds is not known";
  texts = small_set();
  texts["maps/field.tmx"] = "<map/>";
  EXPECT_THAT(set_problems(texts), HasSubstr("maps/field.tmx"));
}

TEST(LoadContent, UnknownIdsAreToldWithAGuess) {
  EXPECT_EQ(
      set_problems(small_set_with("spawns.json", "\"monster\": \"slime\"", "\"monster\": \"slme\"")),
      "spawns.json:4:64: $.spawns.pond_slimes.monster: found \"slme\", expected the id of a monster; did you mean "
      "\"slime\"?");
  EXPECT_EQ(
      set_problems(small_set_with("skills.json", "\"status\": \"fireball_burn\"", "\"status\": \"fireball_brun\"")),
      "skills.json:17:81: $.skills.rage.effects[1].when[0].status: found \"fireball_brun\", expected the name of a "
      "status that some effect leaves; did you mean \"fireball_burn\"?");
}

}  // namespace
}  // namespace throng::content
