#include "protocol/state/mmo_state.h"

#include <gtest/gtest.h>

#include "protocol/state_stream.h"

namespace throng::protocol {
namespace {

using nlohmann::json;

json to_expected(const EntityRow& row) {
  return {{"id", row.id}, {"x", row.x}, {"y", row.y}, {"hp", row.hp}, {"state", row.state}, {"name", row.name.view()}};
}

TEST(MmoState, HasTheFieldsOfTheReferenceWorkload) {
  const StateInfo state = describe_mmo_state();
  ASSERT_EQ(state.types.size(), 2u);
  EXPECT_EQ(state.types[0].fields[0].name, "entities");
  const std::pair<std::string_view, WireType> expected[] = {{"id", WireType::UInt32},   {"x", WireType::Float32},
                                                            {"y", WireType::Float32},   {"hp", WireType::UInt16},
                                                            {"state", WireType::UInt8}, {"name", WireType::String}};
  ASSERT_EQ(state.types[1].fields.size(), std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    EXPECT_EQ(state.types[1].fields[i].name, expected[i].first);
    EXPECT_EQ(state.types[1].fields[i].type, expected[i].second);
  }
}

TEST(MmoState, StreamIsTheRecordedOneThatTheOfficialDecodersTake) {
  testing::StateStream stream;
  EntityRow entity{9'000'001, 12.5f, -3.25f, 65'535, 2, {"wolf 17"}};
  stream.join(describe_mmo_state());
  stream.begin(Opcode::RoomState);
  stream.links(encode_mmo_links);
  stream.send();
  stream.expect({{"entities", json::object()}});

  stream.begin(Opcode::RoomStatePatch);
  stream.switch_to(kEntitiesRef);
  stream.add(70'000, "9000001", entity_ref(70'000));
  stream.switch_to(entity_ref(70'000));
  stream.complete(entity);
  stream.send();
  stream.expect({{"entities", {{"9000001", to_expected(entity)}}}});
  stream.events("entities", {"9000001"}, {});

  const EntityRow before = entity;
  entity.x = 15.5f;
  entity.hp = 0;
  stream.begin(Opcode::RoomStatePatch);
  stream.switch_to(entity_ref(70'000));
  stream.changes(before, entity);
  stream.send();
  stream.expect({{"entities", {{"9000001", to_expected(entity)}}}});
  EXPECT_TRUE(stream.text() == testing::golden_stream("mmo.jsonl", stream.text()))
      << "set THRONG_UPDATE_GOLDEN=1, run tests/integration/decoders, and review the difference";
}

}  // namespace
}  // namespace throng::protocol
