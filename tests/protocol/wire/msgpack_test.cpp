#include "protocol/wire/msgpack.h"

#include <limits>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

using testing::to_hex;
using testing::to_json;

template <typename Write>
std::string written(Write&& write) {
  ByteWriter bytes;
  MsgpackWriter writer(bytes);
  write(writer);
  return to_hex(bytes.view());
}

std::string integer_hex(std::int64_t value) {
  return written([&](MsgpackWriter& w) { w.integer(value); });
}

std::string number_hex(double value) {
  return written([&](MsgpackWriter& w) { w.number(value); });
}

TEST(MsgpackWriter, WritesIntegersInTheShortestForm) {
  EXPECT_EQ(integer_hex(0), "00");
  EXPECT_EQ(integer_hex(64), "40");
  EXPECT_EQ(integer_hex(200), "ccc8");
  EXPECT_EQ(integer_hex(70'000), "ce00011170");
  EXPECT_EQ(integer_hex(-2), "fe");
  EXPECT_EQ(integer_hex(-33), "d0df");
  EXPECT_EQ(integer_hex(-40'000), "d2ffff63c0");
}

TEST(MsgpackWriter, NeverMakesJavaScriptSeeABigint) {
  EXPECT_EQ(integer_hex(4'294'967'296), "cb41f0000000000000");
  EXPECT_EQ(integer_hex(std::numeric_limits<std::int64_t>::max()), "cb43e0000000000000");
  EXPECT_EQ(integer_hex(std::numeric_limits<std::int64_t>::min()), "cbc3e0000000000000");
}

TEST(MsgpackWriter, WritesWholeNumbersAsIntegers) {
  EXPECT_EQ(number_hex(3), "03");
  EXPECT_EQ(number_hex(1.5), "cb3ff8000000000000");
  EXPECT_EQ(number_hex(-0.0), "cb8000000000000000");
  EXPECT_EQ(number_hex(std::numeric_limits<double>::infinity()), "cb7ff0000000000000");
}

TEST(MsgpackWriter, WritesContainersTextsAndBytes) {
  EXPECT_EQ(written([](MsgpackWriter& w) { w.map(1).key("x").integer(1); }), "81a17801");
  EXPECT_EQ(written([](MsgpackWriter& w) { w.map(16); }), "de0010");
  EXPECT_EQ(written([](MsgpackWriter& w) { w.map(65'536); }), "df00010000");
  EXPECT_EQ(written([](MsgpackWriter& w) { w.array(2).nil().boolean(true); }), "92c0c3");
  EXPECT_EQ(written([](MsgpackWriter& w) { w.array(16); }), "dc0010");
  EXPECT_EQ(written([](MsgpackWriter& w) { w.string(std::string(32, 'x')); }).substr(0, 6), "d92078");
  EXPECT_EQ(written([](MsgpackWriter& w) { w.string(std::string(256, 'x')); }).substr(0, 8), "da010078");
  EXPECT_EQ(written([](MsgpackWriter& w) { w.bin(testing::from_hex("010203")); }), "c403010203");
}

nlohmann::json random_json(Rng& rng, int depth) {
  switch (rng.below(depth > 3 ? 6 : 8)) {
    case 0: return nullptr;
    case 1: return rng.below(2) == 1;
    case 2: return static_cast<std::int64_t>(rng.next()) >> (11 + rng.below(53));
    case 3: return static_cast<double>(rng.between(-1000, 1000)) / 8 + 0.0625;
    case 4: return std::string(rng.below(400), 'a');
    case 5: return -static_cast<std::int64_t>(rng.below(100'000));
    case 6: {
      nlohmann::json array = nlohmann::json::array();
      for (std::uint32_t i = rng.below(20); i > 0; --i) array.push_back(random_json(rng, depth + 1));
      return array;
    }
    default: {
      nlohmann::json map = nlohmann::json::object();
      for (std::uint32_t i = rng.below(20); i > 0; --i) map["k" + std::to_string(i)] = random_json(rng, depth + 1);
      return map;
    }
  }
}

void write_json(MsgpackWriter& out, const nlohmann::json& value) {
  if (value.is_null()) out.nil();
  if (value.is_boolean()) out.boolean(value.get<bool>());
  if (value.is_number_integer()) out.integer(value.get<std::int64_t>());
  if (value.is_number_float()) out.number(value.get<double>());
  if (value.is_string()) out.string(value.get<std::string>());
  if (value.is_array()) {
    out.array(value.size());
    for (const nlohmann::json& element : value) write_json(out, element);
  }
  if (value.is_object()) {
    out.map(value.size());
    for (const auto& [key, element] : value.items()) write_json(out.key(key), element);
  }
}

TEST(MsgpackWriter, AgreesWithAnotherImplementation) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Rng rng(seed);
    const nlohmann::json value = random_json(rng, 0);
    ByteWriter bytes;
    MsgpackWriter writer(bytes);
    write_json(writer, value);
    EXPECT_EQ(nlohmann::json::from_msgpack(bytes.raw()), value) << "seed " << seed;
  }
}

TEST(MsgpackDocument, AgreesWithAnotherImplementation) {
  MsgpackDocument document;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Rng rng(seed);
    const nlohmann::json value = random_json(rng, 0);
    const std::vector<std::uint8_t> bytes = nlohmann::json::to_msgpack(value);
    if (!document.parse(bytes)) {
      EXPECT_GT(bytes.size(), MsgpackDocument::kNodesMax / 2) << "seed " << seed;
      continue;
    }
    EXPECT_EQ(to_json(document.root()), value) << "seed " << seed;
  }
}

}  // namespace
}  // namespace throng::protocol
