#include "services/mail/stored_post.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/log.h"
#include "services/accounts/names.h"
#include "services/mail/mailbox.h"
#include "services/store/characters_repository.h"
#include "services/store/once.h"

namespace throng::services {
namespace {

using room::PostReply;

struct MailProblem {
  std::string_view code;
  std::string_view text;  ///< for the player
};

constexpr std::array kMailProblems = {
    MailProblem{kNoSuchMail, "There is no such mail."},
    MailProblem{kNoSuchRecipient, "There is nobody of that name."},
    MailProblem{kMailTooLong, "That is too long for a letter."},
    MailProblem{kMailboxFull, "Their mailbox is full."},
    MailProblem{kTooManyMails, "You have sent as much as you can for today."},
    MailProblem{kNothingAttached, "There is nothing to take."},
    MailProblem{kStillAttached, "Take what is attached first."},
    MailProblem{kMailInUse, "That mail is being claimed already."},
    MailProblem{kMailToSelf, "You cannot write to yourself."},
    MailProblem{kMailRefused, "They take no mail from you."},
};
constexpr MailProblem kMailboxAway{"store_behind", "The records are behind; try again in a moment."};

/// One of those above; else the database's, which is none of the player's business.
void set_problem(const Result<void>& done, PostReply& reply) {
  if (done) return;
  const std::string& word = done.error().message;
  const auto found = std::find_if(kMailProblems.begin(), kMailProblems.end(),
                                  [&](const MailProblem& problem) { return problem.code == word; });
  const bool known = found != kMailProblems.end();
  if (!known) log_warning_limited("mail", "mail: a wish could not be carried out: " + word);
  const MailProblem& problem = known ? *found : kMailboxAway;
  reply.problem = problem.code;
  reply.text = problem.text;
}

Result<CharacterId> find_recipient(Connection& connection, const std::string& name) {
  const NameVerdict verdict = normalise_name(name);
  const Name* const known = std::get_if<Name>(&verdict);
  if (known == nullptr) return fail(std::string(kNoSuchRecipient));
  THRONG_TRY(const std::optional<CharacterRow> found, find_character(connection, known->key));
  if (!found || found->delete_at != 0) return fail(std::string(kNoSuchRecipient));
  return found->id;
}

/// What a wish does within its job. Each sets its part of the reply.
struct MailJob {
  Connection& connection;
  const room::CharacterLease& lease;
  std::int64_t now;
  PostReply& reply;

  CharacterId self() const { return lease.character; }

  Result<void> operator()(const room::CountUnread&) const {
    THRONG_TRY(reply.unread, count_unread_mail(connection, self()));
    return {};
  }
  Result<void> operator()(const room::ListMail&) const {
    THRONG_TRY(reply.mails, list_mail(connection, self()));
    THRONG_TRY(reply.unread, count_unread_mail(connection, self()));
    return {};
  }
  Result<void> operator()(const room::ReadMail& wish) const {
    THRONG_CHECK(mark_mail_read(connection, self(), wish.mail, now));
    THRONG_TRY(Mail mail, find_mail(connection, self(), wish.mail));
    reply.mails.assign(1, std::move(mail));
    return {};
  }
  Result<void> operator()(const room::DeleteMail& wish) const { return delete_mail(connection, self(), wish.mail); }
  Result<void> operator()(const room::BeginClaim& wish) const {
    THRONG_TRY(reply.attachments, begin_claim(connection, lease, wish.mail));
    return {};
  }
  Result<void> operator()(const room::EndClaim& wish) const {
    THRONG_TRY(reply.done, end_claim(connection, lease, wish.mail, now));
    return {};
  }
  Result<void> operator()(const room::GiveBackMail& wish) const { return give_back_mail(connection, wish.mail); }
  Result<void> operator()(const room::SendMail& wish) const;

  Result<bool> was_sent(const room::SendMail& wish) const;
};

/// A mail with attachments was sent when the cut that posts it has noted its key.
Result<bool> MailJob::was_sent(const room::SendMail& wish) const {
  if (wish.key.empty()) return false;
  THRONG_TRY(const Rows found,
             connection.run("SELECT answer FROM command_key WHERE key = $1", {mail_key(self(), wish.key)}));
  if (found.empty()) return false;
  const std::string number = found.text(0, 0);
  std::from_chars(number.data(), number.data() + number.size(), reply.mail.value);
  return true;
}

Result<void> MailJob::operator()(const room::SendMail& wish) const {
  THRONG_TRY(reply.done, was_sent(wish));
  if (reply.done) return {};
  THRONG_TRY(reply.recipient, find_recipient(connection, wish.to));
  const MailDraft draft{.recipient = reply.recipient,
                        .sender = self(),
                        .sender_name = wish.sender_name,
                        .subject = wish.subject,
                        .body = wish.body,
                        .attachments = {},
                        .giver = {}};
  if (wish.attached) {
    THRONG_TRY(reply.mail, reserve_mail(connection, draft, now));
    return {};
  }
  const Command send = [&](Connection& within) -> Result<std::string> {
    THRONG_TRY(reply.mail, send_mail(within, draft, now));
    return std::to_string(reply.mail.value);
  };
  if (!wish.key.empty()) {
    THRONG_CHECK(once(connection, mail_key(self(), wish.key), now, send));
  } else {
    THRONG_CHECK(send(connection));
  }
  reply.done = true;
  return {};
}

bool only_looks(const room::PostWish& wish) {
  return std::holds_alternative<room::CountUnread>(wish) || std::holds_alternative<room::ListMail>(wish);
}

}  // namespace

void StoredPost::ask(room::PostRequest request, Reply reply) {
  const auto wanted = std::make_shared<const room::PostRequest>(std::move(request));
  auto answer = std::make_shared<PostReply>();
  StoreJob job = [wanted, answer, now = clock_.unix_milliseconds()](Connection& connection) {
    *answer = PostReply{.room_id = wanted->room_id, .number = wanted->number};
    return std::visit(MailJob{connection, wanted->lease, now, *answer}, wanted->wish);
  };
  StoreDone done = [this, wanted, answer, reply = std::move(reply)](const Result<void>& result) {
    answer->room_id = wanted->room_id;
    answer->number = wanted->number;
    set_problem(result, *answer);
    const bool delivered = result && answer->done && std::holds_alternative<room::SendMail>(wanted->wish);
    const CharacterId recipient = answer->recipient;
    reply(std::move(*answer));
    if (delivered && recipient.value != 0) tell_arrived(recipient);
  };
  if (only_looks(wanted->wish)) return store_.read(std::move(job), std::move(done));
  store_.write(std::move(job), std::move(done));
}

StoredPost::Keep StoredPost::watching(Keep keep) {
  return [this, keep = std::move(keep)](room::Cut cut, std::function<void(room::CutOutcome)> done) {
    if (cut.mails.empty()) return keep(std::move(cut), std::move(done));
    struct Posted {
      CharacterId sender;
      CharacterId recipient;
    };
    std::vector<Posted> posted;
    for (const room::PostedMail& mail : cut.mails) posted.push_back({mail.sender, mail.recipient});
    return keep(std::move(cut), [this, posted = std::move(posted), done = std::move(done)](room::CutOutcome outcome) {
      const bool refused = !outcome.refused.empty();
      const std::vector<CharacterId> lost = outcome.fenced_off;
      done(std::move(outcome));
      for (const Posted& mail : posted) {
        if (!refused && std::find(lost.begin(), lost.end(), mail.sender) == lost.end()) tell_arrived(mail.recipient);
      }
    });
  };
}

void StoredPost::set_arrived(Arrived arrived) {
  const std::lock_guard lock(mutex_);
  arrived_ = std::move(arrived);
}

void StoredPost::tell_arrived(CharacterId recipient) {
  const std::lock_guard lock(mutex_);  // held during the call, so that nobody is called after set_arrived
  if (arrived_) arrived_(recipient);
}

}  // namespace throng::services
