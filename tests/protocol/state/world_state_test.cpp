#include "protocol/state/world_state.h"

#include <set>

#include <gtest/gtest.h>

#include "protocol/state_stream.h"
#include "protocol/sync/private_state.h"

namespace throng::protocol {
namespace {

using nlohmann::json;
using testing::StateStream;

std::vector<std::string> field_names(const TypeInfo& type) {
  std::vector<std::string> names;
  for (const FieldInfo& field : type.fields) names.emplace_back(field.name);
  return names;
}

json to_expected(const PlayerRow& row) {
  return {{"name", row.name.view()},
          {"x", row.x},
          {"y", row.y},
          {"hp", row.hp},
          {"maxHp", row.max_hp},
          {"level", row.level},
          {"state", row.state},
          {"id", row.id},
          {"target", row.target},
          {"cast", row.cast.view()}};
}

json to_expected(const MonsterRow& row) {
  return {{"kind", row.kind.view()}, {"x", row.x},         {"y", row.y},         {"hp", row.hp},
          {"maxHp", row.max_hp},     {"level", row.level}, {"state", row.state}, {"target", row.target},
          {"cast", row.cast.view()}, {"phase", row.phase}};
}

json to_expected(const ItemSlotRow& row) {
  return {{"item", row.item.view()}, {"count", row.count}, {"durability", row.durability}, {"bound", row.bound}};
}

json to_expected(const QuestRow& row) {
  return {{"state", row.state}, {"c0", row.c0}, {"c1", row.c1},
          {"c2", row.c2},       {"c3", row.c3}, {"completed", row.completed}};
}

template <class Map>
json entries_of(const Map& map) {
  json entries = json::object();
  for (std::size_t i = 0; i < map.size(); ++i) entries[std::string(map.key(i))] = to_expected(map.row(i));
  return entries;
}

json to_expected(const PrivateState& own) {
  const MeRow& row = own.me;
  return {{"entityId", row.entity_id},
          {"seq", row.seq},
          {"x", row.x},
          {"y", row.y},
          {"speed", row.speed},
          {"mana", row.mana},
          {"maxMana", row.max_mana},
          {"shield", row.shield},
          {"attack", row.attack},
          {"defence", row.defence},
          {"experience", row.experience},
          {"experienceLevel", row.experience_level},
          {"experienceNext", row.experience_next},
          {"coins", row.coins},
          {"bagSize", row.bag_size},
          {"casting", row.casting.view()},
          {"castEndsAt", row.cast_ends_at},
          {"readyAt", row.ready_at},
          {"respawnAt", row.respawn_at},
          {"inCombat", row.in_combat},
          {"partyId", row.party},
          {"bag", entries_of(own.bag)},
          {"equipment", entries_of(own.equipment)},
          {"skills", json::object()},
          {"buffs", json::object()},
          {"quests", entries_of(own.quests)},
          {"party", json::object()}};
}

/// One client's life in a small world, in the words of the server.
struct WorldStory {
  StateStream stream;
  WorldRootRow root{7, 1'795'000'000'123.0, {"meadow"}, 3200, 2400};
  PrivateState own;
  PlayerRow ann{{"Ann"}, 100.5f, 200.25f, 90, 100, 3, 0, 41, 0, {}};
  MonsterRow wolf{{"wolf"}, 0.1f, -5, 70'000, 70'000, 60, 1, 41, {"bite"}, 2};
  MonsterRow slime{{"slime"}, 0, 0, 0, 0, 0, 0, 0, {}, 0};

  WorldStory() {
    own.me.entity_id = 41;
    own.me.x = 100.5f;
    own.me.y = 200.25f;
    own.me.speed = 160;
    own.me.coins = 1'000'000'000'000.0;
    own.me.in_combat = true;
    own.bag.append("0");
    own.bag.set(0, {.item = {"potion"}, .count = 3});
  }

  json state(const json& monsters) const {
    return {{"tick", root.tick},
            {"serverTime", root.server_time},
            {"map", root.map.view()},
            {"width", root.width},
            {"height", root.height},
            {"me", to_expected(own)},
            {"players", {{"s-ann", to_expected(ann)}}},
            {"monsters", monsters},
            {"npcs", {{"9", {{"kind", "smith"}, {"name", "Bób"}, {"x", 1}, {"y", 2}}}}},
            {"drops", json::object()}};
  }

  void snapshot() {
    stream.begin(Opcode::RoomState);
    stream.complete(root);
    stream.links(encode_world_links);
    stream.switch_to(kPlayersRef);
    stream.add(0, "s-ann", entity_ref(0));
    stream.switch_to(kMonstersRef);
    stream.add(64'999, "42", entity_ref(64'999));
    stream.switch_to(kNpcsRef);
    stream.add(2, "9", entity_ref(2));
    stream.switch_to(entity_ref(0));
    stream.complete(ann);
    stream.switch_to(entity_ref(64'999));
    stream.complete(wolf);
    stream.switch_to(entity_ref(2));
    stream.complete(NpcRow{{"smith"}, {"Bób"}, 1, 2});
    own.write_complete(stream.frame());
    stream.send();
    stream.expect(state({{"42", to_expected(wolf)}}));
    stream.events("players", {"s-ann"}, {});
    stream.events("monsters", {"42"}, {});
  }

  void walk() {
    const WorldRootRow root_before = root;
    const PlayerRow ann_before = ann;
    const MonsterRow wolf_before = wolf;
    root.tick = 8;
    root.server_time += 50;
    ann.x = own.me.x = 108.5f;
    ann.state = static_cast<std::uint8_t>(EntityState::Moving);
    own.me.seq = 4'000'000'000u;
    wolf.hp = 1;
    stream.begin(Opcode::RoomStatePatch);
    stream.changes(root_before, root);
    stream.switch_to(entity_ref(64'999));
    stream.changes(wolf_before, wolf);
    stream.switch_to(entity_ref(0));
    stream.changes(ann_before, ann);
    own.bag.set(0, {});
    for (const char* slot : {"1", "2"}) own.bag.append(slot);
    own.bag.set(2, {.item = {"sword"}, .count = 1, .durability = 50, .bound = true});
    own.equipment.append("weapon");
    own.quests.append("first_steps");
    own.quests.set(0, {.state = 1, .c1 = 300});
    own.write_changes(stream.frame());
    stream.send();
    stream.expect(state({{"42", to_expected(wolf)}}));
  }

  /// The wolf leaves and a slime of zeros comes; then the wolf's place is taken by another monster.
  void come_and_go() {
    stream.begin(Opcode::RoomStatePatch);
    stream.switch_to(kMonstersRef);
    stream.remove(64'999);
    stream.add(300, "43", entity_ref(300));
    stream.switch_to(entity_ref(300));
    stream.complete(slime);
    stream.send();
    stream.expect(state({{"43", to_expected(slime)}}));
    stream.events("monsters", {"43"}, {"42"});

    wolf.kind = {"elder_wolf_of_the_northern_peaks"};
    stream.begin(Opcode::RoomStatePatch);
    stream.switch_to(kMonstersRef);
    stream.add(64'999, "44", entity_ref(64'999));
    stream.switch_to(entity_ref(64'999));
    stream.complete(wolf);
    stream.send();
    stream.expect(state({{"43", to_expected(slime)}, {"44", to_expected(wolf)}}));
    stream.events("monsters", {"44"}, {});
    stream.events("players", {}, {});
  }
};

TEST(WorldState, KeepsTheOrderOfItsFields) {
  const StateInfo state = describe_world_state();
  EXPECT_EQ(field_names(state.types[0]), (std::vector<std::string>{"tick", "serverTime", "map", "width", "height", "me",
                                                                   "players", "monsters", "npcs", "drops"}));
  const std::vector<std::string> me = field_names(state.types[1]);
  EXPECT_EQ(std::vector<std::string>(me.begin(), me.begin() + 6),
            (std::vector<std::string>{"entityId", "seq", "x", "y", "speed", "mana"}));
  EXPECT_EQ(std::vector<std::string>(me.end() - 6, me.end()),
            (std::vector<std::string>{"bag", "equipment", "skills", "buffs", "quests", "party"}));
  EXPECT_EQ(std::set<std::string>(me.begin(), me.end()).size(), me.size());
  EXPECT_EQ(field_names(state.types[2]),
            (std::vector<std::string>{"name", "x", "y", "hp", "maxHp", "level", "state", "id", "target", "cast"}));
  EXPECT_EQ(field_names(state.types[3]),
            (std::vector<std::string>{"kind", "x", "y", "hp", "maxHp", "level", "state", "target", "cast", "phase"}));
  EXPECT_EQ(field_names(state.types[4]), (std::vector<std::string>{"kind", "name", "x", "y"}));
  EXPECT_EQ(field_names(state.types[5]), (std::vector<std::string>{"kind", "x", "y", "count", "owner"}));
}

TEST(WorldState, LinksIntroduceWhatTheReflectionDeclares) {
  std::uint8_t bytes[kWorldLinksBytesMax];
  EXPECT_EQ(testing::to_hex({bytes, encode_world_links(bytes)}),
            "8510"
            "8601"
            "8702"
            "8803"
            "8904");
  const StateInfo state = describe_world_state();
  for (const std::uint32_t ref : {kPlayersRef, kMonstersRef, kNpcsRef, kDropsRef}) {
    const FieldInfo& field = state.types[0].fields[world_map_field(ref)];
    EXPECT_EQ(field.type, WireType::Map);
    EXPECT_EQ(bytes[2 * (world_map_field(ref) - 5) + 1], ref);
  }
  EXPECT_EQ(state.types[3].name, "Monster");
  EXPECT_EQ(state.types[0].fields[world_map_field(kMonstersRef)].referenced_type, 3);
}

TEST(WorldState, CommonChangesAreSmall) {
  const MonsterRow before;
  MonsterRow now;
  now.x = 1;
  now.y = 2;
  std::uint8_t bytes[kRowBytesMax<MonsterRow>];
  EXPECT_EQ(encode_changes(before, now, bytes) - bytes, 10);
}

TEST(WorldState, StreamIsTheRecordedOneThatTheOfficialDecodersTake) {
  WorldStory story;
  story.stream.join(describe_world_state());
  story.snapshot();
  story.walk();
  story.come_and_go();
  EXPECT_TRUE(story.stream.text() == testing::golden_stream("world.jsonl", story.stream.text()))
      << "set THRONG_UPDATE_GOLDEN=1, run tests/integration/decoders, and review the difference";
}

}  // namespace
}  // namespace throng::protocol
