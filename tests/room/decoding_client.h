#pragma once
// A client that decodes what it is sent, strictly: every reference must be known, every operation complete.

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "load/state_decoder.h"
#include "load/wire.h"
#include "room/fake_surroundings.h"

namespace throng::room::test {

class DecodingClient {
 public:
  explicit DecodingClient(std::uint64_t link = 0) : link_{link} {}

  /// A client that holds nothing reads its JOIN_ROOM again, as after a new link with the reflection.
  void use_link(std::uint64_t link) {
    link_ = {link};
    read_ = 0;
  }

  /// Applies what has come since the last time.
  void read(RecordingTransport& transport) {
    const std::vector<Bytes>& frames = transport.to(link_);
    for (; read_ < frames.size(); ++read_) apply(frames[read_]);
  }

  double root(const std::string& field) const { return value(decoder_->root(), field).number; }
  std::string root_text(const std::string& field) const { return value(decoder_->root(), field).text; }
  double me(const std::string& field) const {
    const bench::Structure* me = decoder_->find(value(decoder_->root(), "me").reference);
    return me == nullptr ? -1 : value(*me, field).number;
  }
  /// A field of an entry of a map of `me`; not present when there is no such entry.
  bench::StateValue own(const std::string& map, const std::string& key, const std::string& field) const {
    const bench::Structure* me = decoder_->find(value(decoder_->root(), "me").reference);
    const bench::Structure* entries = me == nullptr ? nullptr : decoder_->find(value(*me, map).reference);
    if (entries == nullptr) return {};
    for (const auto& [index, one] : entries->entries) {
      if (one.key == key) return value(*decoder_->find(one.value.reference), field);
    }
    return {};
  }
  /// The keys of a root map.
  std::vector<std::string> keys(const std::string& map) const {
    std::vector<std::string> found;
    const bench::Structure* entries = decoder_->find(value(decoder_->root(), map).reference);
    if (entries == nullptr) return found;
    for (const auto& [index, entry] : entries->entries) found.push_back(entry.key);
    std::sort(found.begin(), found.end());
    return found;
  }
  /// A field of an entry of a root map; not present when there is no such entry.
  bench::StateValue entry(const std::string& map, const std::string& key, const std::string& field) const {
    const bench::Structure* entries = decoder_->find(value(decoder_->root(), map).reference);
    if (entries == nullptr) return {};
    for (const auto& [index, one] : entries->entries) {
      if (one.key == key) return value(*decoder_->find(one.value.reference), field);
    }
    return {};
  }
  bool has_state() const { return states_ > 0; }

 private:
  void apply(const Bytes& frame) {
    if (opcode_of(frame) == protocol::Opcode::JoinRoom && !decoder_) {
      const std::optional<bench::JoinRoom> join = bench::parse_join_room(frame);
      ASSERT_TRUE(join && join->has_state);
      std::optional<bench::StateTypes> types = bench::parse_reflection(join->reflection);
      ASSERT_TRUE(types);
      decoder_.emplace(*std::move(types));
    }
    const bool is_state = opcode_of(frame) == protocol::Opcode::RoomState;
    if (!is_state && opcode_of(frame) != protocol::Opcode::RoomStatePatch) return;
    states_ += is_state ? 1 : 0;
    ASSERT_TRUE(decoder_);
    ASSERT_EQ(decoder_->apply(ByteSpan(frame).subspan(1)), bench::DecodeVerdict::Ok) << "frame " << read_;
  }

  bench::StateValue value(const bench::Structure& structure, const std::string& field) const {
    const std::vector<bench::FieldType>& fields =
        decoder_->types().types.at(static_cast<std::size_t>(structure.type)).fields;
    for (std::size_t i = 0; i < fields.size() && i < structure.fields.size(); ++i) {
      if (fields[i].name == field) return structure.fields[i];
    }
    return {};
  }

  LinkId link_;
  std::size_t read_ = 0;
  int states_ = 0;
  std::optional<bench::StateDecoder> decoder_;
};

}  // namespace throng::room::test
