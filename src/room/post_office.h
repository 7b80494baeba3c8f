#pragma once
// Mail as rooms deal with it: what they ask of the mailboxes, and what they are answered. The port; the mailboxes are above.
//
// What is attached to a mail belongs to the mail, an owner of the ledger like a character. Only cuts move it: into the mail
// with the cut that posts it (Cut::mails), out of it with a cut of the room that its recipient plays in.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "room/keeping.h"

namespace throng::room {

inline constexpr std::size_t kMailAttachmentsMax = 9;  ///< eight things, and coins

struct MailAttachment {
  std::string asset;  ///< an item's id, or coins
  std::int64_t amount = 0;
  std::int64_t item_uid = 0;  ///< the piece, of what does not stack
  std::optional<std::int32_t> durability = {};  ///< of a piece that has been worn; else it is as new
  friend bool operator==(const MailAttachment&, const MailAttachment&) = default;
};

struct Mail {
  MailId id;
  CharacterId sender;  ///< 0: the game
  std::string sender_name;
  std::string subject;
  std::string body;
  std::int64_t sent_at = 0;  ///< Unix milliseconds, as the next
  std::int64_t expires_at = 0;
  bool read = false;
  bool claimed = false;
  std::vector<MailAttachment> attachments;  ///< that are still there
};

// What a room asks, always for somebody who plays there.

struct CountUnread {};
struct ListMail {};
/// The mail, which is read from now on.
struct ReadMail {
  MailId mail;
};
struct DeleteMail {
  MailId mail;
};
/// Sets the mail aside for the lease, and says what is attached: the room is to move exactly this in one cut, then EndClaim.
struct BeginClaim {
  MailId mail;
};
/// After that cut; or the room will not take it, and anybody may.
struct EndClaim {
  MailId mail;
};
/// Of one who plays. Without attachments it is delivered at once. With them it gets its number: the room moves them to that
/// owner, in the cut that has the mail; or it sends GiveBackMail.
struct SendMail {
  std::string to;  ///< name of a character
  std::string sender_name;
  std::string subject;
  std::string body;
  std::string key;  ///< may be empty; the same again was sent already
  bool attached = false;
};
struct GiveBackMail {
  MailId mail;
};
using PostWish =
    std::variant<CountUnread, ListMail, ReadMail, DeleteMail, BeginClaim, EndClaim, SendMail, GiveBackMail>;

struct PostRequest {
  std::string room_id;
  std::uint64_t number = 0;  ///< the room's own, for the reply
  CharacterLease lease;
  PostWish wish;
};

struct PostReply {
  std::string room_id;
  std::uint64_t number = 0;
  std::string_view problem = {};  ///< a stable code; empty: it went well, and the fields of the wish are set
  std::string_view text = {};  ///< the problem, for the player
  std::vector<Mail> mails = {};  ///< ListMail: newest first; ReadMail: the one
  std::int64_t unread = 0;  ///< CountUnread, ListMail
  std::vector<MailAttachment> attachments = {};  ///< BeginClaim
  MailId mail = {};  ///< SendMail: its number
  CharacterId recipient = {};  ///< SendMail
  bool done = false;  ///< SendMail: it has been sent, now or before; EndClaim: everything was taken
};

/// Called on the room's thread; never blocks. Exactly one RoomHost::post_replied follows on the same thread, also when the
/// store is away.
class PostOffice {
 public:
  virtual ~PostOffice() = default;
  virtual void ask(PostRequest request) = 0;
};

}  // namespace throng::room
