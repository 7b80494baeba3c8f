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
#include <unordered_set>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "room/keeping.h"
#include "room/post_office.h"
#include "services/database/connection.h"

namespace throng::services {

using room::kMailAttachmentsMax;
using room::Mail;
using room::MailAttachment;
using room::MailId;
using room::owner_of;

inline constexpr std::size_t kMailSubjectBytesMax = 240;
inline constexpr std::size_t kMailBodyBytesMax = 4'000;
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
inline constexpr std::string_view kMailToSelf = "mail_to_self";
inline constexpr std::string_view kMailRefused = "mail_refused";

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

/// Delivers at once. Fails with kNoSuchRecipient, kMailTooLong, kMailboxFull, kTooManyMails, kMailToSelf or kMailRefused (the
/// recipient ignores the sender), or when the giver lacks something.
Result<MailId> send_mail(Connection& connection, const MailDraft& draft, std::int64_t now);

/// The number of a mail that is to be posted with a cut (append_mails), of which everything else is checked as above.
Result<MailId> reserve_mail(Connection& connection, const MailDraft& draft, std::int64_t now);
/// It will not be posted. Without effect when it was.
Result<void> give_back_mail(Connection& connection, MailId mail);
/// Of the command that sends it, see once.h.
std::string mail_key(CharacterId sender, const std::string& key);
/// The statements that bring a cut's mails into being, but for those whose senders are left out. Their attachments are among
/// the moves of the cut.
void append_mails(const room::Cut& cut, const std::unordered_set<std::int64_t>& left_out, std::int64_t now,
                  std::vector<SqlStatement>& statements);

/// Newest first; at most `max`, up to kMailboxMax.
Result<std::vector<Mail>> list_mail(Connection& connection, CharacterId recipient, std::size_t max = kMailboxMax);
Result<std::int64_t> count_unread_mail(Connection& connection, CharacterId recipient);
/// What is still there, whoever may take it. Nothing when there is no such mail.
Result<std::vector<MailAttachment>> attachments_of(Connection& connection, MailId mail);
/// Fails with kNoSuchMail.
Result<Mail> find_mail(Connection& connection, CharacterId recipient, MailId mail);
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
