#include "protocol/schema/description.h"

#include <gtest/gtest.h>

#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

using testing::from_hex;
using testing::load_vector;
using testing::to_hex;

TEST(Reflection, MatchesTheWorkedExampleOfTheProtocol) {
  const StateInfo state{"example",
                        {{"State", {{"tick", WireType::UInt32}, {"ents", WireType::Map, 1}}},
                         {"Ent", {{"name", WireType::String}, {"hp", WireType::Int16}}}}};
  const std::vector<std::uint8_t> expected = from_hex(
      "8001 ff01 800002 800103 ff02 8000 8204 ff04 800005 800106"
      "ff05 80a47469636b 81a675696e743332  ff06 80a4656e7473 81a36d6170 8201"
      "ff03 8001 8207 ff07 800008 800109 ff08 80a46e616d65 81a6737472696e67 ff09 80a26870 81a5696e743136");
  EXPECT_EQ(to_hex(encode_reflection(state)), to_hex(expected));
  EXPECT_EQ(expected.size() + 2, 100u);
}

TEST(Reflection, MatchesTheAreaOfInterestVectors) {
  const StateInfo state{"zone",
                        {{"State", {{"tick", WireType::UInt32}, {"ents", WireType::Map, 1}}},
                         {"Ent",
                          {{"kind", WireType::UInt8},
                           {"name", WireType::String},
                           {"hp", WireType::Int16},
                           {"x", WireType::Float32},
                           {"y", WireType::Float32}}}}};
  EXPECT_EQ(to_hex(encode_reflection(state)), load_vector("34-aoi-client-A")["reflection"].get<std::string>());
  EXPECT_EQ(to_hex(encode_reflection(state)),
            load_vector("36-reconnect-prune-and-snapshot")["reflection"].get<std::string>());
}

TEST(ReflectionDeathTest, BrokenDescriptionsAreBugs) {
  EXPECT_DEATH(encode_reflection({"empty", {}}), "1 to 64 types");
  EXPECT_DEATH(encode_reflection({"wild", {{"State", {{"ents", WireType::Map, 1}}}}}), "refers to no type");
  EXPECT_DEATH(encode_reflection({"aimless", {{"State", {{"ents", WireType::Map}}}}}), "refers to no type");
  StateInfo wide{"wide", {{"State", {}}}};
  wide.types[0].fields.resize(64, {"x", WireType::Float32});
  EXPECT_DEATH(encode_reflection(wide), "1 to 63 fields");
}

TEST(WireType, HasTheNamesOfTheProtocol) {
  EXPECT_EQ(wire_name(WireType::Boolean), "boolean");
  EXPECT_EQ(wire_name(WireType::UInt32), "uint32");
  EXPECT_EQ(wire_name(WireType::Float64), "float64");
  EXPECT_EQ(wire_name(WireType::Map), "map");
}

}  // namespace
}  // namespace throng::protocol
