#include "services/mail/stored_post.h"

#include <gmock/gmock.h>

#include <future>
#include <mutex>

#include "services/characters/character_fixture.h"
#include "services/mail/acquaintances.h"
#include "services/mail/mailbox.h"
#include "services/store/ledger_verify.h"
#include "sim/character_sheet.h"

namespace throng::services {
namespace {

using room::PostReply;
using room::PostWish;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// Ann and Bob play, on both engines; Ann has a worn sword and coins.
class StoredPostTest : public test::CharacterTest {
 protected:
  StoredPostTest() {
    open_node();
    post.emplace(*node->store);
    post->set_arrived([this](CharacterId recipient) {
      const std::lock_guard lock(mutex);
      arrived.push_back(recipient.value);
    });
    ann = node->arrive(new_account(), test::option("name", "Ann"))->lease;
    bob = node->arrive(new_account(), test::option("name", "Bob"))->lease;
    room::Cut start;
    start.moves.push_back(move_of(room::owner_of(room::LedgerSource::Loot), owner_of(ann.character), "sword", 1, 77));
    start.moves.push_back(move_of(room::owner_of(room::LedgerSource::Loot), owner_of(ann.character), "coins", 50, 0));
    start.saves = {save_of(ann, 50, true)};
    EXPECT_EQ(keep(start).refused, "");
  }
  ~StoredPostTest() override {
    node.reset();  // the store calls back
  }

  static room::LedgerMove move_of(OwnerId from, OwnerId to, std::string_view asset, std::int64_t amount,
                                  std::int64_t uid) {
    return {.from = from, .to = to, .asset = asset, .amount = amount, .item_uid = uid, .note = "mail"};
  }
  static room::CharacterSave save_of(const room::CharacterLease& lease, std::int64_t coins, bool sword) {
    sim::CharacterSheet sheet;
    sheet.coins = coins;
    if (sword) sheet.bag.push_back({.item = "sword", .count = 1, .durability = 12, .uid = 77});
    return {.lease = lease, .sheet = sim::save_sheet(sheet), .level = 1, .map = "meadow", .release = false};
  }

  PostReply ask(const room::CharacterLease& lease, PostWish wish) {
    std::promise<PostReply> reply;
    post->ask({"room", 7, lease, std::move(wish)}, [&](PostReply one) { reply.set_value(std::move(one)); });
    PostReply got = reply.get_future().get();
    EXPECT_EQ(got.number, 7u);
    EXPECT_EQ(got.room_id, "room");
    return got;
  }
  room::CutOutcome keep(room::Cut cut) {
    cut.room_id = "room";
    cut.number = ++cuts;
    const auto through = post->watching([this](room::Cut kept, std::function<void(room::CutOutcome)> done) {
      return node->store->keep(std::move(kept), std::move(done));
    });
    std::promise<room::CutOutcome> outcome;
    EXPECT_TRUE(through(std::move(cut), [&](room::CutOutcome one) { outcome.set_value(std::move(one)); }));
    room::CutOutcome got = outcome.get_future().get();
    EXPECT_TRUE(node->store->flush(std::chrono::seconds(10)));  // whoever has got mail was told, too
    return got;
  }
  room::SendMail letter(const std::string& to, bool attached = false, const std::string& key = {}) {
    return {.to = to, .sender_name = "Ann", .subject = "Hi", .body = "Dear Bob", .key = key, .attached = attached};
  }
  /// As the room does it, with everything that Ann has.
  PostReply send_all(const std::string& key = {}) {
    PostReply numbered = ask(ann, letter("bob", true, key));
    EXPECT_EQ(numbered.problem, "");
    if (numbered.done) return numbered;
    room::Cut cut;
    cut.moves.push_back(move_of(owner_of(ann.character), owner_of(numbered.mail), "sword", 1, 77));
    cut.moves.push_back(move_of(owner_of(ann.character), owner_of(numbered.mail), "coins", 50, 0));
    cut.mails.push_back({numbered.mail, numbered.recipient, ann.character, "Ann", "Hi", "Dear Bob", key, {{77, 12}}});
    cut.saves = {save_of(ann, 0, false)};
    EXPECT_EQ(keep(cut).refused, "");
    return numbered;
  }
  room::CutOutcome take_all(MailId mail, std::int64_t coins) {
    room::Cut cut;
    cut.moves.push_back(move_of(owner_of(mail), owner_of(bob.character), "sword", 1, 77));
    cut.moves.push_back(move_of(owner_of(mail), owner_of(bob.character), "coins", coins, 0));
    cut.saves = {save_of(bob, coins, true)};
    return keep(cut);
  }
  std::vector<std::string> ledger_problems() {
    const auto connection = connect_database(url_);
    const auto report = verify_ledger(**connection);
    EXPECT_TRUE(report) << (report ? "" : report.error().message);
    return report ? report->problems : std::vector<std::string>{"unread"};
  }
  std::vector<std::int64_t> told() {
    const std::lock_guard lock(mutex);
    return arrived;
  }

  std::mutex mutex;
  std::vector<std::int64_t> arrived;
  std::optional<StoredPost> post;
  room::CharacterLease ann;
  room::CharacterLease bob;
  std::int64_t cuts = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, StoredPostTest, test::engines(), test::engine_name);

TEST_P(StoredPostTest, ALetterIsDeliveredListedReadAndDeleted) {
  const PostReply sent = ask(ann, letter("BOB"));
  EXPECT_EQ(sent.problem, "");
  EXPECT_TRUE(sent.done);
  EXPECT_TRUE(node->store->flush(std::chrono::seconds(10)));
  EXPECT_THAT(told(), ElementsAre(bob.character.value));
  EXPECT_EQ(ask(bob, room::CountUnread{}).unread, 1);
  const PostReply list = ask(bob, room::ListMail{});
  ASSERT_THAT(list.mails, SizeIs(1));
  EXPECT_EQ(list.mails[0].id, sent.mail);
  EXPECT_EQ(list.mails[0].sender_name, "Ann");
  EXPECT_EQ(list.unread, 1);
  const PostReply read = ask(bob, room::ReadMail{sent.mail});
  ASSERT_THAT(read.mails, SizeIs(1));
  EXPECT_EQ(read.mails[0].body, "Dear Bob");
  EXPECT_EQ(ask(bob, room::CountUnread{}).unread, 0);
  EXPECT_EQ(ask(ann, room::ReadMail{sent.mail}).problem, "no_such_mail");
  EXPECT_EQ(ask(bob, room::DeleteMail{sent.mail}).problem, "");
  EXPECT_THAT(ask(bob, room::ListMail{}).mails, IsEmpty());
}

TEST_P(StoredPostTest, WhatIsSentWithACutArrivesWithIt) {
  const PostReply sent = send_all();
  EXPECT_THAT(told(), ElementsAre(bob.character.value));
  const PostReply list = ask(bob, room::ListMail{});
  ASSERT_THAT(list.mails, SizeIs(1));
  EXPECT_THAT(list.mails[0].attachments,
              ElementsAre(MailAttachment{"sword", 1, 77, 12}, MailAttachment{"coins", 50, 0}));
  EXPECT_EQ(ask(bob, room::DeleteMail{sent.mail}).problem, "still_attached");
  const PostReply begun = ask(bob, room::BeginClaim{sent.mail});
  EXPECT_EQ(begun.attachments, list.mails[0].attachments);
  EXPECT_EQ(ask(bob, room::BeginClaim{sent.mail}).problem, "mail_in_use");
  EXPECT_EQ(take_all(sent.mail, 50).refused, "");
  EXPECT_TRUE(ask(bob, room::EndClaim{sent.mail}).done);
  EXPECT_TRUE(ask(bob, room::ListMail{}).mails.at(0).claimed);
  EXPECT_EQ(ask(bob, room::BeginClaim{sent.mail}).problem, "nothing_attached");
  EXPECT_EQ(ask(bob, room::DeleteMail{sent.mail}).problem, "");
  EXPECT_THAT(ledger_problems(), IsEmpty());
}

TEST_P(StoredPostTest, WhatIsSentTwiceWithOneKeyIsSentOnce) {
  const PostReply first = send_all("gift-1");
  EXPECT_FALSE(first.done);
  const PostReply again = ask(ann, letter("Bob", true, "gift-1"));
  EXPECT_TRUE(again.done);
  EXPECT_EQ(again.mail, first.mail);
  EXPECT_TRUE(ask(ann, letter("Bob", false, "note-1")).done);
  EXPECT_TRUE(ask(ann, letter("Bob", false, "note-1")).done);
  EXPECT_THAT(ask(bob, room::ListMail{}).mails, SizeIs(2));
  EXPECT_TRUE(ask(ann, letter("Bob", false, "note-2")).done);
  EXPECT_THAT(ask(bob, room::ListMail{}).mails, SizeIs(3));
}

TEST_P(StoredPostTest, WhoHasLostTheLeaseHasSentNothing) {
  const PostReply numbered = ask(ann, letter("Bob", true));
  ASSERT_TRUE(write_and_wait(*node->store, [&](Connection& connection) -> Result<void> {
    THRONG_CHECK(connection.run("UPDATE character SET fence = fence + 1 WHERE id = $1", {ann.character.value}));
    return {};
  }));
  room::Cut cut;
  cut.moves.push_back(move_of(owner_of(ann.character), owner_of(numbered.mail), "coins", 50, 0));
  cut.mails.push_back({numbered.mail, numbered.recipient, ann.character, "Ann", "Hi", "Dear Bob", "k", {}});
  cut.saves = {save_of(ann, 0, true), save_of(bob, 0, false)};
  const room::CutOutcome outcome = keep(cut);
  EXPECT_EQ(outcome.refused, "");
  EXPECT_THAT(outcome.fenced_off, testing::Contains(ann.character));
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_THAT(ask(bob, room::ListMail{}).mails, IsEmpty());
  EXPECT_THAT(ledger_problems(), IsEmpty());
}

TEST_P(StoredPostTest, WhomAndHowOneMayWrite) {
  EXPECT_EQ(ask(ann, letter("Nobody Here", true)).problem, "no_such_recipient");
  EXPECT_EQ(ask(ann, letter("!", false)).problem, "no_such_recipient");
  EXPECT_EQ(ask(ann, letter("Ann", true)).problem, "mail_to_self");
  ASSERT_TRUE(write_and_wait(*node->store, [&](Connection& connection) {
    return save_acquaintances(connection, bob.character, {{}, {{ann.character, "Ann"}}});
  }));
  const PostReply no = ask(ann, letter("Bob", true));
  EXPECT_EQ(no.problem, "mail_refused");
  EXPECT_EQ(no.text, "They take no mail from you.");
  EXPECT_EQ(ask(ann, letter("Bob")).problem, "mail_refused");
}

TEST_P(StoredPostTest, ANumberThatIsNotUsedIsGivenBack) {
  const PostReply numbered = ask(ann, letter("Bob", true));
  EXPECT_EQ(ask(ann, room::GiveBackMail{numbered.mail}).problem, "");
  const PostReply used = send_all();
  EXPECT_EQ(ask(ann, room::GiveBackMail{used.mail}).problem, "");
  EXPECT_THAT(ask(bob, room::ListMail{}).mails, SizeIs(1)) << "what was posted stays";
  EXPECT_THAT(ledger_problems(), IsEmpty());
}

TEST_P(StoredPostTest, WhatNobodyTakesInTimeComesBackAsItWasAndThenIsGone) {
  const PostReply sent = send_all();
  const auto expire = [&](MailId mail) {
    const Result<void> done = write_and_wait(*node->store, [&](Connection& connection) -> Result<void> {
      THRONG_CHECK(connection.run("UPDATE mail SET expires_at = 1 WHERE id = $1", {mail.value}));
      THRONG_TRY(const std::size_t expired, expire_mails(connection, 2));
      return expired == 1 ? Result<void>{} : fail("none expired");
    });
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
  };
  expire(sent.mail);
  EXPECT_THAT(ask(bob, room::ListMail{}).mails, IsEmpty());
  const PostReply back = ask(ann, room::ListMail{});
  ASSERT_THAT(back.mails, SizeIs(1));
  EXPECT_THAT(back.mails[0].attachments,
              ElementsAre(MailAttachment{"sword", 1, 77, 12}, MailAttachment{"coins", 50, 0}));
  expire(back.mails[0].id);
  EXPECT_THAT(ask(ann, room::ListMail{}).mails, IsEmpty());
  EXPECT_THAT(ledger_problems(), IsEmpty());
}

TEST_P(StoredPostTest, AcquaintancesComeBackWithTheCharacter) {
  room::Cut cut;
  cut.saves = {save_of(ann, 50, true)};
  cut.saves[0].acquaintances = room::Acquaintances{{{bob.character, "Bob"}}, {{bob.character, "Bob"}}};
  cut.saves[0].release = true;
  EXPECT_EQ(keep(cut).refused, "");
  const auto again = node->arrive(std::to_string(ann.account.value));
  ASSERT_NE(again, nullptr);
  EXPECT_THAT(again->friends, ElementsAre(room::Acquaintance{bob.character, "Bob"}));
  EXPECT_THAT(again->ignored, ElementsAre(room::Acquaintance{bob.character, "Bob"}));
}

}  // namespace
}  // namespace throng::services
