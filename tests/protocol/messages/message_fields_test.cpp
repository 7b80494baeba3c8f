#include "protocol/messages/message_fields.h"

#include <gtest/gtest.h>

#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

struct SampleMessage {
  double angle = 0;
  std::uint32_t target = 7;
  std::optional<std::uint32_t> skill;
  std::string text;
  std::optional<MsgpackValue> extra;
};

}  // namespace

template <>
struct MessageFields<SampleMessage> {
  static constexpr auto list = std::make_tuple(number_field("angle", &SampleMessage::angle, -1, 1, ""),
                                               integer_field("target", &SampleMessage::target, 1, 100, ""),
                                               integer_field("skill", &SampleMessage::skill, 0, 5, ""),
                                               text_field("text", &SampleMessage::text, 1, 3, ""),
                                               map_field("extra", &SampleMessage::extra, ""));
};

namespace {

/// The code of the refusal, or "" when the JSON value was taken.
std::string refusal_of(const nlohmann::json& payload) {
  const std::vector<std::uint8_t> bytes = nlohmann::json::to_msgpack(payload);
  MsgpackDocument document;
  EXPECT_TRUE(document.parse(bytes));
  const Decoded<SampleMessage> decoded = decode_fields<SampleMessage>(document.root());
  return decoded ? "" : std::string(decoded.refusal().code);
}

nlohmann::json good() { return {{"angle", 0.5}, {"target", 3}, {"text", "abc"}}; }

nlohmann::json good_but(const std::string& key, const nlohmann::json& value) {
  nlohmann::json payload = good();
  payload[key] = value;
  return payload;
}

TEST(MessageFields, TakesGoodValuesAndIgnoresWhatItDoesNotKnow) {
  const std::vector<std::uint8_t> bytes = nlohmann::json::to_msgpack({{"angle", 1},
                                                                      {"target", 100.0},
                                                                      {"skill", 5},
                                                                      {"text", "ó€🐺"},
                                                                      {"extra", {{"mode", "duel"}}},
                                                                      {"later", true}});
  MsgpackDocument document;
  ASSERT_TRUE(document.parse(bytes));
  const Decoded<SampleMessage> message = decode_fields<SampleMessage>(document.root());
  ASSERT_TRUE(message.accepted());
  EXPECT_EQ(message->angle, 1);
  EXPECT_EQ(message->target, 100u);
  EXPECT_EQ(message->skill, 5u);
  EXPECT_EQ(message->text, "ó€🐺");
  EXPECT_EQ(message->extra->find("mode")->as_string(), "duel");
}

TEST(MessageFields, OptionalFieldsMayBeAbsentOrNil) {
  EXPECT_EQ(refusal_of(good()), "");
  EXPECT_EQ(refusal_of(good_but("skill", nullptr)), "");
  EXPECT_EQ(refusal_of(good_but("text", nullptr)), "field_missing");
  EXPECT_EQ(refusal_of({{"angle", 0}, {"target", 1}}), "field_missing");
}

TEST(MessageFields, RefusesWrongTypes) {
  EXPECT_EQ(refusal_of(5), "payload_not_a_map");
  EXPECT_EQ(refusal_of(nlohmann::json::array({1})), "payload_not_a_map");
  EXPECT_EQ(refusal_of(good_but("angle", "0.5")), "field_wrong_type");
  EXPECT_EQ(refusal_of(good_but("target", true)), "field_wrong_type");
  EXPECT_EQ(refusal_of(good_but("text", 5)), "field_wrong_type");
  EXPECT_EQ(refusal_of(good_but("extra", 5)), "field_wrong_type");
}

TEST(MessageFields, RefusesNumbersOutOfRange) {
  EXPECT_EQ(refusal_of(good_but("angle", 1.0001)), "field_out_of_range");
  EXPECT_EQ(refusal_of(good_but("angle", std::numeric_limits<double>::quiet_NaN())), "field_out_of_range");
  EXPECT_EQ(refusal_of(good_but("target", 0)), "field_out_of_range");
  EXPECT_EQ(refusal_of(good_but("target", 101)), "field_out_of_range");
  EXPECT_EQ(refusal_of(good_but("target", 1.5)), "field_out_of_range");
  EXPECT_EQ(refusal_of(good_but("target", std::numeric_limits<std::uint64_t>::max())), "field_out_of_range");
  EXPECT_EQ(refusal_of(good_but("skill", -1)), "field_out_of_range");
}

TEST(MessageFields, RefusesTextsThatAreNotFitToShow) {
  EXPECT_EQ(refusal_of(good_but("text", "")), "text_length");
  EXPECT_EQ(refusal_of(good_but("text", "abcd")), "text_length");
  EXPECT_EQ(refusal_of(good_but("text", "a\n")), "text_invalid");
  EXPECT_EQ(refusal_of(good_but("text", "\u202e")), "text_invalid");
}

TEST(MessageFields, RefusesTextsThatAreNotUtf8) {
  const std::vector<std::uint8_t> bytes = testing::from_hex("83 a5616e676c65 00 a6746172676574 01 a474657874 a2c328");
  MsgpackDocument document;
  ASSERT_TRUE(document.parse(bytes));
  EXPECT_EQ(decode_fields<SampleMessage>(document.root()).refusal().code, "text_invalid");
}

TEST(MessageFields, TextOfARefusalNamesFieldAndRange) {
  const std::vector<std::uint8_t> bytes = nlohmann::json::to_msgpack(good_but("target", 101));
  MsgpackDocument document;
  ASSERT_TRUE(document.parse(bytes));
  EXPECT_EQ(decode_fields<SampleMessage>(document.root()).refusal().text, "target must be from 1 to 100");
}

TEST(MessageFields, FramesWithoutAReadablePayloadAreRefused) {
  MsgpackDocument document;
  const std::vector<std::uint8_t> none = testing::from_hex("0da16d");
  EXPECT_EQ(decode_message<SampleMessage>(decode_client_frame(none), document).refusal().code, "payload_not_a_map");
  const std::vector<std::uint8_t> broken = testing::from_hex("0da16dc1");
  EXPECT_EQ(decode_message<SampleMessage>(decode_client_frame(broken), document).refusal().code, "payload_undecodable");
}

}  // namespace
}  // namespace throng::protocol
