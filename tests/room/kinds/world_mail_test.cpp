#include "room/kinds/world_mail.h"

#include <deque>

#include "room/kinds/kept_world.h"

namespace throng::room {
namespace {

using Texts = std::vector<std::string>;
using test::kAnn;
using test::kBob;

/// Answers when the test says so.
class FakePostOffice final : public PostOffice {
 public:
  void ask(PostRequest request) override { asked.push_back(std::move(request)); }

  template <typename Wish>
  const Wish* oldest() const {
    return asked.empty() ? nullptr : std::get_if<Wish>(&asked.front().wish);
  }
  void reply(Room& room, PostReply reply) {
    ASSERT_FALSE(asked.empty());
    reply.room_id = asked.front().room_id;
    reply.number = asked.front().number;
    asked.pop_front();
    room.post_replied(reply);
  }
  std::deque<PostRequest> asked;
};

class WorldMailTest : public test::KeptWorld {
 protected:
  WorldMailTest() {
    post_office = &post;
    open_market();
    endow(kAnn, 100);
    play(1, "ann", kept(kAnn));
    settle();
    post.reply(room().room, {});  // nothing unread
    shop(1, "buy", "sword");
    shop(1, "buy", "potion");
    settle();
  }

  /// action, and whatever else.
  void mail(const std::string& action, std::int64_t id = 0,
            const std::function<void(protocol::MsgpackWriter&)>& more = {}, std::size_t more_pairs = 0) {
    ByteWriter bytes;
    protocol::MsgpackWriter writer(bytes);
    writer.map(1 + (id != 0 ? 1u : 0u) + more_pairs).key("action").string(action);
    if (id != 0) writer.key("mailId").integer(id);
    if (more) more(writer);
    const test::Bytes payload = bytes.take();
    room().room.on_frame(room().players.at(1).slot, {1}, test::request_frame(++requests_, "mail", payload));
  }
  void send_to_bob(int slot, int count, int coins) {
    mail(
        "send", 0,
        [&](protocol::MsgpackWriter& out) {
          out.key("to").string("Bob").key("subject").string("Hi").key("body").string("Dear Bob");
          out.key("coins").integer(coins).key("items").map(count > 0 ? 1 : 0);
          if (count > 0) out.key(std::to_string(slot)).integer(count);
        },
        5);
  }
  /// Codes of the refusals among the answers to requests; empty: accepted.
  Texts answers() {
    Texts found;
    for (const test::Bytes& frame : room().transport.to({1}, protocol::Opcode::RoomResponse)) {
      ByteReader reader(ByteSpan(frame).subspan(1));
      protocol::read_integer_num(reader);
      const auto kind = reader.get<std::uint8_t>().value_or(99);
      const ByteSpan rest = reader.rest();
      found.push_back(kind == 0 ? "" : test::text_in({rest.begin(), rest.end()}, "code"));
    }
    return found;
  }
  Texts news() { return room().texts(1, "mail", "news"); }
  std::int64_t coins_of(std::int64_t character) { return keeper.sheet(character).coins; }
  bool has_sword(std::int64_t character) {
    const auto amounts = test::belongings_of(keeper.sheet(character)).amounts;
    return amounts.contains("sword");
  }
  PostReply sword_and_coins() {
    PostReply reply;
    reply.attachments = {{"sword", 1, 77, 12}, {"coins", 50, 0}};
    return reply;
  }
  /// The mail has these in the books.
  void fill(MailId mail) {
    Cut gift;
    const OwnerId giver = owner_of(LedgerSource::GameMaster);
    gift.moves.push_back({giver, owner_of(mail), std::string_view("sword"), 1, 77, LedgerSource::GameMaster, {}});
    gift.moves.push_back({giver, owner_of(mail), kCoinsAsset, 50, 0, LedgerSource::GameMaster, {}});
    keeper.store(gift);
  }

  FakePostOffice post;
  std::uint8_t requests_ = 0;
};

constexpr MailId kMail{3'000};

TEST_F(WorldMailTest, AClaimIsShownWhenItIsCommittedAndTheMailboxHasLookedAtIt) {
  fill(kMail);
  mail("claim", kMail.value);
  ASSERT_NE(post.oldest<BeginClaim>(), nullptr);
  EXPECT_EQ(post.asked.front().lease.character.value, kAnn);
  post.reply(room().room, sword_and_coins());
  room().step(2);
  ASSERT_EQ(keeper.waiting.size(), 1u);
  EXPECT_EQ(client(1).me("coins"), 76);
  EXPECT_TRUE(post.asked.empty()) << "not yet";
  keeper.commit(room().room);
  ASSERT_NE(post.oldest<EndClaim>(), nullptr);
  EXPECT_TRUE(news().empty());
  post.reply(room().room, {});
  EXPECT_EQ(news(), Texts{"claimed"});
  EXPECT_EQ(answers(), Texts{""});
  room().step();
  EXPECT_EQ(client(1).me("coins"), 126);
  const sim::CharacterSheet sheet = keeper.sheet(kAnn);
  const auto sword = std::find_if(sheet.bag.begin(), sheet.bag.end(), [](const auto& one) { return one.uid == 77; });
  ASSERT_NE(sword, sheet.bag.end());
  EXPECT_EQ(sword->durability, 12);
}

TEST_F(WorldMailTest, MovesOfAClaimComeFromTheMail) {
  fill(kMail);
  mail("claim", kMail.value);
  post.reply(room().room, sword_and_coins());
  settle();
  int by_mail = 0;
  for (const LedgerMove& move : keeper.moves) by_mail += move.from == owner_of(kMail) && move.note == "mail" ? 1 : 0;
  EXPECT_EQ(by_mail, 2);
}

TEST_F(WorldMailTest, AFullBagLeavesTheMailWhole) {
  mail("claim", kMail.value);
  PostReply much;
  for (int i = 0; i < 9; ++i) much.attachments.push_back({"jelly", 20 * 30, 0});
  much.attachments.resize(9);
  post.reply(room().room, much);
  settle();
  ASSERT_NE(post.oldest<EndClaim>(), nullptr) << "anybody may claim it again";
  EXPECT_EQ(answers(), Texts{"bag_full"});
  EXPECT_EQ(coins_of(kAnn), 76);
}

TEST_F(WorldMailTest, WhatTheMailboxRefusesIsTold) {
  mail("claim", kMail.value);
  PostReply no;
  no.problem = "no_such_mail";
  post.reply(room().room, no);
  EXPECT_EQ(answers(), Texts{"no_such_mail"});
  mail("claim", kMail.value);
  PostReply strange;
  strange.attachments = {{"relic", 1, 5, {}}};
  post.reply(room().room, strange);
  EXPECT_EQ(answers(), (Texts{"no_such_mail", "no_such_item"}));
  EXPECT_NE(post.oldest<EndClaim>(), nullptr);
}

TEST_F(WorldMailTest, WhoLeavesBeforeTheWorldHasGivenItLeavesTheMailWhole) {
  fill(kMail);
  mail("claim", kMail.value);
  room().room.on_frame(room().players.at(1).slot, {1}, test::leave_frame());
  post.reply(room().room, sword_and_coins());
  settle();
  EXPECT_NE(post.oldest<EndClaim>(), nullptr);
  EXPECT_EQ(coins_of(kAnn), 76);
}

TEST_F(WorldMailTest, WhatIsSentLeavesInTheCutThatPostsTheMail) {
  send_to_bob(0, 1, 30);
  const auto* wish = post.oldest<SendMail>();
  ASSERT_NE(wish, nullptr);
  EXPECT_EQ(wish->to, "Bob");
  EXPECT_EQ(wish->sender_name, "hero2001");
  EXPECT_TRUE(wish->attached);
  PostReply number;
  number.mail = kMail;
  number.recipient = {kBob};
  post.reply(room().room, number);
  room().step(2);
  ASSERT_EQ(keeper.waiting.size(), 1u);
  const Cut cut = keeper.waiting.front();
  ASSERT_EQ(cut.mails.size(), 1u);
  EXPECT_EQ(cut.mails[0].mail, kMail);
  EXPECT_EQ(cut.mails[0].recipient, CharacterId{kBob});
  EXPECT_EQ(cut.mails[0].sender, CharacterId{kAnn});
  EXPECT_EQ(cut.mails[0].body, "Dear Bob");
  ASSERT_EQ(cut.mails[0].pieces.size(), 1u);
  EXPECT_EQ(cut.mails[0].pieces[0].durability, 30);
  EXPECT_TRUE(news().empty());
  keeper.commit(room().room);
  EXPECT_EQ(news(), Texts{"sent"});
  EXPECT_EQ(answers(), Texts{""});
  EXPECT_FALSE(has_sword(kAnn));
  EXPECT_EQ(coins_of(kAnn), 46);
  settle();
  EXPECT_EQ(keeper.waiting.size(), 0u) << "posted once";
}

TEST_F(WorldMailTest, WhatIsGoneMeanwhileIsNotSent) {
  send_to_bob(0, 1, 0);
  room().say(1, "equip", texts_payload({{"itemId", "sword"}}));
  room().step();
  PostReply number;
  number.mail = kMail;
  number.recipient = {kBob};
  post.reply(room().room, number);
  settle();
  EXPECT_EQ(answers(), Texts{"no_such_item"});
  ASSERT_NE(post.oldest<GiveBackMail>(), nullptr);
  for (const LedgerMove& move : keeper.moves) EXPECT_NE(move.to, owner_of(kMail));
}

TEST_F(WorldMailTest, ALetterAloneNeedsNoCut) {
  send_to_bob(0, 0, 0);
  ASSERT_NE(post.oldest<SendMail>(), nullptr);
  EXPECT_FALSE(post.oldest<SendMail>()->attached);
  PostReply sent;
  sent.done = true;
  sent.mail = kMail;
  post.reply(room().room, sent);
  EXPECT_EQ(news(), Texts{"sent"});
  EXPECT_EQ(answers(), Texts{""});
}

TEST_F(WorldMailTest, NonsenseIsRefusedAtOnce) {
  send_to_bob(9, 1, 0);      // an empty slot
  send_to_bob(0, 2, 0);      // more than there is
  send_to_bob(0, 1, 1'000);  // more coins than there are
  mail("claim");
  mail("send");
  EXPECT_EQ(answers(), (Texts{"nothing_there", "no_such_item", "not_enough_coins", "field_missing", "field_missing"}));
  EXPECT_TRUE(post.asked.empty());
}

TEST_F(WorldMailTest, OneThingAtATimeIsMoved) {
  mail("claim", kMail.value);
  mail("claim", kMail.value + 1);
  mail("list");
  mail("list");
  mail("list");
  mail("list");
  EXPECT_EQ(answers(), (Texts{"mail_busy", "mail_busy"}));
  EXPECT_EQ(post.asked.size(), 4u);
}

TEST_F(WorldMailTest, ListsAndLettersAreShown) {
  mail("list");
  PostReply list;
  list.unread = 1;
  list.mails.resize(2);
  list.mails[0].subject = "Hi";
  list.mails[0].attachments = {{"coins", 50, 0}, {"sword", 1, 77}};
  post.reply(room().room, list);
  mail("read", kMail.value);
  ASSERT_NE(post.oldest<ReadMail>(), nullptr);
  list.mails.resize(1);
  list.mails[0].body = "Dear Bob";
  post.reply(room().room, list);
  mail("delete", kMail.value);
  ASSERT_NE(post.oldest<DeleteMail>(), nullptr);
  post.reply(room().room, {});
  EXPECT_EQ(news(), (Texts{"list", "mail", "deleted"}));
  EXPECT_EQ(answers(), (Texts{"", "", ""}));
}

TEST_F(WorldMailTest, NewMailIsToldToWhoPlaysHere) {
  room().room.mail_arrived({kBob});
  EXPECT_TRUE(post.asked.empty());
  room().room.mail_arrived({kAnn});
  room().room.mail_arrived({kAnn});
  ASSERT_EQ(post.asked.size(), 1u) << "one question answers both";
  ASSERT_NE(post.oldest<CountUnread>(), nullptr);
  PostReply two;
  two.unread = 2;
  post.reply(room().room, two);
  EXPECT_EQ(news(), Texts{"unread"});
}

TEST_F(WorldMailTest, GuestsHaveNoMailbox) {
  play(2, "guest");
  room().say(2, "mail", test::text_payload("action", "list"));
  EXPECT_EQ(room().texts(2, "error", "code"), Texts{"no_mailbox"});
}

TEST_F(WorldMailTest, ListsOfPeopleAreKeptWhenTheyChange) {
  play(2, "bob", kept(kBob));
  settle();
  room().say(1, "friend", texts_payload({{"action", "add"}, {"targetId", "bob"}}));
  EXPECT_TRUE(room().texts(1, "friends", "").empty()) << "shown when it is kept";
  room().step();
  ASSERT_EQ(keeper.waiting.size(), 1u);
  ASSERT_EQ(keeper.waiting.front().saves.size(), 1u);
  const CharacterSave save = keeper.waiting.front().saves.front();
  ASSERT_TRUE(save.acquaintances);
  EXPECT_EQ(save.acquaintances->friends, (std::vector<Acquaintance>{{{kBob}, "hero2002"}}));
  keeper.commit(room().room);
  EXPECT_EQ(room().texts(1, "friends", "").size(), 1u);
  shop(1, "buy", "potion");
  room().step(2);
  ASSERT_EQ(keeper.waiting.size(), 1u);
  EXPECT_FALSE(keeper.waiting.front().saves.front().acquaintances) << "unchanged since";
}

}  // namespace
}  // namespace throng::room
