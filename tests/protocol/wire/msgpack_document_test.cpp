#include "protocol/wire/msgpack.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

using testing::from_hex;
using testing::to_json;

/// The value as JSON text, or "refused".
std::string parsed(std::string_view hex) {
  const std::vector<std::uint8_t> bytes = from_hex(hex);
  MsgpackDocument document;
  return document.parse(bytes) ? to_json(document.root()).dump() : "refused";
}

TEST(MsgpackDocument, ReadsEveryStandardForm) {
  EXPECT_EQ(parsed("c0"), "null");
  EXPECT_EQ(parsed("c3"), "true");
  EXPECT_EQ(parsed("7f"), "127");
  EXPECT_EQ(parsed("e0"), "-32");
  EXPECT_EQ(parsed("ccff"), "255");
  EXPECT_EQ(parsed("cd0102"), "258");
  EXPECT_EQ(parsed("ce01020304"), "16909060");
  EXPECT_EQ(parsed("cf0000000100000000"), "4294967296");
  EXPECT_EQ(parsed("cfffffffffffffffff"), "1.8446744073709552e+19");
  EXPECT_EQ(parsed("d080"), "-128");
  EXPECT_EQ(parsed("d1ff00"), "-256");
  EXPECT_EQ(parsed("d2ffff63c0"), "-40000");
  EXPECT_EQ(parsed("d3ffffffffffffffff"), "-1");
  EXPECT_EQ(parsed("ca3fc00000"), "1.5");
  EXPECT_EQ(parsed("cb3ff8000000000000"), "1.5");
  EXPECT_EQ(parsed("a26869"), "\"hi\"");
  EXPECT_EQ(parsed("d9026869"), "\"hi\"");
  EXPECT_EQ(parsed("da00026869"), "\"hi\"");
  EXPECT_EQ(parsed("db000000026869"), "\"hi\"");
  EXPECT_EQ(parsed("c4020102"), "\"0102\"");
  EXPECT_EQ(parsed("c500020102"), "\"0102\"");
  EXPECT_EQ(parsed("c6000000020102"), "\"0102\"");
  EXPECT_EQ(parsed("920102"), "[1,2]");
  EXPECT_EQ(parsed("dc00020102"), "[1,2]");
  EXPECT_EQ(parsed("dd000000020102"), "[1,2]");
  EXPECT_EQ(parsed("81a16101"), R"({"a":1})");
  EXPECT_EQ(parsed("de0001a16101"), R"({"a":1})");
  EXPECT_EQ(parsed("df00000001a16101"), R"({"a":1})");
}

TEST(MsgpackDocument, ReadsExtensionsTimestampsAndUndefined) {
  EXPECT_EQ(parsed("d40000"), "null");
  EXPECT_EQ(parsed("d6ff00000001"), "1000.0");
  EXPECT_EQ(parsed("d7ff0000000400000001"), "1000.000001");
  EXPECT_EQ(parsed("c70cff000f4240ffffffffffffffff"), "-999.0");
  EXPECT_EQ(parsed("d505aabb"), "\"aabb\"");
  EXPECT_EQ(parsed("c70305010203"), "\"010203\"");
  EXPECT_EQ(parsed("c8000105aa"), "\"aa\"");
  EXPECT_EQ(parsed("d80511111111111111111111111111111111"), "\"11111111111111111111111111111111\"");
  EXPECT_EQ(parsed("d5ff0102"), "refused") << "a timestamp of two bytes";
}

TEST(MsgpackDocument, ReadsRecordsOfJavaScriptSdks) {
  EXPECT_EQ(parsed("92d4724092a26964a17101cc404002cc41"), R"([{"id":1,"q":64},{"id":2,"q":65}])");
  EXPECT_EQ(parsed("d4724090"), "{}");
  EXPECT_EQ(parsed("9240d4724091a16140"), "refused") << "the id is a record while its own first value is read";
  EXPECT_EQ(parsed("92d4724091a1610141"), R"([{"a":1},65])") << "an id that is not defined is the integer";
  EXPECT_EQ(parsed("93d4724091a16101d4724091a162024003"), R"([{"a":1},{"b":2},{"b":3}])") << "ids may be defined anew";
}

TEST(MsgpackDocument, RefusesBrokenRecords) {
  EXPECT_EQ(parsed("d4723091a16101"), "refused") << "id below 40";
  EXPECT_EQ(parsed("d4728091a16101"), "refused") << "id above 7f";
  EXPECT_EQ(parsed("d47240910101"), "refused") << "a key that is no text";
  EXPECT_EQ(parsed("d47240a16101"), "refused") << "keys that are no array";
  EXPECT_EQ(parsed("d5724001a0"), "refused") << "ids of two bytes";
  EXPECT_EQ(parsed("d4724091a161"), "refused") << "no value";
}

TEST(MsgpackDocument, LastOfRepeatedKeysWins) {
  const std::vector<std::uint8_t> bytes = from_hex("83a16101a16102a16203");
  MsgpackDocument document;
  ASSERT_TRUE(document.parse(bytes));
  EXPECT_EQ(document.root().find("a")->as_integer(), 2);
  EXPECT_EQ(document.root().find("b")->as_integer(), 3);
  EXPECT_FALSE(document.root().find("c"));
  EXPECT_FALSE(document.root().at(0).find("a"));
}

TEST(MsgpackDocument, TellsWhereTheValueEnds) {
  const std::vector<std::uint8_t> bytes = from_hex("81a16101ff00");
  MsgpackDocument document;
  std::size_t consumed = 0;
  EXPECT_TRUE(document.parse(bytes, &consumed));
  EXPECT_EQ(consumed, 4u);
  EXPECT_FALSE(document.parse(bytes)) << "without that, nothing may follow";
}

TEST(MsgpackDocument, BoundsDepthAndSize) {
  const auto nested = [](std::size_t depth) {
    std::vector<std::uint8_t> bytes(depth, 0x91);
    bytes.push_back(0x01);
    return bytes;
  };
  MsgpackDocument document;
  EXPECT_TRUE(document.parse(nested(MsgpackDocument::kDepthMax)));
  EXPECT_FALSE(document.parse(nested(MsgpackDocument::kDepthMax + 1)));
  EXPECT_FALSE(document.parse(nested(100'000)));

  std::vector<std::uint8_t> wide = from_hex("dc1000");
  wide.resize(wide.size() + 4096, 0x01);
  EXPECT_FALSE(document.parse(wide)) << "4,096 elements and the array itself";
  wide[1] = 0x0f, wide[2] = 0xff;
  wide.pop_back();
  EXPECT_TRUE(document.parse(wide));

  EXPECT_EQ(parsed("ddffffffff"), "refused");
  EXPECT_EQ(parsed("dfffffffff01"), "refused");
  EXPECT_EQ(parsed("dbffffffff"), "refused");
  EXPECT_EQ(parsed("c1"), "refused");
  EXPECT_EQ(parsed(""), "refused");
}

TEST(MsgpackDocument, EveryCutOfAGoodMessageIsRefused) {
  const std::vector<std::uint8_t> whole =
      from_hex("d4724193a161a174a16ed4724291a16292d4724391a26964014302c3d7ff0000000400000001");
  MsgpackDocument document;
  ASSERT_TRUE(document.parse(whole));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(document.parse(ByteSpan(whole).first(size))) << size;
}

TEST(MsgpackDocument, SurvivesAnyBytes) {
  MsgpackDocument document;
  for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
    Rng rng(seed);
    std::vector<std::uint8_t> bytes(rng.below(64));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(rng.below(256));
    std::size_t consumed = 0;
    if (document.parse(bytes, &consumed)) {
      ASSERT_LE(consumed, bytes.size()) << "seed " << seed;
    }
  }
}

TEST(MsgpackDocument, IntegersKeepOnlyWhatIsExact) {
  const auto integer = [](std::string_view hex) {
    static std::vector<std::uint8_t> bytes;
    bytes = from_hex(hex);
    MsgpackDocument document;
    EXPECT_TRUE(document.parse(bytes));
    return document.root().as_integer();
  };
  EXPECT_EQ(integer("cb41f0000000000000"), 4'294'967'296);
  EXPECT_EQ(integer("cb3ff8000000000000"), std::nullopt);
  EXPECT_EQ(integer("cb7ff8000000000000"), std::nullopt);
  EXPECT_EQ(integer("cfffffffffffffffff"), std::nullopt);
  EXPECT_EQ(integer("a131"), std::nullopt);
}

}  // namespace
}  // namespace throng::protocol
