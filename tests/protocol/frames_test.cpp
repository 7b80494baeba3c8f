#include "protocol/frames.h"

#include <gtest/gtest.h>

#include "protocol/vectors.h"
#include "protocol/wire/codec.h"
#include "protocol/wire/msgpack.h"

namespace throng::protocol {
namespace {

using Kind = ClientFrame::Kind;
using testing::from_hex;
using testing::load_vector;
using testing::to_hex;
using testing::to_json;

Kind kind_of(std::string_view hex) { return decode_client_frame(from_hex(hex)).kind; }

nlohmann::json type_of(const ClientFrame& frame) {
  if (frame.type.is_string) return std::string(frame.type.text);
  return frame.type.number;
}

std::string hex_of(const FrameBuffer& out) { return to_hex(out.view()); }

/// Raw bytes are written down as `{"bytes": hex}`.
nlohmann::json payload_of(const nlohmann::json& message) {
  const nlohmann::json& payload = message["payload"];
  return payload.is_object() && payload.contains("bytes") ? payload["bytes"] : payload;
}

template <typename Write>
std::string framed(Write&& write) {
  FrameBuffer out;
  write(out);
  return hex_of(out);
}

/// The hex of frame `index` of a vector.
std::string vector_frame(const std::string& name, std::size_t index) {
  return load_vector(name)["frames"][index]["hex"];
}

TEST(ClientFrame, ReadsEveryMessageThatJavaScriptSdksSend) {
  const nlohmann::json vector = load_vector("22-messages-client-to-server");
  MsgpackDocument document;
  for (std::size_t i = 0; i < vector["messages"].size(); ++i) {
    const nlohmann::json& message = vector["messages"][i];
    const std::vector<std::uint8_t> bytes = from_hex(message["hex"].get<std::string>());
    const ClientFrame frame = decode_client_frame(bytes);
    ASSERT_EQ(frame.kind, Kind::Data) << message;
    EXPECT_EQ(type_of(frame), message["type"]);
    EXPECT_EQ(frame.has_payload, message["payload"] != "(none)");
    if (!frame.has_payload) continue;
    ASSERT_TRUE(document.parse(frame.payload)) << message;
    nlohmann::json payload = to_json(document.root());
    if (message["type"] == "undef") payload.erase("a");  // undefined, which JSON has no word for
    EXPECT_EQ(payload, payload_of(message)) << message;
  }
}

TEST(ClientFrame, ReadsRawBytes) {
  for (const nlohmann::json vector = load_vector("22-messages-client-to-server");
       const nlohmann::json& message : vector["sendBytes"]) {
    const std::vector<std::uint8_t> bytes = from_hex(message["hex"].get<std::string>());
    const ClientFrame frame = decode_client_frame(bytes);
    EXPECT_EQ(frame.kind, Kind::Bytes);
    EXPECT_EQ(type_of(frame), message["type"]);
    EXPECT_EQ(to_hex(frame.payload), message["bytes"].get<std::string>());
  }
}

TEST(ClientFrame, ReadsRequests) {
  const nlohmann::json frames = load_vector("24-request-response-0.18")["frames"];
  std::uint32_t next_id = 0;
  for (const nlohmann::json& sent : frames) {
    if (sent["dir"] != "c2s") continue;
    const std::vector<std::uint8_t> bytes = from_hex(sent["hex"].get<std::string>());
    const ClientFrame frame = decode_client_frame(bytes);
    EXPECT_EQ(frame.kind, Kind::Request);
    EXPECT_EQ(frame.request_id, next_id++);
    EXPECT_TRUE(frame.type.is_string);
  }
  EXPECT_EQ(next_id, 4u);
}

TEST(ClientFrame, KnowsTheBareOnesAndTakesWhatTrailsThem) {
  EXPECT_EQ(kind_of("0a"), Kind::Ack);
  EXPECT_EQ(kind_of("0a00"), Kind::Ack) << "Defold";
  EXPECT_EQ(kind_of("0c"), Kind::Leave);
  EXPECT_EQ(kind_of("0c00"), Kind::Leave);
  EXPECT_EQ(kind_of("12"), Kind::Ping);
  EXPECT_EQ(kind_of("13aabb"), Kind::Ignored);
  EXPECT_EQ(kind_of("14"), Kind::Ignored);
  EXPECT_EQ(kind_of("93"), Kind::Ignored) << "the time stamp's bit";
  EXPECT_EQ(kind_of("cd00"), Kind::Data) << "both modifier bits";
}

TEST(ClientFrame, KnowsWhatMeansNothing) {
  for (const std::string_view hex : {"00", "0b", "0e80", "0f", "10", "16", "1f"})
    EXPECT_EQ(kind_of(hex), Kind::Unknown) << hex;
}

TEST(ClientFrame, KnowsWhatCannotBeRead) {
  for (const std::string_view hex : {"", "0d", "0da0", "0da561", "0dca0000003f", "0dc1", "0dd9", "11", "15", "1500",
                                     "15ff00", "15a161", "15ca0000003f00", "15cf000000000100000000"}) {
    EXPECT_EQ(kind_of(hex), Kind::Malformed) << hex;
  }
}

TEST(ServerFrame, MessagesMatchTheReferenceServer) {
  const nlohmann::json vector = load_vector("23-messages-server-to-client");
  for (const nlohmann::json& message : vector["messages"]) {
    if (!message["type"].is_string()) continue;
    const std::string type = message["type"];
    const std::vector<std::uint8_t> whole = from_hex(message["hex"].get<std::string>());
    const ByteSpan payload = decode_client_frame(whole).payload;  // the two directions have one layout
    EXPECT_EQ(framed([&](FrameBuffer& out) { write_message(out, type, payload); }), message["hex"].get<std::string>());
  }
  EXPECT_EQ(framed([](FrameBuffer& out) { write_message_bytes(out, "blob", from_hex("010203fa")); }),
            vector["sendBytes"]["hex"].get<std::string>());
}

TEST(ServerFrame, PayloadsCarryWhatTheReferenceServerSends) {
  MsgpackDocument document;
  for (const nlohmann::json vector = load_vector("23-messages-server-to-client");
       const nlohmann::json& message : vector["messages"]) {
    const std::vector<std::uint8_t> bytes = from_hex(message["hex"].get<std::string>());
    const ClientFrame frame = decode_client_frame(bytes);
    if (!frame.has_payload) continue;
    ASSERT_TRUE(document.parse(frame.payload));
    nlohmann::json payload = to_json(document.root());
    if (message["type"] == "undef") payload.erase("a");
    EXPECT_EQ(payload, payload_of(message));
  }
}

TEST(ServerFrame, ErrorMatchesTheReferenceServer) {
  EXPECT_EQ(framed([](FrameBuffer& out) { write_error(out, 1234, "custom error"); }),
            vector_frame("25-error-frame", 1));
}

TEST(ServerFrame, LongErrorTextIsCutBetweenCharacters) {
  std::string text(1023, 'x');
  text += "é";
  FrameBuffer out;
  write_error(out, 526, text);
  ByteReader reader(out.view().subspan(1));
  EXPECT_EQ(read_num(reader), 526);
  EXPECT_EQ(read_str(reader), std::string(1023, 'x'));
}

TEST(ServerFrame, BareOnesAreOneByte) {
  EXPECT_EQ(framed(write_ping), vector_frame("26-ping-and-latency", 1));
  EXPECT_EQ(framed(write_leave), "0c");
}

TEST(ServerFrame, ResponsesMatchTheReferenceServer) {
  const nlohmann::json frames = load_vector("24-request-response-0.18")["frames"];
  EXPECT_EQ(framed([](FrameBuffer& out) { write_response(out, 0, kResponseValue, from_hex("de0001a373756d05")); }),
            frames[1]["hex"].get<std::string>());
  EXPECT_EQ(
      framed([](FrameBuffer& out) { write_response(out, 1, kResponseRejected, from_hex("de0001a3776879a26e6f")); }),
      frames[3]["hex"].get<std::string>());
}

TEST(ServerFrame, FaultsCarryNameMessageAndCode) {
  FrameBuffer out;
  write_fault(out, 300, "no_handler", "nobody answers");
  EXPECT_TRUE(hex_of(out).starts_with("16cd2c0102"));
  MsgpackDocument document;
  ASSERT_TRUE(document.parse(out.view().subspan(5)));
  EXPECT_EQ(to_json(document.root()), nlohmann::json::parse(R"({"name":"no_handler","message":"nobody answers"})"));

  out.clear();
  write_fault(out, 0, "Error", "boom", 4217);
  ASSERT_TRUE(document.parse(out.view().subspan(3)));
  EXPECT_EQ(document.root().find("code")->as_integer(), 4217);
}

/// Reflection operations of a captured or assembled JOIN_ROOM, without what its layout puts in front.
std::vector<std::uint8_t> reflection_in(const std::string& frame_hex, std::size_t front_bytes) {
  const std::vector<std::uint8_t> bytes = from_hex(frame_hex);
  const std::size_t ids = 1 + 1 + bytes[1] + 1 + 6;
  return {bytes.begin() + static_cast<std::ptrdiff_t>(ids + front_bytes), bytes.end()};
}

TEST(JoinRoom, CompatibleLayoutIsTheOneThatAllSdksTake) {
  const std::string expected = vector_frame("31-join-room-compat-all-versions", 0);
  const std::vector<std::uint8_t> reflection = reflection_in(expected, 5);
  EXPECT_EQ(framed([&](FrameBuffer& out) {
              write_join_room(out, "tok123456", "schema", reflection, JoinLayout::Compatible);
            }),
            expected);
}

TEST(JoinRoom, PlainLayoutIsThatOfTheOlderServers) {
  for (const char* name : {"19-join-and-reconnect-flow-0.17", "20-join-flow-0.16"}) {
    const std::string expected = vector_frame(name, 1);
    const std::vector<std::uint8_t> bytes = from_hex(expected);
    const std::string token(bytes.begin() + 2, bytes.begin() + 2 + bytes[1]);
    const std::vector<std::uint8_t> reflection = reflection_in(expected, 0);
    EXPECT_EQ(framed([&](FrameBuffer& out) { write_join_room(out, token, "schema", reflection, JoinLayout::Plain); }),
              expected);
  }
}

TEST(JoinRoom, DiffersFromThatOfTheLatestServerByTheLeadingSwitchOnly) {
  const std::string captured = vector_frame("18-join-flow-sdk-0.18", 1);
  const std::vector<std::uint8_t> reflection = reflection_in(captured, 3);
  std::string ours = framed(
      [&](FrameBuffer& out) { write_join_room(out, "yciAjhNFK", "schema", reflection, JoinLayout::Compatible); });
  const std::size_t length_at = 2 * 18;
  EXPECT_EQ(ours.substr(length_at, 10), "cd8101ff00");
  EXPECT_EQ(captured.substr(length_at, 6), "cd7f01");
  EXPECT_EQ(ours.erase(length_at, 10), std::string(captured).erase(length_at, 6));
}

TEST(JoinRoom, EndsAfterTheSerializerWhenTheClientKnowsTheTypes) {
  const std::vector<std::uint8_t> reflection(10, 1);
  EXPECT_EQ(framed([&](FrameBuffer& out) {
              write_join_room(out, "tokNEW999", "schema", reflection, JoinLayout::SkipHandshake);
            }),
            vector_frame("32-join-room-skip-handshake", 2));
  EXPECT_EQ(framed([&](FrameBuffer& out) { write_join_room(out, "t", "none", {}, JoinLayout::Compatible); }),
            "0a0174046e6f6e65");
}

TEST(JoinRoom, LengthNeverLooksLikeASwitch) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{253}, std::size_t{252}, std::size_t{0x1fd},
                                 std::size_t{0x2fe}, kReflectionBytesMax}) {
    const std::vector<std::uint8_t> reflection(size, 0x55);
    FrameBuffer out;
    write_join_room(out, "", "schema", reflection, JoinLayout::Compatible);
    const ByteSpan tail = out.view().subspan(9);
    ASSERT_EQ(tail[0], 0xcd);
    EXPECT_NE(tail[1], 0xff);
    EXPECT_NE(tail[2], 0xff);
    const std::size_t length = tail[1] | std::size_t{tail[2]} << 8;
    EXPECT_EQ(length, tail.size() - 3);
    EXPECT_EQ(to_hex(tail.subspan(3, 2)), "ff00");
    EXPECT_EQ(tail.back(), 0x55);
  }
}

}  // namespace
}  // namespace throng::protocol
