// The set that we ship, and the worked example of docs/maps.md.
#include "content/game/game_content.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "sim/skill/effects/all_effects.h"
#include "support/files.h"
#include "support/source_dir.h"

namespace throng::content {
namespace {

const std::vector<std::string> kShippedMapFiles = {"maps/meadow.tmj", "maps/caves.tmx", "maps/tiles.tsx"};

ContentTexts shipped_texts(const std::string& folder, const std::vector<std::string>& maps) {
  ContentTexts texts;
  for (const std::string& name : content_file_names()) texts[name] = shipped_file(folder + name);
  for (const std::string& name : optional_content_file_names()) {
    if (std::filesystem::exists(source_dir() + "/" + folder + name)) texts[name] = shipped_file(folder + name);
  }
  for (const std::string& name : maps) texts[name] = shipped_file(folder + name);
  return texts;
}

/// Null, and a failure, when the set is refused.
std::shared_ptr<const GameContent> load_whole(const ContentTexts& texts) {
  auto set = load_content(texts, sim::effect_formats(), nullptr);
  EXPECT_TRUE(set.has_value()) << set.error().message;
  return set ? *set : nullptr;
}

class ShippedContent : public ::testing::Test {
 protected:
  void SetUp() override {
    static const std::shared_ptr<const GameContent> shipped =
        load_whole(shipped_texts("config/content/", kShippedMapFiles));
    ASSERT_NE(shipped, nullptr);
    content_ = shipped.get();
  }

  const SkillDef& skill(const char* id) const { return content_->skill(*content_->find_skill(id)); }
  const MonsterDef& monster(const char* id) const { return content_->monster(*content_->find_monster(id)); }

  const GameContent* content_ = nullptr;
};

TEST_F(ShippedContent, TheFirstFourSkillsHaveTheirNumbers) {
  const SkillDef& fireball = skill("fireball");
  EXPECT_EQ(fireball.cooldown_ms, 3000);
  EXPECT_EQ(fireball.mana_cost, 20);
  EXPECT_EQ(fireball.range, units(200));
  EXPECT_EQ(fireball.effects[0].amount, 30);
  EXPECT_EQ(fireball.effects[0].scaling, BasisPoints{5000});
  const SkillDef& heal = skill("heal");
  EXPECT_EQ(heal.cooldown_ms, 5000);
  EXPECT_EQ(heal.mana_cost, 30);
  EXPECT_EQ(heal.effects[0].amount, 40);
  EXPECT_EQ(heal.effects[0].scaling, BasisPoints{0});
  const SkillDef& shield = skill("shield");
  EXPECT_EQ(shield.cooldown_ms, 10'000);
  EXPECT_EQ(shield.mana_cost, 25);
  EXPECT_EQ(shield.effects[0].stat, Stat::Defence);
  EXPECT_EQ(shield.effects[0].amount, 10);
  EXPECT_EQ(shield.effects[0].duration_ms, 5000);
  const SkillDef& dash = skill("dash");
  EXPECT_EQ(dash.cooldown_ms, 4000);
  EXPECT_EQ(dash.mana_cost, 15);
  EXPECT_EQ(dash.effects[0].factor, BasisPoints{20'000});
  EXPECT_EQ(dash.effects[0].duration_ms, 2000);
  for (const char* id : {"fireball", "heal", "shield", "dash"}) EXPECT_EQ(skill(id).level, 1) << id;
}

TEST_F(ShippedContent, SkillsUseEveryEffectShapeAndCondition) {
  std::set<std::uint8_t> effects;
  std::set<SkillShape> shapes;
  std::set<ConditionType> conditions;
  int for_characters = 0;
  int from_books = 0;
  for (const SkillDef& one : content_->skills) {
    for_characters += one.monsters_only ? 0 : 1;
    from_books += one.needs_book ? 1 : 0;
    shapes.insert(one.shape);
    for (const EffectDef& effect : one.effects) {
      effects.insert(effect.type);
      for (const ConditionDef& condition : effect.when) conditions.insert(condition.type);
    }
  }
  EXPECT_EQ(effects.size(), sim::effect_formats().size());
  EXPECT_EQ(shapes.size(), 5u);
  EXPECT_EQ(conditions.size(), 4u);
  EXPECT_EQ(for_characters, 12);
  EXPECT_EQ(from_books, 2);
}

TEST_F(ShippedContent, MonstersAreWhatTheirKindsPromise) {
  EXPECT_EQ(monster("slime").level, 3);
  EXPECT_EQ(monster("slime").aggression, Aggression::Passive);
  EXPECT_EQ(monster("slime").flee_below, BasisPoints{3000});
  EXPECT_EQ(monster("goblin").level, 5);
  EXPECT_EQ(monster("goblin").patrol, PatrolMode::Random);
  EXPECT_EQ(monster("goblin").flee_below, BasisPoints{2000});
  EXPECT_EQ(monster("wolf").level, 8);
  EXPECT_EQ(monster("wolf").patrol, PatrolMode::Waypoint);
  EXPECT_FALSE(monster("wolf").pack.empty());
  EXPECT_GT(monster("wolf").chase_speed, monster("goblin").chase_speed);
  EXPECT_EQ(monster("skeleton").level, 10);
  EXPECT_EQ(monster("skeleton").patrol, PatrolMode::None);
  EXPECT_EQ(monster("skeleton").flee_below, BasisPoints{0});
  for (const char* id : {"goblin", "wolf", "skeleton"}) EXPECT_EQ(monster(id).aggression, Aggression::Aggressive) << id;
  EXPECT_TRUE(monster("cave_warden").boss);
  EXPECT_EQ(monster("cave_warden").phases.size(), 3u);
}

TEST_F(ShippedContent, ABeginnerCanKillASlime) {
  const BalanceDef& balance = content_->balance;
  const MonsterDef& slime = monster("slime");
  const int blow = balance.start[Stat::Attack] * balance.defence_half / (balance.defence_half + slime.defence);
  EXPECT_LE(slime.max_hp, blow * 6) << "six blows are enough";
  EXPECT_LT(slime.flee_speed, units(160)) << "nobody has to run after it for long";
}

TEST_F(ShippedContent, NothingAttacksWherePlayersAppear) {
  const MapDef& meadow = *content_->maps.at("meadow");
  const MapArea start = meadow.player_spawns[0].area;
  for (const SpawnDef& spawn : content_->spawns) {
    const MonsterDef& lives = content_->monster(spawn.monster.ref);
    if (spawn.map != "meadow" || lives.aggression != Aggression::Aggressive) continue;
    const std::int32_t reach = lives.patrol_radius.value + lives.detection_range.value;
    std::vector<MapArea> homes = {spawn.box};
    for (const Position at : spawn.waypoints) homes.push_back({at, at});
    for (const MapArea& home : homes) {
      const std::int32_t dx = std::max({start.min.x.value - home.max.x.value, home.min.x.value - start.max.x.value, 0});
      const std::int32_t dy = std::max({start.min.y.value - home.max.y.value, home.min.y.value - start.max.y.value, 0});
      EXPECT_GT(std::max(dx, dy), reach) << spawn.id;
    }
  }
}

TEST_F(ShippedContent, TheVillageStandsInSightOfTheStart) {
  const MapArea start = content_->maps.at("meadow")->player_spawns[0].area;
  int near = 0;
  for (const NpcDef& npc : content_->npcs) {
    const bool close = npc.map == "meadow" && std::abs(npc.x.value - start.min.x.value) < units(400).value &&
                       std::abs(npc.y.value - start.min.y.value) < units(400).value;
    near += close ? 1 : 0;
  }
  EXPECT_GE(near, 4);
}

TEST_F(ShippedContent, ThereIsEnoughToDo) {
  EXPECT_GE(content_->items.size(), 25u);
  EXPECT_GE(content_->quests.size(), 6u);
  EXPECT_TRUE(
      std::any_of(content_->quests.begin(), content_->quests.end(), [](const QuestDef& q) { return q.repeatable; }));
  const auto after = [&](const QuestDef& quest) {
    return quest.after.named() ? &content_->quest(quest.after.ref) : nullptr;
  };
  EXPECT_TRUE(std::any_of(content_->quests.begin(), content_->quests.end(), [&](const QuestDef& quest) {
    return after(quest) != nullptr && after(*after(quest)) != nullptr;
  })) << "a chain of three";
  for (const char* id : {"first_blood", "ten_kills", "survivor", "tank", "damage_dealer", "level_5", "level_10",
                         "quest_master", "social_butterfly"}) {
    EXPECT_TRUE(content_->find_achievement(id).has_value()) << id;
  }
  std::set<EquipmentSlot> slots;
  for (const ItemDef& item : content_->items) {
    if (item.type == ItemType::Equipment) slots.insert(item.slot);
  }
  EXPECT_EQ(slots.size(), kEquipmentSlots);
}

TEST_F(ShippedContent, NoEventRunsUntilSomebodyStartsIt) {
  EXPECT_GE(content_->world_events.size(), 3u);
  EXPECT_EQ(content_->in_force, EventsInForce{});
}

TEST_F(ShippedContent, NoLootIsWorthless) {
  for (const ItemDef& item : content_->items) {
    EXPECT_TRUE(item.type == ItemType::Quest || item.sell_price > 0) << item.id;
  }
}

TEST(BenchContent, IsAValidSet) { EXPECT_NE(load_whole(shipped_texts("config/bench/content/", {})), nullptr); }

/// The code block ```json <file> of docs/maps.md: entries to put into that file.
std::string documented_entries(const std::string& file) {
  const std::string page = shipped_file("docs/maps.md");
  const std::string fence = "```json " + file + "\n";
  const std::size_t begin = page.find(fence);
  if (begin == std::string::npos) return {};
  return page.substr(begin + fence.size(), page.find("```", begin + fence.size()) - begin - fence.size());
}

TEST(MapsPage, TheWorkedExampleLoads) {
  ContentTexts texts = shipped_texts("config/content/", kShippedMapFiles);
  texts["maps/clearing.tmj"] = shipped_file("docs/examples/maps/clearing.tmj");
  for (const std::string kind : {"spawns", "quests"}) {
    const std::string entries = documented_entries(kind + ".json");
    ASSERT_FALSE(entries.empty()) << kind;
    const std::string opening = "\"" + kind + "\": {";
    std::string& text = texts[kind + ".json"];
    text.insert(text.find(opening) + opening.size(), entries + ",");
  }
  const auto set = load_whole(texts);
  ASSERT_NE(set, nullptr);
  const MapDef& clearing = *set->maps.at("clearing");
  EXPECT_EQ(clearing.portals.size(), 1u);
  EXPECT_EQ(clearing.areas.size(), 3u);
  EXPECT_EQ(clearing.zones.size(), 1u);
  const auto wolves = std::find_if(set->spawns.begin(), set->spawns.end(),
                                   [](const SpawnDef& spawn) { return spawn.id == "clearing_wolves"; });
  ASSERT_NE(wolves, set->spawns.end());
  EXPECT_EQ(wolves->waypoints, clearing.routes[0].points);
  const QuestDef& quest = set->quest(*set->find_quest("quiet_pond"));
  EXPECT_NE(quest.objectives[0].box, MapArea{});
}

}  // namespace
}  // namespace throng::content
