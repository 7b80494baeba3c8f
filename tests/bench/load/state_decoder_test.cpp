#include "load/state_decoder.h"

#include <cmath>

#include <gtest/gtest.h>

#include "bench/load/wire_vectors.h"

namespace throng::bench {
namespace {

using testing::as_json;
using testing::bytes_of;
using testing::read_json;
using testing::same_state;

StateDecoder decoder_for(const nlohmann::json& vector) {
  std::optional<StateTypes> types = parse_reflection(bytes_of(vector.at("reflection").get<std::string>()));
  if (!types) throw std::runtime_error("the reflection does not parse");
  return StateDecoder(std::move(*types));
}

class OfficialStreams : public ::testing::TestWithParam<const char*> {};

TEST_P(OfficialStreams, DecodeToTheStatesThatTheOfficialDecodersGive) {
  const nlohmann::json vector = read_json(std::string("tests/bench/load/vectors/") + GetParam() + ".json");
  StateDecoder decoder = decoder_for(vector);
  for (const nlohmann::json& frame : vector.at("frames")) {
    const std::vector<std::uint8_t> bytes = bytes_of(frame.at("hex").get<std::string>());
    ASSERT_EQ(decoder.apply(ByteSpan(bytes).subspan(1)), DecodeVerdict::Ok) << frame;
    const nlohmann::json state = as_json(decoder, decoder.root());
    EXPECT_TRUE(same_state(frame.at("state"), state)) << frame.at("state") << "\n" << state;
  }
}

INSTANTIATE_TEST_SUITE_P(Vectors, OfficialStreams,
                         ::testing::Values("03-primitive-collections-all-versions", "04-inheritance-type-id",
                                           "08-map-add-remove-replace", "13-shared-refs", "14-primitive-types",
                                           "16-view-enter-leave-client-A", "33-array-portable-subset"));

// State {tick: uint32, ents: map<Ent>}, Ent {name: string, hp: int16}; entry "42" with index 7 and reference 300.
constexpr std::string_view kReflection =
    "ff008001ff0180000280010 3ff02800082 04ff0480000580010 "
    "6ff0580a47469636b81a675696e743332ff0680a4656e747381a36d61708201"
    "ff0380018207ff0780000880010 9ff0880a46e616d6581a6737472696e67ff0980a2687081a5696e743136";
constexpr std::string_view kSnapshot = "80010000008101ff018007a23432cd2c01ffcd2c0180a4776f6c66813200";

StateDecoder decoder_with_a_wolf() {
  std::string hex(kReflection);
  std::erase(hex, ' ');
  std::optional<StateTypes> types = parse_reflection(bytes_of(hex));
  EXPECT_TRUE(types.has_value());
  StateDecoder decoder(std::move(*types));
  EXPECT_EQ(decoder.apply(bytes_of(kSnapshot)), DecodeVerdict::Ok);
  return decoder;
}

TEST(StateDecoder, AppliesDeltasToKnownEntities) {
  StateDecoder decoder = decoder_with_a_wolf();
  ASSERT_EQ(decoder.apply(bytes_of("0002000000ffcd2c01012d00")), DecodeVerdict::Ok);
  EXPECT_EQ(decoder.root().fields[0].number, 2);
  EXPECT_EQ(decoder.find(300)->fields[1].number, 45);
}

TEST(StateDecoder, ReportsADeltaOfAnEntityThatHasLeft) {
  StateDecoder decoder = decoder_with_a_wolf();
  ASSERT_EQ(decoder.apply(bytes_of("ff014007")), DecodeVerdict::Ok);
  EXPECT_EQ(decoder.find(300), nullptr);
  EXPECT_EQ(decoder.apply(bytes_of("ffcd2c01012d00")), DecodeVerdict::UnknownReference);
}

TEST(StateDecoder, KeepsALeavingEntityUntilTheFrameIsOver) {
  StateDecoder decoder = decoder_with_a_wolf();
  EXPECT_EQ(decoder.apply(bytes_of("ff014007ffcd2c01012d00")), DecodeVerdict::Ok);
  EXPECT_EQ(decoder.find(300), nullptr);
}

TEST(StateDecoder, RefusesStreamsThatAreCutOffAnywhere) {
  const std::vector<std::uint8_t> whole = bytes_of(kSnapshot);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    StateDecoder decoder = decoder_with_a_wolf();
    const DecodeVerdict verdict = decoder.apply(ByteSpan(whole).first(size));
    EXPECT_NE(verdict, DecodeVerdict::UnknownReference) << size;
  }
  StateDecoder decoder = decoder_with_a_wolf();
  EXPECT_EQ(decoder.apply(bytes_of("800100")), DecodeVerdict::Malformed);
}

TEST(StateDecoder, RefusesFieldsThatTheTypeDoesNotHave) {
  StateDecoder decoder = decoder_with_a_wolf();
  EXPECT_EQ(decoder.apply(bytes_of("8501")), DecodeVerdict::Malformed);
}

TEST(Reflection, RefusesWhatIsNone) {
  EXPECT_FALSE(parse_reflection({}).has_value());
  EXPECT_FALSE(parse_reflection(bytes_of("8001ff0180")).has_value());
  EXPECT_FALSE(parse_reflection(bytes_of("ffffffff")).has_value());
}

}  // namespace
}  // namespace throng::bench
