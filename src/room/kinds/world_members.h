#pragma once
// Who plays in a world room: one member per session, found by slot, key, session id or shown name.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protocol/sync/private_state.h"
#include "room/kinds/combat_feed.h"
#include "room/room_logic.h"
#include "room/session.h"
#include "sim/intent.h"
#include "sim/space/interest.h"

namespace throng::room {

/// What a member said last, so that nobody says the same thing over and over.
struct LastLine {
  std::string text;
  int times = 0;
};

struct Member {
  sim::PlayerKey key{};
  sim::EntityIndex index = sim::kNoEntity;  ///< none until the world has spawned it, and while it travels
  InlineString<32> name;
  protocol::PrivateState private_state;
  bool dirty = true;           ///< something other than `me` itself may have changed
  std::uint32_t next_seq = 0;  ///< for clients that do not count their moves
  bool present = false;
  bool told_events = false;    ///< has been told of a world event that runs
  Acquaintances circle;        ///< travels along; of a character that is kept it is kept, too
  CharacterLease lease;        ///< of a character that is kept
  SharedRoster party;          ///< the party that it belongs to, as it was heard of last; null: none
  LastLine last_line;
  CombatListener combat;
  std::int64_t kills = 0;      ///< of monsters, in this room
  std::shared_ptr<const Arrival> travels;  ///< the character that has left for another room; null: it is here
  TravelSeat seat;             ///< where `travels` lives from now on; when dismiss_at is set
  Tick dismiss_at;             ///< when a session whose character has gone ends; 0: it does not
};

/// Whether this is who is meant: characters by number, for names change hands; guests by name.
bool is_meant(const Acquaintance& known, const Member& member);
bool ignores(const Acquaintances& circle, const Member& member);

/// Room's thread. Bound: the seats of the room.
class WorldMembers {
 public:
  /// @param first_key  of the first who comes; the next ones count up
  explicit WorldMembers(const RoomControl& control, std::uint32_t first_key = 1)
      : control_(control), next_key_(first_key) {}

  Member& open(SessionSlot slot, const InlineString<32>& name);
  /// The name, with a number behind it when somebody who is here has it.
  InlineString<32> distinct(const InlineString<32>& name) const;
  void close(SessionSlot slot);

  Member& at(SessionSlot slot) { return members_[slot.value]; }
  const Member& at(SessionSlot slot) const { return members_[slot.value]; }
  std::optional<SessionSlot> slot_of(sim::PlayerKey key) const;
  Member* find(sim::PlayerKey key);
  /// By session id, else by shown name: a character that is kept before a guest of its name.
  std::optional<SessionSlot> find(std::string_view session_id_or_name) const;
  /// Somebody on a list, who is here.
  std::optional<SessionSlot> find(const Acquaintance& known) const;
  std::string_view session_id(sim::PlayerKey key) const;

  /// Calls `visit(slot, member)` for everybody who is present.
  template <typename Visit>
  void for_each(Visit&& visit) {
    for (std::uint32_t i = 0; i < members_.size(); ++i) {
      if (members_[i].present) visit(SessionSlot{i}, members_[i]);
    }
  }

 private:
  bool is_taken(const InlineString<32>& name) const;

  const RoomControl& control_;
  std::vector<Member> members_;  // by session slot
  std::unordered_map<sim::PlayerKey, SessionSlot> slot_of_key_;
  std::uint32_t next_key_;
};

}  // namespace throng::room
