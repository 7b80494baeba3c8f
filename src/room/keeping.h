#pragma once
// What rooms hand over to be kept, so that nothing a player was shown is ever lost or doubled. The ports; the store is above.
//
// Output commit: a room plays on in memory. At the end of a tick it hands over a Cut: every character that has changed and
// every move of things and coins since the last one, a consistent picture of the room at that tick. Players are shown what
// the cut holds when it is committed. At most one cut of a room is under way; what happens meanwhile belongs to the next.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/inline_string.h"
#include "base/trace_context.h"

namespace throng::room {

/// The right to write a character: the store refuses an older fence than the newest that it gave out.
struct CharacterLease {
  CharacterId character;
  AccountId account;
  std::int64_t fence = 0;
  bool held() const { return character.value != 0; }
  friend bool operator==(const CharacterLease&, const CharacterLease&) = default;
};

/// Where things come from and go to, when that is nobody who plays: the owners below kOwnersBegin. Their balances run
/// below zero, so that the sum over all owners is zero at every commit. The numbers are stored; new ones go at the end.
enum class LedgerSource : std::int64_t {
  Loot = 1,  ///< what monsters leave
  Quest,
  Achievement,
  Shop,
  Use,  ///< eaten, worn out, given up for an effect
  Death,
  GameMaster,
  Destroy,  ///< thrown away by its owner
  Start,  ///< what a new character has
  Guests,  ///< characters that are not kept
  Ground,  ///< dropped by a player, for anybody to take
  Expired,  ///< out of a mail that nobody claimed
  Unexplained,  ///< the room cannot say why; counted and logged, for it is our mistake
  Trade,  ///< only why: from one player to another
  Mail,  ///< only why: into a mail of a player or out of it
};
inline constexpr LedgerSource kLastLedgerSource = LedgerSource::Mail;
inline constexpr OwnerId owner_of(LedgerSource source) { return {static_cast<std::int64_t>(source)}; }
inline constexpr OwnerId owner_of(CharacterId character) { return {character.value}; }

/// A letter, and the owner of what is attached to it.
using MailId = Id<struct MailIdTag, std::int64_t>;
inline constexpr OwnerId owner_of(MailId mail) { return {mail.value}; }
inline constexpr std::string_view kMailNote = "mail";
/// Stable word of a source, as the owner table, `throngd ledger show` and logs have it: `loot`, `game_master` …
std::string_view ledger_source_name(LedgerSource source);

inline constexpr std::string_view kCoinsAsset = "coins";
using AssetName = InlineString<40>;  ///< an item's id, or kCoinsAsset

/// Double entry: so much of an asset leaves one owner and reaches another.
struct LedgerMove {
  OwnerId from;
  OwnerId to;
  AssetName asset;
  std::int64_t amount = 0;  ///< above 0
  std::int64_t item_uid = 0;  ///< the piece, for things that do not stack (amount 1); 0: any of its kind
  LedgerSource reason = LedgerSource::Unexplained;
  std::string_view note;  ///< `trade`, `mail` …; empty: the reason says it all. Lives as long as the program
};

/// Somebody on a list of people.
struct Acquaintance {
  CharacterId character;  ///< who it is, whatever it is called; 0: a guest, known by name and for the moment
  std::string name;  ///< shown, as it was when the list was loaded or they were met
  friend bool operator==(const Acquaintance&, const Acquaintance&) = default;
};

/// Whom a character likes and does not want to hear, in the order of the lists. Guests on them are not kept.
struct Acquaintances {
  std::vector<Acquaintance> friends;
  std::vector<Acquaintance> ignored;
  friend bool operator==(const Acquaintances&, const Acquaintances&) = default;
};

/// A mail that comes to be with the cut, which moves to it what is attached.
struct PostedMail {
  struct Piece {
    std::int64_t item_uid = 0;
    std::int32_t durability = 0;
  };
  MailId mail;  ///< as PostOffice gave it
  CharacterId recipient;
  CharacterId sender;  ///< in this cut: whoever has lost its lease has sent nothing
  std::string sender_name;
  std::string subject;
  std::string body;
  std::string key;  ///< of SendMail
  std::vector<Piece> pieces;  ///< all that are attached
};

/// A character as it is now, to be found again like that.
struct CharacterSave {
  CharacterLease lease;
  std::vector<std::uint8_t> sheet;  ///< as sim::save_sheet gives it
  std::int32_t level = 1;  ///< for lists; the sheet has it too
  std::string map;  ///< where it stands
  bool release = false;  ///< the room is done with it: the lease ends with this commit
  std::optional<Acquaintances> acquaintances = {};  ///< when they have changed
};

/// A room's world as it is now, to carry on from after a restart.
struct RoomCheckpoint {
  std::string key;  ///< as SavedRoom::key
  std::int64_t fence = 0;  ///< the right to write it: the store refuses another one
  std::uint32_t content_version = 0;
  std::vector<std::uint8_t> world;  ///< as sim::World::save gives it; empty: it is over and begins anew next time
  bool old_aside = false;  ///< what was there before could not be read: it is kept to be looked at
};

/// See above.
struct Cut {
  std::string room_id;
  std::int64_t number = 0;  ///< 1, 2, 3 … within the room: a cut that comes twice takes effect once
  std::int64_t tick = 0;
  std::vector<LedgerMove> moves;
  std::vector<CharacterSave> saves;
  std::vector<PostedMail> mails = {};
  /// Committed with the rest, so that the world and the ledger are of the same tick.
  std::optional<RoomCheckpoint> checkpoint;
  SpanContext trace = {};  ///< what its commit is a part of, if that is traced
};

struct CutOutcome {
  std::string room_id;
  std::int64_t number = 0;
  /// Characters whose lease was lost to somebody newer. Nothing of theirs was written, and no move that they had a part in;
  /// the room ends their sessions. Everything else of the cut is committed.
  /// Whoever exchanged something with one of them within the cut is here as well, for theirs cannot stand alone.
  std::vector<CharacterId> fenced_off;
  /// In words, when the cut contradicts what is stored: a move of what its owner does not have. That is our own mistake.
  /// Nothing of the cut took effect; the room ends, without saving, and its characters come back as they were before it.
  std::string refused;
};

/// Takes cuts. Called on the room's thread, never blocks. Exactly one RoomHost::cut_done follows on the same thread, when
/// the cut is durable; however long that takes. False: too much waits already, offer it again later.
class Keeper {
 public:
  virtual ~Keeper() = default;
  virtual bool keep(Cut cut) = 0;
};

}  // namespace throng::room
