#include "load/client_frames.h"

#include <string>

#include <gtest/gtest.h>

namespace throng::bench {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes server_frame(std::uint8_t first, const std::string& payload) {
  Bytes bytes{first};
  if (payload.size() < 126) {
    bytes.push_back(static_cast<std::uint8_t>(payload.size()));
  } else {
    bytes.push_back(126);
    bytes.push_back(static_cast<std::uint8_t>(payload.size() >> 8));
    bytes.push_back(static_cast<std::uint8_t>(payload.size() & 0xff));
  }
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  return bytes;
}

// Feeds the stream in pieces; "opcode:length:kept" of each frame.
std::vector<std::string> read_all(FrameReader& reader, const Bytes& stream, std::size_t piece) {
  std::vector<std::string> seen;
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    ByteSpan input = ByteSpan(stream).subspan(at, std::min(piece, stream.size() - at));
    ServerFrame frame;
    while (reader.next(input, frame) == FrameReader::Step::Frame) {
      seen.push_back(std::to_string(static_cast<int>(frame.opcode)) + ":" + std::to_string(frame.length) + ":" +
                     std::to_string(frame.payload.size()));
    }
  }
  return seen;
}

Bytes sample_stream() {
  Bytes stream;
  for (const std::string& payload : {std::string("abc"), std::string(), std::string(300, 'x'), std::string("tail")}) {
    const Bytes frame = server_frame(0x82, payload);
    stream.insert(stream.end(), frame.begin(), frame.end());
  }
  return stream;
}

TEST(ClientFrame, IsMaskedAsTheStandardShows) {
  Bytes out;
  append_client_frame(out, FrameOpcode::Text, as_bytes("Hello"), {0x37, 0xfa, 0x21, 0x3d});
  EXPECT_EQ(out, (Bytes{0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58}));  // RFC 6455, 5.7
}

TEST(ClientFrame, LongPayloadsHaveATwoByteLength) {
  Bytes out;
  append_client_frame(out, FrameOpcode::Binary, Bytes(300, 1), {});
  EXPECT_EQ(out.size(), 2u + 2u + 4u + 300u);
  EXPECT_EQ(out[1], 0x80 | 126);
  EXPECT_EQ(out[2] << 8 | out[3], 300);
}

TEST(FrameReader, ReadsTheSameFramesHoweverTheyArrive) {
  const Bytes stream = sample_stream();
  for (std::size_t piece : {stream.size(), std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{100}}) {
    FrameReader reader;
    EXPECT_EQ(read_all(reader, stream, piece), (std::vector<std::string>{"2:3:3", "2:0:0", "2:300:300", "2:4:4"}))
        << piece;
  }
}

TEST(FrameReader, KeepsOnlyTheBeginningOfSplitFramesWhenNotAskedForMore) {
  for (std::size_t piece : {std::size_t{1}, std::size_t{50}, std::size_t{200}}) {
    FrameReader reader;
    reader.keep_payload(false);
    const std::vector<std::string> seen = read_all(reader, sample_stream(), piece);
    ASSERT_EQ(seen.size(), 4u);
    EXPECT_EQ(seen[0], "2:3:3");
    EXPECT_EQ(seen[2], "2:300:128") << piece;
    EXPECT_EQ(seen[3], "2:4:4");
  }
}

TEST(FrameReader, RefusesMaskedAndReservedFramesFromTheServer) {
  for (const Bytes& bad : {Bytes{0x82, 0x81, 1, 2, 3, 4, 5}, Bytes{0xc2, 0x01, 5}}) {
    FrameReader reader;
    ByteSpan input(bad);
    ServerFrame frame;
    EXPECT_EQ(reader.next(input, frame), FrameReader::Step::Broken);
  }
}

TEST(FrameReader, RefusesAbsurdLengths) {
  FrameReader reader;
  const Bytes bad{0x82, 127, 0x7f, 0, 0, 0, 0, 0, 0, 0};
  ByteSpan input(bad);
  ServerFrame frame;
  EXPECT_EQ(reader.next(input, frame), FrameReader::Step::Broken);
}

}  // namespace
}  // namespace throng::bench
