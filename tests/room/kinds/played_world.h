#pragma once
// A world room with clients that decode it: what the tests of its parts begin with.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "room/kinds/world_content.h"
#include "room/kinds/world_room.h"
#include "room/logic_room.h"
#include "sim/character_sheet.h"

namespace throng::room::test {

class PlayedWorld : public ::testing::Test {
 protected:
  void open(const content::RoomKindDef& def = world_def(), SharedContent content = slimes(),
            std::shared_ptr<const content::MapDef> map = field_map()) {
    const WorldRoomSettings settings{std::move(map), std::move(content), 11, &recording};
    rooms.emplace(def, [settings](RoomControl& control) { return make_world_room(control, settings); });
  }
  LogicRoom& room() { return *rooms; }

  static JoinOptions named(const std::string& name) {
    JoinOptions options;
    options.add("name", name);
    return options;
  }
  static JoinOptions arriving(const std::string& name, const sim::CharacterSheet& sheet) {
    JoinOptions options;
    options.arrival = std::make_shared<const Arrival>(
        Arrival{.name = name, .spawn = {}, .sheet = sim::save_sheet(sheet), .friends = {}, .ignored = {}});
    return options;
  }

  /// Link `link` is told its state.
  DecodingClient& play(std::uint64_t link, const std::string& session) { return play(link, session, named(session)); }
  DecodingClient& play(std::uint64_t link, const std::string& session, JoinOptions options) {
    room().enter(link, session, std::move(options));
    room().step(2);
    return room().players.at(link).client;
  }

  /// {key: text, …} of a message.
  static Bytes texts_payload(const std::vector<std::pair<std::string, std::string>>& texts) {
    ByteWriter bytes;
    protocol::MsgpackWriter writer(bytes);
    writer.map(texts.size());
    for (const auto& [key, text] : texts) writer.key(key).string(text);
    return bytes.take();
  }
  /// The payloads of the `type` messages that reached the link.
  std::vector<Bytes> payloads(std::uint64_t link, std::string_view type) {
    std::vector<Bytes> found;
    for (const Bytes& frame : room().transport.to({link}, protocol::Opcode::RoomData)) {
      if (type_of(frame) == type) found.push_back(payload_of(frame));
    }
    return found;
  }

  KeptRecording recording;
  std::optional<LogicRoom> rooms;
};

}  // namespace throng::room::test
