#include "services/mail/mailbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/database/engines.h"
#include "services/store/characters_repository.h"
#include "services/store/ledger_batch.h"
#include "services/store/schema/all_migrations.h"

namespace throng::services {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kNow = 1'790'000'000'000;
constexpr OwnerId kGifts = room::owner_of(room::LedgerSource::GameMaster);

class MailboxTest : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    connection_ = database_.connect();
    ASSERT_TRUE(migrate(*connection_, all_migrations()));
    for (const auto source : {room::LedgerSource::GameMaster, room::LedgerSource::Expired}) {
      ASSERT_TRUE(connection_->run("INSERT INTO owner (id, kind, name) VALUES ($1, 'source', $2)",
                                   {room::owner_of(source).value, std::string(room::ledger_source_name(source))}));
    }
    ASSERT_TRUE(connection_->run("INSERT INTO account (name, created_at, last_seen_at) VALUES ('a', 0, 0)"));
    ada_ = make_character("Ada");
    bob_ = make_character("Bob");
  }

  CharacterId make_character(const std::string& name) {
    const auto row = create_character(*connection_, AccountId{1}, name, name, kNow);
    EXPECT_TRUE(row) << (row ? "" : row.error().message);
    return row ? row->id : CharacterId{};
  }
  room::CharacterLease play(CharacterId character) {
    const auto answer =
        load_character(*connection_, character, AccountId{1}, "node", kNow + 60'000, kNow, TakeOver::Always);
    return answer && answer->loaded ? answer->loaded->lease : room::CharacterLease{};
  }
  MailDraft gift(std::vector<MailAttachment> attachments) {
    return {.recipient = bob_,
            .sender = {},
            .sender_name = "The game",
            .subject = "For you",
            .body = "Enjoy.",
            .attachments = std::move(attachments),
            .giver = kGifts};
  }
  MailDraft letter() {
    return {.recipient = bob_,
            .sender = ada_,
            .sender_name = "Ada",
            .subject = "Hello",
            .body = "'; DROP TABLE mail;",
            .attachments = {},
            .giver = {}};
  }
  MailId must_send(const MailDraft& draft) {
    const auto mail = send_mail(*connection_, draft, kNow);
    EXPECT_TRUE(mail) << (mail ? "" : mail.error().message);
    return mail ? *mail : MailId{};
  }
  template <typename T>
  static std::string failure(const Result<T>& result) {
    return result ? "" : result.error().message;
  }
  std::vector<Mail> mails_of(CharacterId character) {
    const auto mails = list_mail(*connection_, character);
    EXPECT_TRUE(mails) << failure(mails);
    return mails ? *mails : std::vector<Mail>{};
  }
  std::int64_t owned(OwnerId owner) {
    return connection_->run("SELECT sum(amount) FROM balance WHERE owner = $1", {owner.value})->integer(0, 0);
  }
  /// As the cut of the room in which `taker` plays does it.
  void take_all(MailId mail, const std::vector<MailAttachment>& attachments, CharacterId taker) {
    std::vector<room::LedgerMove> moves;
    for (const MailAttachment& each : attachments) {
      moves.push_back({.from = owner_of(mail),
                       .to = room::owner_of(taker),
                       .asset = {each.asset},
                       .amount = each.amount,
                       .item_uid = each.item_uid,
                       .note = "mail"});
    }
    const auto done = apply_moves(*connection_, moves, {"room", 1, kNow});
    ASSERT_TRUE(done) << failure(done);
  }

  EmptyDatabase database_{GetParam()};
  std::unique_ptr<Connection> connection_;
  CharacterId ada_;
  CharacterId bob_;
  const std::vector<MailAttachment> things_{{"sword", 1, 77}, {"coins", 50, 0}, {"potion", 3, 0}};
};

INSTANTIATE_TEST_SUITE_P(Both, MailboxTest, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(MailboxTest, ALetterArrivesAndIsRead) {
  const MailId mail = must_send(letter());
  ASSERT_EQ(mails_of(bob_).size(), 1U);
  EXPECT_EQ(mails_of(bob_)[0].subject, "Hello");
  EXPECT_EQ(mails_of(bob_)[0].body, "'; DROP TABLE mail;");
  EXPECT_EQ(mails_of(bob_)[0].sender, ada_);
  EXPECT_FALSE(mails_of(bob_)[0].read);
  ASSERT_TRUE(mark_mail_read(*connection_, bob_, mail, kNow));
  EXPECT_TRUE(mails_of(bob_)[0].read);
  EXPECT_EQ(failure(mark_mail_read(*connection_, ada_, mail, kNow)), kNoSuchMail);
  EXPECT_EQ(failure(delete_mail(*connection_, ada_, mail)), kNoSuchMail);
  ASSERT_TRUE(delete_mail(*connection_, bob_, mail));
  EXPECT_THAT(mails_of(bob_), IsEmpty());
}

TEST_P(MailboxTest, WhatIsAttachedBelongsToTheMail) {
  const MailId mail = must_send(gift(things_));
  EXPECT_EQ(owned(owner_of(mail)), 54);
  EXPECT_EQ(owned(kGifts), -54);
  EXPECT_THAT(mails_of(bob_)[0].attachments, testing::UnorderedElementsAreArray(things_));
  EXPECT_EQ(failure(delete_mail(*connection_, bob_, mail)), kStillAttached);
}

TEST_P(MailboxTest, AClaimTakesEverythingOnce) {
  const MailId mail = must_send(gift(things_));
  const room::CharacterLease lease = play(bob_);
  const auto claimed = begin_claim(*connection_, lease, mail);
  ASSERT_TRUE(claimed) << failure(claimed);
  EXPECT_THAT(*claimed, testing::UnorderedElementsAreArray(things_));
  EXPECT_EQ(failure(begin_claim(*connection_, lease, mail)), kMailInUse);
  take_all(mail, *claimed, bob_);
  EXPECT_EQ(*end_claim(*connection_, lease, mail, kNow), true);
  EXPECT_TRUE(mails_of(bob_)[0].claimed);
  EXPECT_EQ(owned(room::owner_of(bob_)), 54);
  EXPECT_EQ(failure(begin_claim(*connection_, lease, mail)), kNothingAttached);
}

TEST_P(MailboxTest, AClaimThatFoundNoRoomCanBeMadeAgain) {
  const MailId mail = must_send(gift(things_));
  const room::CharacterLease lease = play(bob_);
  ASSERT_TRUE(begin_claim(*connection_, lease, mail));
  EXPECT_EQ(*end_claim(*connection_, lease, mail, kNow), false);
  EXPECT_FALSE(mails_of(bob_)[0].claimed);
  EXPECT_TRUE(begin_claim(*connection_, lease, mail));
}

TEST_P(MailboxTest, TheNextLeaseTakesUpWhatARoomThatDiedLeft) {
  const MailId mail = must_send(gift(things_));
  const room::CharacterLease dead = play(bob_);
  ASSERT_TRUE(begin_claim(*connection_, dead, mail));
  const room::CharacterLease next = play(bob_);
  EXPECT_EQ(failure(begin_claim(*connection_, dead, mail)), kMailInUse);
  EXPECT_TRUE(begin_claim(*connection_, next, mail));
}

TEST_P(MailboxTest, NobodyClaimsTheMailOfAnother) {
  const MailId mail = must_send(gift(things_));
  EXPECT_EQ(failure(begin_claim(*connection_, play(ada_), mail)), kNoSuchMail);
}

TEST_P(MailboxTest, EverythingHasItsBound) {
  MailDraft long_subject = letter();
  long_subject.subject.assign(kMailSubjectBytesMax + 1, 'x');
  EXPECT_EQ(failure(send_mail(*connection_, long_subject, kNow)), kMailTooLong);
  MailDraft long_body = letter();
  long_body.body.assign(kMailBodyBytesMax + 1, 'x');
  EXPECT_EQ(failure(send_mail(*connection_, long_body, kNow)), kMailTooLong);
  EXPECT_EQ(failure(send_mail(*connection_, gift(std::vector<MailAttachment>(kMailAttachmentsMax + 1, {"coins", 1, 0})),
                              kNow)),
            kMailTooLong);
  MailDraft to_nobody = letter();
  to_nobody.recipient = {4711};
  EXPECT_EQ(failure(send_mail(*connection_, to_nobody, kNow)), kNoSuchRecipient);
}

TEST_P(MailboxTest, ASenderHasADailyMeasureAndAMailboxAnEnd) {
  for (std::int64_t i = 0; i < kMailPerDayMax; ++i) must_send(letter());
  EXPECT_EQ(failure(send_mail(*connection_, letter(), kNow)), kTooManyMails);
  EXPECT_TRUE(send_mail(*connection_, letter(), kNow + 25 * 3'600'000LL));
  for (std::size_t i = mails_of(bob_).size(); i < kMailboxMax; ++i) must_send(gift({}));
  EXPECT_EQ(failure(send_mail(*connection_, letter(), kNow + 50 * 3'600'000LL)), kMailboxFull);
  EXPECT_TRUE(send_mail(*connection_, gift({}), kNow));
  EXPECT_EQ(mails_of(bob_).size(), kMailboxMax);
}

TEST_P(MailboxTest, AGiverThatLacksSomethingSendsNothing) {
  ASSERT_TRUE(connection_->begin());
  MailDraft draft = gift({{"coins", 5, 0}});
  draft.giver = room::owner_of(ada_);
  EXPECT_FALSE(send_mail(*connection_, draft, kNow));
  connection_->rollback();
  EXPECT_THAT(mails_of(bob_), IsEmpty());
}

TEST_P(MailboxTest, WhatNobodyClaimedIsGoneWithTheMail) {
  const MailId mail = must_send(gift(things_));
  EXPECT_EQ(*expire_mails(*connection_, kNow + kMailLifeMs - 1), 0U);
  EXPECT_EQ(*expire_mails(*connection_, kNow + kMailLifeMs), 1U);
  EXPECT_THAT(mails_of(bob_), IsEmpty());
  EXPECT_EQ(owned(owner_of(mail)), 0);
  EXPECT_EQ(owned(room::owner_of(room::LedgerSource::Expired)), 54);
}

TEST_P(MailboxTest, WhatASenderGaveComesBackOnce) {
  MailDraft draft = gift(things_);
  draft.sender = ada_;
  draft.comes_back = true;
  must_send(draft);
  EXPECT_EQ(*expire_mails(*connection_, kNow + kMailLifeMs), 1U);
  ASSERT_EQ(mails_of(ada_).size(), 1U);
  EXPECT_THAT(mails_of(ada_)[0].attachments, testing::UnorderedElementsAreArray(things_));
  EXPECT_EQ(*expire_mails(*connection_, kNow + 3 * kMailLifeMs), 1U);
  EXPECT_THAT(mails_of(ada_), IsEmpty());
  EXPECT_EQ(owned(room::owner_of(room::LedgerSource::Expired)), 54);
}

TEST_P(MailboxTest, AMailThatIsBeingClaimedDoesNotExpire) {
  const MailId mail = must_send(gift(things_));
  const room::CharacterLease lease = play(bob_);
  ASSERT_TRUE(begin_claim(*connection_, lease, mail));
  EXPECT_EQ(*expire_mails(*connection_, kNow + kMailLifeMs), 0U);
  ASSERT_TRUE(release_lease(*connection_, lease));
  EXPECT_EQ(*expire_mails(*connection_, kNow + kMailLifeMs), 1U);
}

}  // namespace
}  // namespace throng::services
