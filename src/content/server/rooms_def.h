#pragma once
// config/server/rooms.json: the kinds of rooms that match-making can make, by the name that clients ask for.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace throng::content {

/// Which class of the program runs the room.
enum class RoomKind { World, Lobby, Mmo };

/// Who sees whom.
struct InterestDef {
  int radius_units = 256;  ///< nearer than this is visible
  int margin_units = 32;   ///< beyond radius + margin is gone
  int refresh_ticks = 4;   ///< each client's set is looked at anew every so many ticks
  int visible_max = 2048;  ///< entities one client may see, the nearest first
};

/// What happens to a client that does not read.
struct SlowClientDef {
  int close_after_ms = 10'000;
};

/// Token bucket for one type of message.
struct MessageRateDef {
  std::string message;  ///< the key, for instance `move`
  int per_s = 10;
  int burst = 20;
};

/// Rooms of kind `world`: the game.
struct WorldOptions {
  std::vector<std::string> maps = {"meadow"};  ///< 1..100 names of files in config/content/maps
  std::string default_map;                     ///< one of `maps`; the first when the file says nothing
  Milliunits player_speed = units(160);        ///< per second
  bool debug = false;                          ///< clients may ask why monsters do what they do
  bool persistent = true;                      ///< a restarted server carries on from the room's last checkpoint
  int checkpoint_interval_ms = 30'000;
  int character_checkpoint_ms = 10'000;        ///< where a character stands is kept this often
  int combat_logout_ms = 10'000;               ///< the body of who leaves in a fight stays so long; 0: not
};

/// Rooms of kind `mmo`: the open field of the load tests.
struct MmoOptions {
  int side_units = 3000;
  int monsters = 0;
};

/// One entry of the file. Options of a kind are there exactly when the room is of that kind.
struct RoomKindDef {
  std::string name;  ///< the key; [A-Za-z0-9_-]{1,64}
  RoomKind kind = RoomKind::World;
  int max_clients = 1000;
  bool is_private = false;            ///< JSON `private`: joinable by id only
  bool auto_dispose = true;           ///< the room ends when the last client has gone
  int auto_dispose_after_ms = 0;      ///< how long it stays empty first
  bool keep_at_least_one = false;     ///< made when the program starts
  int tick_rate_hz = 20;
  int patch_rate_hz = 20;             ///< divides tick_rate_hz
  InterestDef interest;
  int patch_bytes_max = 16'384;       ///< budget of one patch to one client
  int seat_timeout_ms = 15'000;
  int reconnect_grace_ms = 20'000;
  SlowClientDef slow_client;
  int messages_per_s_max = 60;        ///< all types together, per client
  std::vector<MessageRateDef> message_rates;  ///< in the order of the file
  int entities_max = 65'000;
  std::optional<WorldOptions> world;
  std::optional<MmoOptions> mmo;
  std::string metadata = "{}";        ///< a JSON object in compact text, handed to clients as it is

  int ticks_per_patch() const { return tick_rate_hz / patch_rate_hz; }
  /// The limit of one type of message, or null when it has none of its own.
  const MessageRateDef* message_rate(std::string_view message) const;
};

struct RoomsDef {
  std::vector<RoomKindDef> rooms;  ///< in the order of the file; 1..kRoomKindsMax, names unique

  /// The entry of this name, or null.
  const RoomKindDef* find(std::string_view name) const;
};

inline constexpr int kRoomKindsMax = 256;
inline constexpr int kMetadataBytesMax = 4096;

/// @return the definitions, or every problem of the file, one per line. Any thread.
Result<RoomsDef> parse_rooms(std::string_view text, std::string_view file);

/// The draft-07 JSON Schema of the file, as committed in config/schema/rooms.schema.json.
std::string json_schema_for_rooms();

}  // namespace throng::content
