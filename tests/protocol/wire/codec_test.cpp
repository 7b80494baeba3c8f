#include "protocol/wire/codec.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

using testing::from_hex;
using testing::load_vector;
using testing::to_hex;

template <typename T>
std::string num_hex(T value) {
  std::uint8_t bytes[kNumBytesMax];
  const std::uint8_t* end = write_num(bytes, value);
  return to_hex({bytes, end});
}

double vector_value(const nlohmann::json& value) {
  if (!value.is_string()) return value.get<double>();
  if (value == "NaN") return std::numeric_limits<double>::quiet_NaN();
  return value == "Infinity" ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
}

/// The encoder's approximation: what a reader gets back for what was written.
double expected_reading(double written) {
  if (std::isnan(written)) return 0;
  if (std::isinf(written)) return written > 0 ? 9007199254740991.0 : -9007199254740991.0;
  return written;
}

TEST(Num, WritesWhatTheOfficialEncoderWrites) {
  for (const nlohmann::json vector = load_vector("15-number-and-string-varints");
       const nlohmann::json& entry : vector["numbers"]) {
    EXPECT_EQ(num_hex(vector_value(entry["value"])), entry["hex"].get<std::string>()) << entry;
  }
}

TEST(Num, ReadsWhatTheOfficialEncoderWrites) {
  for (const nlohmann::json vector = load_vector("15-number-and-string-varints");
       const nlohmann::json& entry : vector["numbers"]) {
    const std::vector<std::uint8_t> bytes = from_hex(entry["hex"].get<std::string>());
    ByteReader reader(bytes);
    const std::optional<double> value = read_num(reader);
    ASSERT_TRUE(value) << entry;
    EXPECT_NEAR(*value, expected_reading(vector_value(entry["value"])), 1e-4) << entry;
    EXPECT_EQ(reader.remaining(), 0u);
  }
}

TEST(Num, IntegersTakeTheShortestForm) {
  EXPECT_EQ(num_hex(0), "00");
  EXPECT_EQ(num_hex(127u), "7f");
  EXPECT_EQ(num_hex(std::uint16_t{128}), "cc80");
  EXPECT_EQ(num_hex(256), "cd0001");
  EXPECT_EQ(num_hex(65536), "ce00000100");
  EXPECT_EQ(num_hex(std::int64_t{0xffffffff}), "ceffffffff");
  EXPECT_EQ(num_hex(-32), "e0");
  EXPECT_EQ(num_hex(-33), "d0df");
  EXPECT_EQ(num_hex(-129), "d17fff");
  EXPECT_EQ(num_hex(std::numeric_limits<std::int32_t>::min()), "d200000080");
}

TEST(Num, IntegersBeyondThirtyTwoBitsAreDoublesWhileExact) {
  EXPECT_EQ(num_hex(std::int64_t{1} << 32), "cb000000000000f041");
  EXPECT_EQ(num_hex(-(std::int64_t{1} << 40)), "cb00000000000070c2");
  EXPECT_EQ(num_hex((std::int64_t{1} << 53) + 1), "cf0100000000002000");
  EXPECT_EQ(num_hex(std::numeric_limits<std::int64_t>::min()), "d30000000000000080");
}

TEST(Num, SixteenBitFormIsAlwaysThreeBytes) {
  std::uint8_t bytes[3];
  EXPECT_EQ(write_num_u16(bytes, 5), bytes + 3);
  EXPECT_EQ(to_hex(bytes), "cd0500");
}

TEST(Num, EveryIntegerComesBack) {
  Rng rng(1);
  for (int i = 0; i < 20'000; ++i) {
    const auto value = static_cast<std::int64_t>(rng.next()) >> rng.below(64);
    std::uint8_t bytes[kNumBytesMax];
    const std::uint8_t* end = write_num(bytes, value);
    ASSERT_LE(end - bytes, 9);
    ByteReader reader({bytes, end});
    ASSERT_EQ(read_integer_num(reader), value);
    ByteReader again({bytes, end});
    ASSERT_EQ(read_num(again), static_cast<double>(value));
  }
}

TEST(Num, IntegerReaderTakesWholeFloatsAndRefusesTheRest) {
  const auto read = [](std::string_view hex) {
    const std::vector<std::uint8_t> bytes = from_hex(hex);
    ByteReader reader(bytes);
    return read_integer_num(reader);
  };
  EXPECT_EQ(read("ca0000804f"), std::int64_t{1} << 32);
  EXPECT_EQ(read("ca0000003f"), std::nullopt);          // 0.5
  EXPECT_EQ(read("ca0000c07f"), std::nullopt);          // NaN
  EXPECT_EQ(read("ca0000807f"), std::nullopt);          // infinity
  EXPECT_EQ(read("cfffffffffffffffff"), std::nullopt);  // beyond int64
}

TEST(Num, CutOrForeignBytesGiveNothing) {
  for (const std::string_view hex :
       {"", "cc", "cd01", "ce010203", "cb01020304050607", "80", "a0", "c0", "c1", "d4", "df"}) {
    const std::vector<std::uint8_t> bytes = from_hex(hex);
    ByteReader number(bytes);
    EXPECT_EQ(read_num(number), std::nullopt) << hex;
    ByteReader integer(bytes);
    EXPECT_EQ(read_integer_num(integer), std::nullopt) << hex;
  }
}

TEST(Str, WritesAndReadsTheOfficialPrefixes) {
  const auto text_of = [](const std::string& value) -> std::string {
    if (value == "é repeated 100") {
      std::string text;
      for (int i = 0; i < 100; ++i) text += "é";
      return text;
    }
    if (value == "y repeated 255") return std::string(255, 'y');
    if (value == "z repeated 256") return std::string(256, 'z');
    return value;
  };
  for (const nlohmann::json vector = load_vector("15-number-and-string-varints");
       const nlohmann::json& entry : vector["strings"]) {
    const std::string text = text_of(entry["value"]);
    std::vector<std::uint8_t> bytes(kStrHeaderBytesMax + text.size());
    bytes.resize(static_cast<std::size_t>(write_str(bytes.data(), text) - bytes.data()));
    EXPECT_EQ(bytes.size(), entry["total_bytes"]);
    EXPECT_TRUE(to_hex(bytes).starts_with(entry["hex_prefix"].get<std::string>())) << entry;
    ByteReader reader(bytes);
    EXPECT_EQ(read_str(reader), text);
    EXPECT_EQ(reader.remaining(), 0u);
  }
}

TEST(Str, LongTextHasAFourByteLength) {
  const std::string text(70'000, 'x');
  std::vector<std::uint8_t> bytes(kStrHeaderBytesMax + text.size());
  EXPECT_EQ(write_str(bytes.data(), text), bytes.data() + bytes.size());
  EXPECT_EQ(to_hex(ByteSpan(bytes).first(5)), "db70110100");
  ByteReader reader(bytes);
  EXPECT_EQ(read_str(reader), text);
}

TEST(Str, CutOrForeignBytesGiveNothing) {
  for (const std::string_view hex : {"", "a2", "a261", "d9", "d90261", "da01", "dbffffffff61", "00", "c4"}) {
    const std::vector<std::uint8_t> bytes = from_hex(hex);
    ByteReader reader(bytes);
    EXPECT_EQ(read_str(reader), std::nullopt) << hex;
  }
}

TEST(Switch, TakesAtMostSixBytes) {
  std::uint8_t bytes[kSwitchBytesMax];
  EXPECT_EQ(to_hex({bytes, write_switch(bytes, 1)}), "ff01");
  EXPECT_EQ(to_hex({bytes, write_switch(bytes, 300)}), "ffcd2c01");
  EXPECT_EQ(to_hex({bytes, write_switch(bytes, 0xffffff)}), "ffceffffff00");
}

}  // namespace
}  // namespace throng::protocol
