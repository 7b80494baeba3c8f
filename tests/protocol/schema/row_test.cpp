#include "protocol/schema/row.h"

#include <cmath>

#include <gtest/gtest.h>

#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

/// The entity of the area-of-interest vectors.
struct VectorRow {
  std::uint8_t kind = 0;
  InlineString<20> name;
  std::int16_t hp = 0;
  float x = 0;
  float y = 0;
};

struct EveryTypeRow {
  bool flag = false;
  std::int8_t i8 = 0;
  std::uint16_t u16 = 0;
  std::int32_t i32 = 0;
  std::uint32_t u32 = 0;
  double f64 = 0;
  InlineString<40> text;
};

}  // namespace

template <>
struct RowFields<VectorRow> {
  static constexpr std::string_view name = "Ent";
  static constexpr std::string_view help = "an entity";
  static constexpr auto list =
      std::make_tuple(field("kind", &VectorRow::kind, "a"), field("name", &VectorRow::name, "b"),
                      field("hp", &VectorRow::hp, "c"), field("x", &VectorRow::x, "d"), field("y", &VectorRow::y, "e"));
};

template <>
struct RowFields<EveryTypeRow> {
  static constexpr std::string_view name = "Every";
  static constexpr std::string_view help = "every type";
  static constexpr auto list = std::make_tuple(
      field("flag", &EveryTypeRow::flag, ""), field("i8", &EveryTypeRow::i8, ""), field("u16", &EveryTypeRow::u16, ""),
      field("i32", &EveryTypeRow::i32, ""), field("u32", &EveryTypeRow::u32, ""), field("f64", &EveryTypeRow::f64, ""),
      field("text", &EveryTypeRow::text, ""));
};

namespace {

using testing::to_hex;

template <class Row>
std::string complete_hex(const Row& row) {
  std::uint8_t bytes[kRowBytesMax<Row>];
  return to_hex({bytes, encode_complete(row, bytes)});
}

template <class Row>
std::string changes_hex(const Row& before, const Row& now) {
  std::uint8_t bytes[kRowBytesMax<Row>];
  return to_hex({bytes, encode_changes(before, now, bytes)});
}

TEST(Row, CompleteBodyIsThatOfTheAreaOfInterestVectors) {
  const std::string snapshot = testing::load_vector("34-aoi-client-A")["frames"][0]["hex"];
  const std::string wolf = complete_hex(VectorRow{1, {"wolf"}, 50, 1.5f, 2.5f});
  const std::string orc = complete_hex(VectorRow{2, {"orc"}, 80, -3, 4});
  EXPECT_TRUE(snapshot.ends_with("ffcdb504" + wolf + "ffce905f0100" + orc)) << wolf << " " << orc;
}

TEST(Row, CompleteBodyHasEveryFieldZerosAndEmptyTextsToo) {
  EXPECT_EQ(complete_hex(VectorRow{}),
            "8000"
            "81a0"
            "820000"
            "8300000000"
            "8400000000");
}

TEST(Row, ChangesAreOnlyWhatDiffers) {
  const VectorRow before{1, {"wolf"}, 50, 1.5f, 2.5f};
  VectorRow now = before;
  EXPECT_EQ(changes_hex(before, now), "");
  now.hp = 45;
  EXPECT_EQ(changes_hex(before, now), "822d00");
  now.x = 2;
  now.name = {"worg"};
  EXPECT_EQ(changes_hex(before, now),
            "81a4776f7267"
            "822d00"
            "8300000040");
}

TEST(Row, FloatsAreComparedByTheirBits) {
  VectorRow before;
  VectorRow now;
  before.x = now.x = std::nanf("");
  EXPECT_EQ(changes_hex(before, now), "") << "a NaN is not a change for ever";
  before.y = 0.0f;
  now.y = -0.0f;
  EXPECT_EQ(changes_hex(before, now), "8400000080");
}

TEST(Row, EveryPlainTypeTravelsInItsOwnSize) {
  const EveryTypeRow row{true, -2, 258, -3, 4'000'000'000u, 1.5, {"é"}};
  EXPECT_EQ(complete_hex(row),
            "8001"
            "81fe"
            "820201"
            "83fdffffff"
            "8400286bee"
            "85000000000000f83f"
            "86a2c3a9");
  EXPECT_EQ(changes_hex(EveryTypeRow{}, row), complete_hex(row));
}

TEST(Row, UpperBoundCountsTheLongestTexts) {
  EXPECT_EQ(kRowBytesMax<VectorRow>, 2u + (1 + 1 + 20) + 3 + 5 + 5);
  EXPECT_EQ(kRowBytesMax<EveryTypeRow>, 2u + 2 + 3 + 5 + 5 + 9 + (1 + 2 + 40));
  EveryTypeRow row;
  row.text = {std::string(40, 'x')};
  EXPECT_EQ(complete_hex(row).size() / 2, kRowBytesMax<EveryTypeRow>);
}

TEST(Row, DescribesEveryType) {
  const TypeInfo type = describe_row<EveryTypeRow>();
  EXPECT_EQ(type.name, "Every");
  EXPECT_EQ(type.help, "every type");
  ASSERT_EQ(type.fields.size(), 7u);
  const WireType expected[] = {WireType::Boolean, WireType::Int8,    WireType::UInt16, WireType::Int32,
                               WireType::UInt32,  WireType::Float64, WireType::String};
  for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(type.fields[i].type, expected[i]) << i;
}

TEST(Row, DescribesItselfInWireOrder) {
  const TypeInfo type = describe_row<VectorRow>();
  EXPECT_EQ(type.name, "Ent");
  ASSERT_EQ(type.fields.size(), 5u);
  EXPECT_EQ(type.fields[0].name, "kind");
  EXPECT_EQ(type.fields[0].type, WireType::UInt8);
  EXPECT_EQ(type.fields[1].type, WireType::String);
  EXPECT_EQ(type.fields[4].name, "y");
  EXPECT_EQ(type.fields[4].type, WireType::Float32);
  EXPECT_EQ(type.fields[4].help, "e");
}

}  // namespace
}  // namespace throng::protocol
