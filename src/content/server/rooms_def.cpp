#include "content/server/rooms_def.h"

#include <algorithm>

#include <fmt/format.h>

#include "content/description.h"

namespace throng::content {
namespace {

const Description<InterestDef>& interest_description() {
  static const Description<InterestDef> description{
      .help = "Who sees whom",
      .fields = {field("radius_units", &InterestDef::radius_units,
                       {.min = 16, .max = 100'000, .help = "Entities nearer than this are visible"}),
                 field("margin_units", &InterestDef::margin_units,
                       {.min = 0, .max = 10'000, .help = "Entities beyond radius + margin are gone"}),
                 field("refresh_ticks", &InterestDef::refresh_ticks,
                       {.min = 1, .max = 60, .help = "Ticks between two looks at one client's set"}),
                 field("visible_max", &InterestDef::visible_max,
                       {.min = 1, .max = 65'000, .help = "Entities one client may see; the nearest come first"})},
      .check = {}};
  return description;
}

const Description<SlowClientDef>& slow_client_description() {
  static const Description<SlowClientDef> description{
      .help = "What happens to a client that does not read",
      .fields = {field("close_after_ms", &SlowClientDef::close_after_ms,
                       {.min = 100, .max = 600'000, .help = "Closed after being behind this long"})},
      .check = {}};
  return description;
}

const Description<MessageRateDef>& message_rate_description() {
  static const Description<MessageRateDef> description{
      .help = "Limit of one type of message",
      .fields = {field("per_s", &MessageRateDef::per_s,
                       {.min = 1, .max = 10'000, .required = true, .help = "Messages per second in the long run"}),
                 field("burst", &MessageRateDef::burst,
                       {.min = 1, .max = 10'000, .required = true, .help = "Messages at once after a pause"})},
      .check = {}};
  return description;
}

void check_world(JsonObject& object, WorldOptions& world) {
  for (std::size_t i = 0; i < world.maps.size(); ++i) {
    if (std::find(world.maps.begin(), world.maps.begin() + static_cast<std::ptrdiff_t>(i), world.maps[i]) !=
        world.maps.begin() + static_cast<std::ptrdiff_t>(i)) {
      object.value().report(
          fmt::format("found the map {} twice in maps, expected it once", json_quoted(world.maps[i])));
    }
  }
  if (!object.has("default_map")) {
    world.default_map = world.maps.empty() ? std::string() : world.maps.front();
  } else if (std::find(world.maps.begin(), world.maps.end(), world.default_map) == world.maps.end()) {
    object.value().report(
        fmt::format("found default_map {}, expected one of the names in maps", json_quoted(world.default_map)));
  }
}

const Description<WorldOptions>& world_description() {
  using W = WorldOptions;
  static const Description<W> description{
      .help = "Options of rooms of kind world",
      .fields = {field("maps", &W::maps,
                       {.size_min = 1,
                        .size_max = 100,
                        .each = {.form = TextForm::Name},
                        .help = "Maps that can be joined: names of files in config/content/maps, without ending"}),
                 field("default_map", &W::default_map,
                       {.form = TextForm::Name, .help = "The map of a client that names none; else the first of maps"}),
                 field("player_speed_units_per_s", &W::player_speed,
                       {.min = 1, .max = 2000, .help = "Walking speed of players"}),
                 field("debug", &W::debug,
                       {.help = "Clients may ask why a monster does what it does; for development"}),
                 field("persistent", &W::persistent,
                       {.help = "A server that starts again carries on from the room's last checkpoint"}),
                 field("checkpoint_interval_ms", &W::checkpoint_interval_ms,
                       {.min = 1000, .max = 3'600'000, .help = "Time between two checkpoints of a room's world"}),
                 field("character_checkpoint_ms", &W::character_checkpoint_ms,
                       {.min = 1000, .max = 3'600'000, .help = "Time between two checkpoints of where a character is"}),
                 field(
                     "combat_logout_ms", &W::combat_logout_ms,
                     {.min = 0,
                      .max = 600'000,
                      .help = "The body of a character that is kept stays so long when its player leaves in a fight"})},
      .check = check_world};
  return description;
}

const Description<MmoOptions>& mmo_description() {
  static const Description<MmoOptions> description{
      .help = "Options of rooms of kind mmo, the open field of the load tests",
      .fields = {field("side_units", &MmoOptions::side_units,
                       {.min = 16, .max = 131'072, .help = "Side of the square"}),
                 field("monsters", &MmoOptions::monsters, {.min = 0, .max = 60'000, .help = "Wandering monsters"})},
      .check = {}};
  return description;
}

template <typename Options>
void check_options(JsonObject& object, std::string_view key, bool wanted, std::optional<Options>& options,
                   const Options& defaults) {
  if (wanted && !options) options = defaults;
  if (!wanted && object.has(key)) {
    object.value().report(fmt::format("found options \"{0}\" in a room of another kind, expected kind \"{0}\"", key));
  }
}

void check_room(JsonObject& object, RoomKindDef& room) {
  WorldOptions world;
  world.default_map = world.maps.front();
  check_options(object, "world", room.kind == RoomKind::World, room.world, world);
  check_options(object, "mmo", room.kind == RoomKind::Mmo, room.mmo, MmoOptions{});
  if (room.patch_rate_hz > 0 && room.tick_rate_hz % room.patch_rate_hz != 0) {
    object.value().report(fmt::format("found patch_rate_hz {}, expected a divisor of tick_rate_hz {}",
                                      room.patch_rate_hz, room.tick_rate_hz));
  }
  const int entities_needed = room.max_clients + (room.mmo ? room.mmo->monsters : 0);
  if (room.entities_max < entities_needed) {
    object.value().report(fmt::format("found entities_max {}, expected at least {} for the clients and monsters",
                                      room.entities_max, entities_needed));
  }
}

std::vector<Field<RoomKindDef>> membership_fields() {
  using R = RoomKindDef;
  return {
      choice_field("kind", &R::kind,
                   ChoiceField<RoomKind>{
                       .names = {{"world", RoomKind::World}, {"lobby", RoomKind::Lobby}, {"mmo", RoomKind::Mmo}},
                       .required = true,
                       .help = "world: the game; lobby: the list of rooms; mmo: the load test"}),
      field("max_clients", &R::max_clients, {.min = 1, .max = 10'000, .help = "Clients in one room"}),
      field("private", &R::is_private, {.help = "Joinable by its id only, and not listed"}),
      field("auto_dispose", &R::auto_dispose, {.help = "The room ends when the last client has gone"}),
      field("auto_dispose_after_ms", &R::auto_dispose_after_ms,
            {.min = 0, .max = 86'400'000, .help = "How long it stays empty first"}),
      field("keep_at_least_one", &R::keep_at_least_one, {.help = "Made when the program starts, and again when gone"}),
      field("seat_timeout_ms", &R::seat_timeout_ms,
            {.min = 100, .max = 600'000, .help = "Time from the seat to the connection"}),
      field("reconnect_grace_ms", &R::reconnect_grace_ms,
            {.min = 0, .max = 3'600'000, .help = "Time a seat is kept for a client that was cut off"}),
  };
}

std::vector<Field<RoomKindDef>> running_fields() {
  using R = RoomKindDef;
  return {
      field("tick_rate_hz", &R::tick_rate_hz, {.min = 1, .max = 60, .help = "Steps of the simulation in a second"}),
      field("patch_rate_hz", &R::patch_rate_hz,
            {.min = 1, .max = 60, .help = "Patches to each client in a second; must divide tick_rate_hz"}),
      object_field("interest", &R::interest, interest_description()),
      field("patch_bytes_max", &R::patch_bytes_max,
            {.min = 1024, .max = 1 << 20, .help = "Budget of one patch to one client; near things come first"}),
      object_field("slow_client", &R::slow_client, slow_client_description()),
      field("messages_per_s_max", &R::messages_per_s_max,
            {.min = 1, .max = 10'000, .help = "Messages of all types from one client in a second"}),
      entries_field("message_rates", &R::message_rates, &MessageRateDef::message, message_rate_description(),
                    {.size_min = 0, .size_max = 64, .required = false, .help = "Limits by type of message"}),
      field("entities_max", &R::entities_max, {.min = 1, .max = 65'000, .help = "Entities in one room"}),
      object_field("world", &R::world, world_description()),
      object_field("mmo", &R::mmo, mmo_description()),
      json_field("metadata", &R::metadata, kMetadataBytesMax, "Any JSON object, shown to clients that list rooms"),
  };
}

const Description<RoomKindDef>& room_description() {
  static const Description<RoomKindDef> description = [] {
    Description<RoomKindDef> made{.help = "One kind of room", .fields = membership_fields(), .check = check_room};
    for (Field<RoomKindDef>& one : running_fields()) made.fields.push_back(std::move(one));
    return made;
  }();
  return description;
}

const Description<RoomsDef>& rooms_description() {
  static const Description<RoomsDef> description{
      .help = "Throng: kinds of rooms",
      .fields = {schema_reference_field<RoomsDef>(), version_field<RoomsDef>(),
                 entries_field("rooms", &RoomsDef::rooms, &RoomKindDef::name, room_description(),
                               {.size_min = 1,
                                .size_max = kRoomKindsMax,
                                .required = true,
                                .help = "The kinds by the name that clients join"})},
      .check = {}};
  return description;
}

}  // namespace

const MessageRateDef* RoomKindDef::message_rate(std::string_view message) const {
  for (const MessageRateDef& rate : message_rates) {
    if (rate.message == message) return &rate;
  }
  return nullptr;
}

const RoomKindDef* RoomsDef::find(std::string_view name) const {
  for (const RoomKindDef& room : rooms) {
    if (room.name == name) return &room;
  }
  return nullptr;
}

Result<RoomsDef> parse_rooms(std::string_view text, std::string_view file) {
  return parse_described(text, file, rooms_description());
}

std::string json_schema_for_rooms() { return schema_of(rooms_description()); }

}  // namespace throng::content
