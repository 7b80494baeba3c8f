#include "protocol/state/world_state.h"

#include <gtest/gtest.h>

#include "protocol/state_stream.h"

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
  return {{"name", row.name.view()}, {"x", row.x},         {"y", row.y},         {"hp", row.hp},
          {"maxHp", row.max_hp},     {"level", row.level}, {"state", row.state}, {"id", row.id}};
}

json to_expected(const MonsterRow& row) {
  return {{"kind", row.kind.view()}, {"x", row.x},         {"y", row.y},        {"hp", row.hp},
          {"maxHp", row.max_hp},     {"level", row.level}, {"state", row.state}};
}

json to_expected(const MeRow& row) {
  return {{"entityId", row.entity_id}, {"seq", row.seq}, {"x", row.x}, {"y", row.y}, {"speed", row.speed}};
}

/// One client's life in a small world, in the words of the server.
struct WorldStory {
  StateStream stream;
  WorldRootRow root{7, 1'795'000'000'123.0, {"meadow"}, 3200, 2400};
  MeRow me{41, 0, 100.5f, 200.25f, 160};
  PlayerRow ann{{"Ann"}, 100.5f, 200.25f, 90, 100, 3, 0, 41};
  MonsterRow wolf{{"wolf"}, 0.1f, -5, 70'000, 70'000, 60, 1};
  MonsterRow slime{{"slime"}, 0, 0, 0, 0, 0, 0};

  json state(const json& monsters) const {
    return {{"tick", root.tick},
            {"serverTime", root.server_time},
            {"map", root.map.view()},
            {"width", root.width},
            {"height", root.height},
            {"me", to_expected(me)},
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
    stream.switch_to(kMeRef);
    stream.complete(me);
    stream.send();
    stream.expect(state({{"42", to_expected(wolf)}}));
    stream.events("players", {"s-ann"}, {});
    stream.events("monsters", {"42"}, {});
  }

  void walk() {
    const WorldRootRow root_before = root;
    const PlayerRow ann_before = ann;
    const MonsterRow wolf_before = wolf;
    const MeRow me_before = me;
    root.tick = 8;
    root.server_time += 50;
    ann.x = me.x = 108.5f;
    ann.state = static_cast<std::uint8_t>(EntityState::Moving);
    me.seq = 4'000'000'000u;
    wolf.hp = 1;
    stream.begin(Opcode::RoomStatePatch);
    stream.changes(root_before, root);
    stream.switch_to(entity_ref(64'999));
    stream.changes(wolf_before, wolf);
    stream.switch_to(entity_ref(0));
    stream.changes(ann_before, ann);
    stream.switch_to(kMeRef);
    stream.changes(me_before, me);
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
  EXPECT_EQ(field_names(state.types[1]), (std::vector<std::string>{"entityId", "seq", "x", "y", "speed"}));
  EXPECT_EQ(field_names(state.types[2]),
            (std::vector<std::string>{"name", "x", "y", "hp", "maxHp", "level", "state", "id"}));
  EXPECT_EQ(field_names(state.types[3]), (std::vector<std::string>{"kind", "x", "y", "hp", "maxHp", "level", "state"}));
  EXPECT_EQ(field_names(state.types[4]), (std::vector<std::string>{"kind", "name", "x", "y"}));
  EXPECT_EQ(field_names(state.types[5]), (std::vector<std::string>{"kind", "x", "y"}));
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
