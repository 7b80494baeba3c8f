#pragma once
// Letters to characters, whether they play or not, with things attached. All of it within jobs of the store; times are Unix
// milliseconds.
//
// What is attached belongs to the mail itself, an owner of the ledger. The recipient takes it by a cut of the room that it
// plays in, for only that room may write the character: begin_claim sets the mail aside for the character's lease, the cut
// moves everything from the mail to the character, end_claim notes it. A room that dies in between leaves a mail that is
// whole or empty, never half; the character's next lease may claim what is still there.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "room/keeping.h"
#include "services/database/connection.h"

namespace throng::services {

using MailId = Id<struct MailIdTag, std::int64_t>;
inline constexpr OwnerId owner_of(MailId mail) { return {mail.value}; }

inline constexpr std::size_t kMailSubjectBytesMax = 120;
inline constexpr std::size_t kMailBodyBytesMax = 4'000;
inline constexpr std::size_t kMailAttachmentsMax = 8;
/// In one mailbox. A fuller one takes nothing from players; what the game sends and what comes back always arrives.
inline constexpr std::size_t kMailboxMax = 100;
inline constexpr std::int64_t kMailLifeMs = 30LL * 24 * 60 * 60 * 1000;
inline constexpr std::int64_t kMailPerDayMax = 50;  ///< from one sender

/// What a caller can tell its user; other failures are the database's.
inline constexpr std::string_view kNoSuchMail = "no_such_mail";
inline constexpr std::string_view kNoSuchRecipient = "no_such_recipient";
inline constexpr std::string_view kMailTooLong = "mail_too_long";
inline constexpr std::string_view kMailboxFull = "mailbox_full";
inline constexpr std::string_view kTooManyMails = "too_many_mails";
inline constexpr std::string_view kNothingAttached = "nothing_attached";
inline constexpr std::string_view kStillAttached = "still_attached";
inline constexpr std::string_view kMailInUse = "mail_in_use";

struct MailAttachment {
  std::string asset;  ///< an item's id, or coins
  std::int64_t amount = 0;
  std::int64_t item_uid = 0;  ///< the piece, of what does not stack
  friend bool operator==(const MailAttachment&, const MailAttachment&) = default;
};

struct MailDraft {
  CharacterId recipient;
  CharacterId sender;  ///< 0: the game
  std::string sender_name;  ///< shown
  std::string subject;
  std::string body;
  std::vector<MailAttachment> attachments;
  OwnerId giver;  ///< whose the attachments are until now; no character that plays
  bool comes_back = false;
  std::int64_t life_ms = kMailLifeMs;
};

/// Delivers at once. Fails with kNoSuchRecipient, kMailTooLong, kMailboxFull or kTooManyMails, or when the giver lacks
/// something.
Result<MailId> send_mail(Connection& connection, const MailDraft& draft, std::int64_t now);

struct Mail {
  MailId id;
  CharacterId sender;
  std::string sender_name;
  std::string subject;
  std::string body;
  std::int64_t sent_at = 0;
  std::int64_t expires_at = 0;
  bool read = false;
  bool claimed = false;
  std::vector<MailAttachment> attachments;  ///< that are still there
};

/// Newest first; at most `max`, up to kMailboxMax.
Result<std::vector<Mail>> list_mail(Connection& connection, CharacterId recipient, std::size_t max = kMailboxMax);
Result<void> mark_mail_read(Connection& connection, CharacterId recipient, MailId mail, std::int64_t now);
/// Fails with kStillAttached unless everything was claimed.
Result<void> delete_mail(Connection& connection, CharacterId recipient, MailId mail);

/// Sets the mail aside for this lease.
/// @return what is attached: the room is to move exactly this, from owner_of(mail), in one cut, note `mail`
/// Fails with kNoSuchMail, kNothingAttached, or kMailInUse when this lease has begun already, or is not the character's.
Result<std::vector<MailAttachment>> begin_claim(Connection& connection, const room::CharacterLease& lease, MailId mail);
/// After the cut, or when the bag had no room: looks whether something is still attached.
/// @return whether everything was taken
Result<bool> end_claim(Connection& connection, const room::CharacterLease& lease, MailId mail, std::int64_t now);

/// Takes away mails whose time is over, oldest first. What is still attached goes back to the sender in a new mail, which
/// does not come back again, or to the sink `expired`. One that is being claimed waits.
/// @return how many; at most `max`, so that a transaction stays short
Result<std::size_t> expire_mails(Connection& connection, std::int64_t now, std::size_t max = 100);

}  // namespace throng::services
