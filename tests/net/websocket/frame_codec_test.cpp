#include "net/websocket/frame_codec.h"

#include <gtest/gtest.h>

namespace throng::net {
namespace {

using Kind = FrameEvent::Kind;
using Bytes = std::vector<std::uint8_t>;

struct Seen {
  Kind kind;
  bool is_text;
  std::uint16_t code;
  std::string payload;
  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<Seen> parse_all(FrameParser& parser, Bytes bytes, std::size_t step) {
  std::vector<Seen> seen;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::span<std::uint8_t> input = std::span(bytes).subspan(at, std::min(step, bytes.size() - at));
    for (;;) {
      const FrameEvent event = parser.next(input);
      if (event.kind == Kind::NeedMore) break;
      seen.push_back({event.kind, event.is_text, event.close_code, std::string(as_text(event.payload))});
    }
    EXPECT_TRUE(input.empty());
  }
  return seen;
}

/// Parses whole and byte by byte, which must agree.
std::vector<Seen> parse(const Bytes& bytes, std::uint32_t limit = 4096) {
  FrameParser whole(FrameParser::Role::Server, limit);
  FrameParser split(FrameParser::Role::Server, limit);
  std::vector<Seen> seen = parse_all(whole, bytes, bytes.size());
  EXPECT_EQ(seen, parse_all(split, bytes, 1));
  return seen;
}

Bytes masked(Opcode opcode, std::string_view payload, bool final_fragment = true) {
  Bytes out;
  append_masked_frame(out, opcode, as_bytes(payload), 0xA1B2C3D4u, final_fragment);
  return out;
}

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Seen message(std::string payload, bool is_text = false) { return {Kind::Message, is_text, 0, std::move(payload)}; }
Seen violation(std::uint16_t code) { return {Kind::Violation, false, code, ""}; }
std::vector<Seen> list(std::initializer_list<Seen> items) { return items; }

Bytes masked_close(std::uint16_t code, std::string_view reason) {
  return masked(Opcode::Close, as_text(close_payload(code, reason)));
}

TEST(FrameParser, ReadsEachLengthEncoding) {
  for (const std::size_t size : {0u, 1u, 125u, 126u, 127u, 4096u}) {
    const std::string payload(size, 'x');
    EXPECT_EQ(parse(masked(Opcode::Binary, payload)), list({message(payload)})) << size;
  }
  const std::string large(70'000, 'y');
  EXPECT_EQ(parse(masked(Opcode::Binary, large), 100'000), list({message(large)}));
}

TEST(FrameParser, ReadsSeveralFramesFromOneRead) {
  const Bytes bytes = joined({masked(Opcode::Binary, "one"), masked(Opcode::Text, "two"), masked(Opcode::Ping, "p")});
  EXPECT_EQ(parse(bytes), list({message("one"), message("two", true), {Kind::Ping, false, 0, "p"}}));
}

TEST(FrameParser, KeepsNoMemoryBetweenWholeFrames) {
  FrameParser parser(FrameParser::Role::Server, 4096);
  Bytes frame = masked(Opcode::Binary, "whole");
  parse_all(parser, frame, 3);
  EXPECT_FALSE(parser.incomplete());
  frame.pop_back();
  parse_all(parser, frame, frame.size());
  EXPECT_TRUE(parser.incomplete());
}

TEST(FrameParser, JoinsFragmentsAroundControlFrames) {
  const Bytes bytes =
      joined({masked(Opcode::Text, "Hel", false), masked(Opcode::Ping, "?"), masked(Opcode::Continuation, "lo ", false),
              masked(Opcode::Pong, ""), masked(Opcode::Continuation, "you"), masked(Opcode::Binary, "next")});
  EXPECT_EQ(
      parse(bytes),
      list({{Kind::Ping, false, 0, "?"}, {Kind::Pong, false, 0, ""}, message("Hello you", true), message("next")}));
}

TEST(FrameParser, AcceptsAFragmentedMessageOfNoBytes) {
  EXPECT_EQ(parse(joined({masked(Opcode::Binary, "", false), masked(Opcode::Continuation, "")})), list({message("")}));
}

TEST(FrameParser, ChecksTextOverFragmentBorders) {
  EXPECT_EQ(parse(joined({masked(Opcode::Text, "\xE2\x82", false), masked(Opcode::Continuation, "\xAC")})),
            list({message("\xE2\x82\xAC", true)}));
  EXPECT_EQ(parse(joined({masked(Opcode::Text, "\xE2\x82", false), masked(Opcode::Continuation, "x")})),
            list({violation(1007)}));
  EXPECT_EQ(parse(masked(Opcode::Text, "\xFF")), list({violation(1007)}));
  EXPECT_EQ(parse(masked(Opcode::Binary, "\xFF")), list({message("\xFF")}));
}

TEST(FrameParser, RefusesUnmaskedFramesFromClients) { EXPECT_EQ(parse({0x82, 0x01, 'x'}), list({violation(1002)})); }

TEST(FrameParser, RefusesMaskedFramesFromServers) {
  FrameParser parser(FrameParser::Role::Client, 4096);
  EXPECT_EQ(parse_all(parser, masked(Opcode::Binary, "x"), 100), list({violation(1002)}));
}

TEST(FrameParser, ReadsServerFramesAsAClient) {
  FrameParser parser(FrameParser::Role::Client, 4096);
  EXPECT_EQ(parse_all(parser, {0x82, 0x02, 'h', 'i', 0x8A, 0x00}, 1),
            list({message("hi"), {Kind::Pong, false, 0, ""}}));
}

TEST(FrameParser, RefusesReservedBits) {
  for (const int bit : {0x40, 0x20, 0x10}) {
    Bytes frame = masked(Opcode::Binary, "x");
    frame[0] = static_cast<std::uint8_t>(frame[0] | bit);
    EXPECT_EQ(parse(frame), list({violation(1002)}));
  }
}

TEST(FrameParser, RefusesUnknownOpcodes) {
  for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    EXPECT_EQ(parse(masked(static_cast<Opcode>(opcode), "x")), list({violation(1002)})) << opcode;
}

TEST(FrameParser, RefusesLongOrFragmentedControlFrames) {
  EXPECT_EQ(parse(masked(Opcode::Ping, std::string(126, 'x'))), list({violation(1002)}));
  EXPECT_EQ(parse(masked(Opcode::Ping, "x", false)), list({violation(1002)}));
  EXPECT_EQ(parse(masked(Opcode::Ping, std::string(125, 'x'))).front().kind, Kind::Ping);
}

TEST(FrameParser, RefusesContinuationsOutOfPlace) {
  EXPECT_EQ(parse(masked(Opcode::Continuation, "x")), list({violation(1002)}));
  EXPECT_EQ(parse(joined({masked(Opcode::Text, "a", false), masked(Opcode::Text, "b")})), list({violation(1002)}));
}

TEST(FrameParser, RefusesMessagesOverTheLimitFromTheHeaderAlone) {
  Bytes header = masked(Opcode::Binary, std::string(4097, 'x'));
  header.resize(8);
  EXPECT_EQ(parse(header), list({violation(1009)}));
  EXPECT_EQ(parse(joined({masked(Opcode::Binary, std::string(4000, 'x'), false),
                          masked(Opcode::Continuation, std::string(97, 'x'))})),
            list({violation(1009)}));
}

TEST(FrameParser, RefusesLengthsWithTheTopBit) {
  EXPECT_EQ(parse({0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4}), list({violation(1002)}));
}

TEST(FrameParser, SwallowsEverythingAfterAViolation) {
  EXPECT_EQ(parse(joined({masked(Opcode::Continuation, "x"), masked(Opcode::Binary, "y")})), list({violation(1002)}));
}

TEST(FrameParser, ReadsCloseCodesAndReasons) {
  EXPECT_EQ(parse(masked(Opcode::Close, "")), list({{Kind::Close, false, 1005, ""}}));
  EXPECT_EQ(parse(masked_close(4000, "bye")), list({{Kind::Close, false, 4000, "bye"}}));
}

TEST(FrameParser, RefusesMalformedCloseFrames) {
  EXPECT_EQ(parse(masked(Opcode::Close, "x")), list({violation(1002)}));
  for (const int code : {0, 999, 1004, 1006, 1015, 1016, 2999, 5000})
    EXPECT_EQ(parse(masked_close(static_cast<std::uint16_t>(code), "")), list({violation(1002)})) << code;
  EXPECT_EQ(parse(masked(Opcode::Close, std::string("\x03\xE8\xFF", 3))), list({violation(1007)}));
}

TEST(FrameCodec, KnowsWhichCloseCodesMayBeSent) {
  for (const int code : {1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4010, 4999})
    EXPECT_TRUE(is_valid_close_code(static_cast<std::uint16_t>(code))) << code;
}

TEST(FrameCodec, CutsCloseReasonsAtACharacter) {
  const std::string reason = std::string(122, 'x') + "\xC3\xA9";
  EXPECT_EQ(close_payload(1000, reason).size(), 2u + 122u);
  EXPECT_TRUE(close_payload(1005, "x").empty());
}

TEST(FrameCodec, EncodesServerHeaders) {
  EXPECT_EQ(encode_header(Opcode::Binary, 5).size, 2);
  EXPECT_EQ(encode_header(Opcode::Binary, 126).size, 4);
  EXPECT_EQ(encode_header(Opcode::Binary, 65'536).size, 10);
  EXPECT_EQ(encode_header(Opcode::Text, 0, false).bytes[0], 0x01);
}

TEST(FrameCodec, MasksLikeTheSpecificationsExample) {
  Bytes hello{'H', 'e', 'l', 'l', 'o'};
  apply_mask(hello, {0x37, 0xfa, 0x21, 0x3d});
  EXPECT_EQ(hello, (Bytes{0x7f, 0x9f, 0x4d, 0x51, 0x58}));
}

TEST(FrameCodec, ComputesTheAcceptKeyOfTheSpecificationsExample) {
  EXPECT_EQ(accept_key("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

}  // namespace
}  // namespace throng::net
