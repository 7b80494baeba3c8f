#pragma once
// Builds streams for the official decoders (tests/integration/decoders): what the encoders write, and beside it what
// a client must then hold.

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "base/frame_buffer.h"
#include "protocol/frames.h"
#include "protocol/schema/row.h"
#include "protocol/vectors.h"
#include "support/source_dir.h"

namespace throng::protocol::testing {

class StateStream {
 public:
  void join(const StateInfo& state) {
    FrameBuffer frame;
    write_join_room(frame, "token", "schema", encode_reflection(state), JoinLayout::Compatible);
    line({{"kind", "join"}, {"hex", to_hex(frame.view())}});
  }

  void begin(Opcode opcode) {
    frame_.clear();
    frame_.append(static_cast<std::uint8_t>(opcode));
  }
  void switch_to(std::uint32_t ref) { frame_.commit(write_switch(frame_.reserve(kSwitchBytesMax), ref)); }
  template <class Row>
  void complete(const Row& row) {
    frame_.commit(encode_complete(row, frame_.reserve(kRowBytesMax<Row>)));
  }
  template <class Row>
  void changes(const Row& before, const Row& now) {
    frame_.commit(encode_changes(before, now, frame_.reserve(kRowBytesMax<Row>)));
  }
  void links(std::uint8_t* (*encode)(std::uint8_t*)) { frame_.commit(encode(frame_.reserve(64))); }
  void add(std::uint32_t index, std::string_view key, std::uint32_t ref) {
    std::uint8_t* at = frame_.reserve(64 + key.size());
    *at++ = kAdd;
    frame_.commit(write_num(write_str(write_num(at, index), key), ref));
  }
  void remove(std::uint32_t index) {
    std::uint8_t* at = frame_.reserve(16);
    *at++ = kDelete;
    frame_.commit(write_num(at, index));
  }
  FrameBuffer& frame() { return frame_; }
  void send() { line({{"kind", "frame"}, {"client", 0}, {"hex", to_hex(frame_.view())}}); }

  void expect(const nlohmann::json& state) { line({{"kind", "expect"}, {"client", 0}, {"state", state}}); }
  void events(const std::string& map, const std::vector<std::string>& added, const std::vector<std::string>& removed) {
    line({{"kind", "events"}, {"client", 0}, {"map", map}, {"added", added}, {"removed", removed}});
  }

  const std::string& text() const { return text_; }

 private:
  void line(const nlohmann::json& line) { text_ += line.dump() + "\n"; }

  FrameBuffer frame_;
  std::string text_;
};

/// Contents of a recorded stream; with THRONG_UPDATE_GOLDEN set it is written anew first.
inline std::string golden_stream(const std::string& name, const std::string& now) {
  const std::string path = source_dir() + "/tests/integration/decoders/streams/" + name;
  if (std::getenv("THRONG_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << now;
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace throng::protocol::testing
