#include "services/mail/mailbox.h"

#include <algorithm>

#include "services/store/ledger_batch.h"
#include "services/store/owned.h"

namespace throng::services {
namespace {

using room::kMailNote;

constexpr std::string_view kPostMail =
    "INSERT INTO mail (id, recipient, sender, sender_name, subject, body, sent_at, expires_at, comes_back) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
constexpr std::string_view kAttachPiece =
    "INSERT INTO mail_piece (item, mail, durability) VALUES ($1, $2, $3) "
    "ON CONFLICT (item) DO UPDATE SET mail = excluded.mail, durability = excluded.durability";
constexpr std::string_view kForgetPieces = "DELETE FROM mail_piece WHERE mail = $1";
#define THRONG_SELECT_MAIL \
  "SELECT id, sender, sender_name, subject, body, sent_at, expires_at, read_at, claimed_at FROM mail "
constexpr std::string_view kCountMail = "SELECT count(*) FROM mail WHERE id = $1 AND recipient = $2";
constexpr std::int64_t kMailDayMs = 24LL * 60 * 60 * 1000;

std::vector<room::LedgerMove> mail_moves(std::span<const MailAttachment> attachments, OwnerId from, OwnerId to,
                                         room::LedgerSource reason) {
  std::vector<room::LedgerMove> moves;
  for (const MailAttachment& attachment : attachments) {
    moves.push_back({.from = from,
                     .to = to,
                     .asset = {attachment.asset},
                     .amount = attachment.amount,
                     .item_uid = attachment.item_uid,
                     .reason = reason,
                     .note = kMailNote});
  }
  return moves;
}

/// Of a giver that is a source the reason is that source.
room::LedgerSource reason_of(OwnerId giver) {
  const bool source = giver.value < kOwnersBegin;
  return source ? static_cast<room::LedgerSource>(giver.value) : room::LedgerSource::Mail;
}

/// Durability, as mail_piece has it, of a piece that is as new.
constexpr std::int64_t kAsNew = -1;

Result<std::int64_t> one_number(Connection& connection, std::string_view sql, std::initializer_list<SqlValue> values) {
  THRONG_TRY(const Rows rows, connection.run(sql, values));
  return rows.empty() ? std::int64_t{0} : rows.integer(0, 0);
}

/// What players may not; the game may.
Result<void> check_sender(Connection& connection, const MailDraft& draft, std::int64_t now) {
  if (draft.sender.value == 0) return {};
  THRONG_TRY(const std::int64_t there,
             one_number(connection, "SELECT count(*) FROM mail WHERE recipient = $1", {draft.recipient.value}));
  if (there >= static_cast<std::int64_t>(kMailboxMax)) return fail(std::string(kMailboxFull));
  THRONG_TRY(const std::int64_t sent,
             one_number(connection, "SELECT count(*) FROM mail WHERE sender = $1 AND sent_at > $2",
                        {draft.sender.value, now - kMailDayMs}));
  if (sent >= kMailPerDayMax) return fail(std::string(kTooManyMails));
  if (draft.sender == draft.recipient) return fail(std::string(kMailToSelf));
  THRONG_TRY(
      const std::int64_t ignored,
      one_number(connection, "SELECT count(*) FROM acquaintance WHERE owner = $1 AND ignored = 1 AND character = $2",
                 {draft.recipient.value, draft.sender.value}));
  if (ignored > 0) return fail(std::string(kMailRefused));
  return {};
}

Result<void> check_draft(Connection& connection, const MailDraft& draft) {
  if (draft.subject.size() > kMailSubjectBytesMax || draft.body.size() > kMailBodyBytesMax ||
      draft.attachments.size() > kMailAttachmentsMax) {
    return fail(std::string(kMailTooLong));
  }
  THRONG_TRY(const std::int64_t lives,
             one_number(connection, "SELECT count(*) FROM character WHERE id = $1 AND name_key IS NOT NULL",
                        {draft.recipient.value}));
  if (lives == 0) return fail(std::string(kNoSuchRecipient));
  return {};
}

/// Outlives the mail, for the ledger names it: so it says nothing of who wrote.
Result<MailId> new_owner(Connection& connection) {
  THRONG_TRY(const std::int64_t id,
             one_number(connection, "INSERT INTO owner (kind, name) VALUES ('mail', 'mail') RETURNING id", {}));
  return MailId{id};
}

Result<MailId> deliver_mail(Connection& connection, const MailDraft& draft, std::int64_t now) {
  THRONG_TRY(const MailId id, new_owner(connection));
  const SqlValue sender = draft.sender.value == 0 ? SqlValue() : SqlValue(draft.sender.value);
  THRONG_CHECK(
      connection.run(kPostMail, {id.value, draft.recipient.value, sender, draft.sender_name, draft.subject, draft.body,
                                 now, now + draft.life_ms, std::int64_t{draft.comes_back ? 1 : 0}}));
  const auto moves = mail_moves(draft.attachments, draft.giver, owner_of(id), reason_of(draft.giver));
  if (!moves.empty()) THRONG_CHECK(apply_moves(connection, moves, {kMailNote, 0, now}));
  for (const MailAttachment& attached : draft.attachments) {
    if (attached.item_uid == 0) continue;
    const std::int64_t durability = attached.durability ? *attached.durability : kAsNew;
    THRONG_CHECK(connection.run(kAttachPiece, {attached.item_uid, id.value, durability}));
  }
  return id;
}

struct ExpiredMail {
  MailId id;
  CharacterId recipient;
  CharacterId sender;
  std::string subject;
  bool comes_back = false;
};

/// Whether the sender is still there to have it back.
Result<bool> can_come_back(Connection& connection, const ExpiredMail& mail) {
  if (!mail.comes_back || mail.sender.value == 0) return false;
  THRONG_TRY(const std::int64_t lives,
             one_number(connection, "SELECT count(*) FROM character WHERE id = $1 AND name_key IS NOT NULL",
                        {mail.sender.value}));
  return lives != 0;
}

Result<void> expire_mail(Connection& connection, const ExpiredMail& mail, std::int64_t now) {
  THRONG_TRY(const std::vector<MailAttachment> left, attachments_of(connection, mail.id));
  THRONG_TRY(const bool back, can_come_back(connection, mail));
  if (!left.empty() && back) {
    MailDraft returned{.recipient = mail.sender,
                       .sender = {},
                       .sender_name = "Mail",
                       .subject = mail.subject,
                       .body = "Nobody took this.",
                       .attachments = left,
                       .giver = owner_of(mail.id)};
    THRONG_CHECK(deliver_mail(connection, returned, now));
  } else if (!left.empty()) {
    const OwnerId sink = room::owner_of(room::LedgerSource::Expired);
    const auto moves = mail_moves(left, owner_of(mail.id), sink, room::LedgerSource::Expired);
    THRONG_CHECK(apply_moves(connection, moves, {kMailNote, 0, now}));
  }
  THRONG_CHECK(connection.run(kForgetPieces, {mail.id.value}));
  THRONG_CHECK(connection.run("DELETE FROM mail WHERE id = $1", {mail.id.value}));
  return {};
}

Result<Mail> mail_of_row(Connection& connection, const Rows& found, std::size_t i) {
  Mail mail{.id = {found.integer(i, 0)},
            .sender = {found.integer(i, 1)},
            .sender_name = found.text(i, 2),
            .subject = found.text(i, 3),
            .body = found.text(i, 4),
            .sent_at = found.integer(i, 5),
            .expires_at = found.integer(i, 6),
            .read = !found.is_null(i, 7),
            .claimed = !found.is_null(i, 8),
            .attachments = {}};
  THRONG_TRY(mail.attachments, attachments_of(connection, mail.id));
  return mail;
}

}  // namespace

Result<std::vector<MailAttachment>> attachments_of(Connection& connection, MailId mail) {
  THRONG_TRY(const Rows pieces,
             connection.run("SELECT asset.name, item.uid, mail_piece.durability FROM mail_piece "
                            "JOIN item ON item.uid = mail_piece.item AND item.owner = mail_piece.mail "
                            "JOIN asset ON asset.id = item.asset WHERE mail_piece.mail = $1 ORDER BY item.uid",
                            {mail.value}));
  std::vector<OwnedThing> things;
  for (std::size_t i = 0; i < pieces.size(); ++i) things.push_back({pieces.text(i, 0), 1, pieces.integer(i, 1)});
  THRONG_CHECK(append_stacks_of(connection, owner_of(mail), things));
  std::vector<MailAttachment> attached;
  for (OwnedThing& thing : things) attached.push_back({std::move(thing.asset), thing.amount, thing.item_uid});
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces.integer(i, 2) != kAsNew) attached[i].durability = static_cast<std::int32_t>(pieces.integer(i, 2));
  }
  return attached;
}

Result<MailId> send_mail(Connection& connection, const MailDraft& draft, std::int64_t now) {
  THRONG_CHECK(check_draft(connection, draft));
  THRONG_CHECK(check_sender(connection, draft, now));
  return deliver_mail(connection, draft, now);
}

Result<MailId> reserve_mail(Connection& connection, const MailDraft& draft, std::int64_t now) {
  THRONG_CHECK(check_draft(connection, draft));
  THRONG_CHECK(check_sender(connection, draft, now));
  return new_owner(connection);
}

Result<void> give_back_mail(Connection& connection, MailId mail) {
  THRONG_CHECK(
      connection.run("DELETE FROM owner WHERE id = $1 AND kind = 'mail' "
                     "AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.id = owner.id) "
                     "AND NOT EXISTS (SELECT 1 FROM balance WHERE balance.owner = owner.id)",
                     {mail.value}));
  return {};
}

void append_mails(const room::Cut& cut, const std::unordered_set<std::int64_t>& left_out, std::int64_t now,
                  std::vector<SqlStatement>& statements) {
  constexpr std::int64_t kComesBack = 1;
  for (const room::PostedMail& mail : cut.mails) {
    if (left_out.contains(mail.sender.value)) continue;
    statements.push_back({kPostMail,
                          {mail.mail.value, mail.recipient.value, mail.sender.value, mail.sender_name, mail.subject,
                           mail.body, now, now + kMailLifeMs, kComesBack},
                          1});
    for (const room::PostedMail::Piece& piece : mail.pieces)
      statements.push_back({kAttachPiece, {piece.item_uid, mail.mail.value, std::int64_t{piece.durability}}, 1});
    if (!mail.key.empty()) {
      statements.push_back({"INSERT INTO command_key (key, at, answer) VALUES ($1, $2, $3)",
                            {mail_key(mail.sender, mail.key), now, std::to_string(mail.mail.value)},
                            1});
    }
  }
}

std::string mail_key(CharacterId sender, const std::string& key) {
  return "mail.send/" + std::to_string(sender.value) + "/" + key;
}

Result<std::vector<Mail>> list_mail(Connection& connection, CharacterId recipient, std::size_t max) {
  THRONG_TRY(const Rows found,
             connection.run(THRONG_SELECT_MAIL "WHERE recipient = $1 ORDER BY id DESC LIMIT $2",
                            {recipient.value, static_cast<std::int64_t>(std::min(max, kMailboxMax))}));
  std::vector<Mail> mails;
  for (std::size_t i = 0; i < found.size(); ++i) {
    THRONG_TRY(Mail mail, mail_of_row(connection, found, i));
    mails.push_back(std::move(mail));
  }
  return mails;
}

Result<std::int64_t> count_unread_mail(Connection& connection, CharacterId recipient) {
  return one_number(connection, "SELECT count(*) FROM mail WHERE recipient = $1 AND read_at IS NULL",
                    {recipient.value});
}

Result<Mail> find_mail(Connection& connection, CharacterId recipient, MailId mail) {
  THRONG_TRY(const Rows found,
             connection.run(THRONG_SELECT_MAIL "WHERE id = $1 AND recipient = $2", {mail.value, recipient.value}));
  if (found.empty()) return fail(std::string(kNoSuchMail));
  return mail_of_row(connection, found, 0);
}

Result<void> mark_mail_read(Connection& connection, CharacterId recipient, MailId mail, std::int64_t now) {
  THRONG_TRY(const Rows marked,
             connection.run("UPDATE mail SET read_at = coalesce(read_at, $1) WHERE id = $2 AND recipient = $3",
                            {now, mail.value, recipient.value}));
  if (marked.changed() == 0) return fail(std::string(kNoSuchMail));
  return {};
}

Result<void> delete_mail(Connection& connection, CharacterId recipient, MailId mail) {
  THRONG_TRY(const std::vector<MailAttachment> left, attachments_of(connection, mail));
  THRONG_TRY(const std::int64_t there, one_number(connection, kCountMail, {mail.value, recipient.value}));
  if (there == 0) return fail(std::string(kNoSuchMail));
  if (!left.empty()) return fail(std::string(kStillAttached));
  THRONG_CHECK(connection.run(kForgetPieces, {mail.value}));
  THRONG_CHECK(connection.run("DELETE FROM mail WHERE id = $1", {mail.value}));
  return {};
}

Result<std::vector<MailAttachment>> begin_claim(Connection& connection, const room::CharacterLease& lease,
                                                MailId mail) {
  THRONG_TRY(const std::int64_t there, one_number(connection, kCountMail, {mail.value, lease.character.value}));
  if (there == 0) return fail(std::string(kNoSuchMail));
  THRONG_TRY(const Rows taken,
             connection.run("UPDATE mail SET claim_fence = $1 WHERE id = $2 AND claim_fence < $3 AND EXISTS "
                            "(SELECT 1 FROM character WHERE character.id = mail.recipient AND character.fence = $4)",
                            {lease.fence, mail.value, lease.fence, lease.fence}));
  if (taken.changed() == 0) return fail(std::string(kMailInUse));
  THRONG_TRY(std::vector<MailAttachment> attached, attachments_of(connection, mail));
  if (attached.empty()) return fail(std::string(kNothingAttached));
  return attached;
}

Result<bool> end_claim(Connection& connection, const room::CharacterLease& lease, MailId mail, std::int64_t now) {
  THRONG_TRY(const std::vector<MailAttachment> left, attachments_of(connection, mail));
  const SqlValue claimed_at = left.empty() ? SqlValue(now) : SqlValue();
  THRONG_CHECK(connection.run("UPDATE mail SET claim_fence = 0, claimed_at = $1 WHERE id = $2 AND claim_fence = $3",
                              {claimed_at, mail.value, lease.fence}));
  if (left.empty()) THRONG_CHECK(connection.run(kForgetPieces, {mail.value}));
  return left.empty();
}

Result<std::size_t> expire_mails(Connection& connection, std::int64_t now, std::size_t max) {
  // A claim ends with its lease: an older one than the character's newest can no longer be committed. A lease that has
  // been given back leaves no claim under way either.
  THRONG_TRY(const Rows over,
             connection.run("SELECT mail.id, mail.recipient, mail.sender, mail.subject, mail.comes_back FROM mail "
                            "JOIN character ON character.id = mail.recipient WHERE mail.expires_at <= $1 AND "
                            "(mail.claim_fence < character.fence OR character.node IS NULL) "
                            "ORDER BY mail.expires_at, mail.id LIMIT $2",
                            {now, static_cast<std::int64_t>(max)}));
  for (std::size_t i = 0; i < over.size(); ++i) {
    THRONG_CHECK(expire_mail(
        connection,
        {{over.integer(i, 0)}, {over.integer(i, 1)}, {over.integer(i, 2)}, over.text(i, 3), over.integer(i, 4) != 0},
        now));
  }
  return over.size();
}

#undef THRONG_SELECT_MAIL

}  // namespace throng::services
