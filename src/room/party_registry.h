#pragma once
// Parties of characters that are kept, as rooms deal with them: what they ask, what they are answered, and what they are
// told. The port; the registry is above.
//
// The database decides who is in which party. A room hands on what its players wish, shows what it hears, and makes those
// members who are in its world a group of the world (sim::SetParty).

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "room/keeping.h"
#include "sim/event.h"
#include "sim/intent.h"
#include "sim/verdict.h"

namespace throng::room {

struct PartyMate {
  CharacterId character;
  std::string name;  ///< shown
  std::int32_t level = 1;  ///< as it was kept last, like the map
  std::string map;  ///< where it plays; empty: it does not play now
  friend bool operator==(const PartyMate&, const PartyMate&) = default;
};

/// A party as it is stored.
struct PartyRoster {
  PartyId id;
  std::int64_t version = 0;  ///< counts changes of who is in it, who leads and the rule: the higher one is newer
  sim::LootRule loot_rule = sim::LootRule::Free;
  std::vector<PartyMate> mates;  ///< the leader first; at most content::kPartySizeMax; empty: it is dissolved
  const PartyMate* find(CharacterId character) const;
  friend bool operator==(const PartyRoster&, const PartyRoster&) = default;
};
using SharedRoster = std::shared_ptr<const PartyRoster>;

/// Somebody who plays wishes something of a party.
struct PartyWish {
  sim::PartyAction action = sim::PartyAction::Invite;
  CharacterId other;  ///< whom: one who is here; else by
  std::string other_name;
  std::size_t size_max = 0;  ///< of a party, as the content has it
};
/// How these parties are now: who plays where is not told by itself.
struct LookAtParties {
  std::vector<PartyId> parties;  ///< bound: the seats of the room
};

struct PartyRequest {
  std::string room_id;
  std::uint64_t number = 0;  ///< the room's own, for the reply
  CharacterLease lease;  ///< whose wish it is
  std::variant<PartyWish, LookAtParties> ask;
};

struct PartyReply {
  std::string room_id;
  std::uint64_t number = 0;
  sim::Verdict verdict = sim::Verdict::Accepted;
  std::vector<SharedRoster> rosters = {};  ///< LookAtParties: of each; else of the party that has changed
};

/// A change of a party, to every room of the process. What other processes change is seen at the next look.
struct PartyTold {
  sim::PartyNews news = sim::PartyNews::Joined;
  PartyMate about;  ///< whom it is about; of an invitation who has invited
  CharacterId to;  ///< Invited, Declined: the one who is told; else all members, and `about`
  SharedRoster roster;  ///< null: Invited, Declined
};

/// Called on the room's thread; never blocks. Exactly one RoomHost::party_replied follows on the same thread, also when the
/// store is away; what the wish has changed is told before.
class PartyRegistry {
 public:
  virtual ~PartyRegistry() = default;
  virtual void ask(PartyRequest request) = 0;
};

inline const PartyMate* PartyRoster::find(CharacterId character) const {
  for (const PartyMate& mate : mates) {
    if (mate.character == character) return &mate;
  }
  return nullptr;
}

}  // namespace throng::room
