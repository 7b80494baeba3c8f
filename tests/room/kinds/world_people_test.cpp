#include "room/kinds/world_people.h"

#include "room/kinds/played_world.h"

namespace throng::room {
namespace {

using Texts = std::vector<std::string>;

class WorldPeopleTest : public test::PlayedWorld {
 protected:
  WorldPeopleTest() {
    content::GameContent game = test::slime_game();
    game.chat.say_range = units(100);
    game.chat.words = {"darn"};
    game.chat.code_points_max = 40;
    open(test::world_def(), content::link_by_hand(std::move(game)));
  }
  void chat(std::uint64_t link, const std::string& text, const std::string& channel, const std::string& to = {}) {
    std::vector<std::pair<std::string, std::string>> payload = {{"message", text}, {"channel", channel}};
    if (!to.empty()) payload.emplace_back("to", to);
    room().say(link, "chat", texts_payload(payload));
  }
  void befriend(std::uint64_t link, const std::string& action, const std::string& target = {}) {
    std::vector<std::pair<std::string, std::string>> payload = {{"action", action}};
    if (!target.empty()) payload.emplace_back("targetId", target);
    room().say(link, "friend", texts_payload(payload));
  }
  Texts heard(std::uint64_t link) { return room().texts(link, "chat", "message"); }
  Texts refusals(std::uint64_t link) { return room().texts(link, "error", "code"); }
};

TEST_F(WorldPeopleTest, WhatIsSaidReachesWhoIsInRange) {
  play(1, "ann");
  play(2, "bob");
  room().say(2, "move", test::move_payload(1, 0, 1));
  room().step(10);  // 80 units
  chat(1, "near", "say");
  room().step(10);
  chat(1, "far", "say");
  EXPECT_EQ(heard(2), Texts{"near"});
  EXPECT_EQ(heard(1), (Texts{"near", "far"}));
}

TEST_F(WorldPeopleTest, ListedWordsAreReplacedBeforeAnybodyHearsThem) {
  play(1, "ann");
  play(2, "bob");
  chat(1, "DARN it", "zone");
  chat(1, "darn it", "whisper", "bob");
  EXPECT_EQ(heard(2), (Texts{"*** it", "*** it"}));
}

TEST_F(WorldPeopleTest, LinesThatAreTooLongOrRepeatedAreHeardByNobody) {
  play(1, "ann");
  play(2, "bob");
  chat(1, std::string(41, 'x'), "zone");
  for (int i = 0; i < 4; ++i) chat(1, "buy gold", "zone");
  EXPECT_EQ(heard(2), (Texts{"buy gold", "buy gold", "buy gold"}));
  EXPECT_EQ(refusals(1), (Texts{"text_length", "repeated"}));
}

TEST_F(WorldPeopleTest, AWhisperNeedsSomebodyWhoIsHere) {
  play(1, "ann");
  chat(1, "psst", "whisper");
  chat(1, "psst", "whisper", "nobody");
  EXPECT_EQ(refusals(1), (Texts{"field_missing", "no_such_player"}));
  EXPECT_TRUE(heard(1).empty());
}

/// As whoever admits people sends them: a guest, or with a lease a character that is kept.
JoinOptions admitted(const std::string& name, std::int64_t character = 0) {
  auto arrival = std::make_shared<Arrival>();
  arrival->name = name;
  if (character != 0) arrival->lease = {{character}, {7}, 1};
  JoinOptions options;
  options.add("name", std::string("Admin"));
  options.arrival = std::move(arrival);
  return options;
}

TEST_F(WorldPeopleTest, GuestsAreCalledAsTheyWereAdmittedAndToldApart) {
  const test::DecodingClient& ann = play(1, "ann", admitted("Bob"));
  play(2, "ben", admitted("Bob"));
  play(3, "cid", admitted(""));
  room().step();
  EXPECT_EQ(ann.entry("players", "ann", "name").text, "Bob");
  EXPECT_EQ(ann.entry("players", "ben", "name").text.substr(0, 4), "Bob-");
  EXPECT_EQ(ann.entry("players", "cid", "name").text.substr(0, 6), "guest-");
}

TEST_F(WorldPeopleTest, ANameMeansTheCharacterBeforeAGuestOfThatName) {
  play(1, "guest", admitted("Ann"));
  const test::DecodingClient& ann = play(2, "ann", admitted("Ann", 2'001));
  play(3, "bob");
  room().step();
  EXPECT_EQ(ann.entry("players", "ann", "name").text, "Ann") << "a character keeps its name";
  chat(3, "psst", "whisper", "Ann");
  EXPECT_EQ(heard(2), Texts{"psst"});
  EXPECT_TRUE(heard(1).empty());
}

TEST_F(WorldPeopleTest, CharactersAreIgnoredUnderWhateverNameAndGuestsByTheirs) {
  play(1, "bob", admitted("Bob", 2'002));
  play(2, "ann", admitted("Ann", 2'001));
  befriend(1, "ignore", "Ann");
  room().room.on_frame(room().players.at(2).slot, {2}, test::leave_frame());
  play(3, "other", admitted("Ann", 2'003));
  play(4, "renamed", admitted("Anna", 2'001));
  play(5, "guest", admitted("Anne"));
  befriend(1, "ignore", "Anne");
  for (const std::uint64_t link : {3, 4, 5}) chat(link, std::to_string(link), "zone");
  EXPECT_EQ(heard(1), Texts{"3"}) << "who has got the name is not who was ignored";
  befriend(1, "unignore", "Anna");
  befriend(1, "unignore", "Anne");
  for (const std::uint64_t link : {4, 5}) chat(link, std::to_string(link), "zone");
  EXPECT_EQ(heard(1), (Texts{"3", "4", "5"}));
}

TEST_F(WorldPeopleTest, WithoutAPartyThereIsNobodyToTalkToInIt) {
  play(1, "ann");
  play(2, "bob");
  chat(1, "psst", "party");
  EXPECT_EQ(refusals(1), Texts{"no_party"});
  EXPECT_TRUE(heard(2).empty());
}

TEST_F(WorldPeopleTest, WhoIsIgnoredIsHeardOnNoChannelUntilForgiven) {
  play(1, "ann");
  play(2, "bob");
  befriend(2, "ignore", "ann");
  chat(1, "one", "zone");
  chat(1, "two", "say");
  chat(1, "three", "whisper", "bob");
  EXPECT_TRUE(heard(2).empty());
  EXPECT_EQ(heard(1), (Texts{"one", "two", "three"}));  // and is not told so
  EXPECT_TRUE(refusals(1).empty());
  befriend(2, "unignore", "ann");
  chat(1, "four", "zone");
  EXPECT_EQ(heard(2), Texts{"four"});
}

TEST_F(WorldPeopleTest, TheListOfFriendsSaysWhoIsHere) {
  play(1, "ann");
  play(2, "bob");
  befriend(1, "add", "bob");
  befriend(1, "add", "bob");  // once is enough
  room().room.on_frame(room().players.at(2).slot, {2}, test::leave_frame());
  befriend(1, "list");
  const std::vector<test::Bytes> lists = payloads(1, "friends");
  ASSERT_EQ(lists.size(), 3u);
  protocol::MsgpackDocument document;
  ASSERT_TRUE(document.parse(lists[1]));
  ASSERT_EQ(document.root().size(), 1u);
  EXPECT_EQ(document.root().at(0).find("name")->as_string(), "bob");
  EXPECT_EQ(document.root().at(0).find("sessionId")->as_string(), "bob");
  ASSERT_TRUE(document.parse(lists[2]));
  EXPECT_NE(document.root().at(0).find("sessionId").value_or(document.root()).as_string(), "bob");
}

TEST_F(WorldPeopleTest, NobodyBefriendsThemselvesOrAStranger) {
  play(1, "ann");
  befriend(1, "add", "ann");
  befriend(1, "add", "nobody");
  befriend(1, "add");
  befriend(1, "remove", "nobody");
  EXPECT_EQ(refusals(1), (Texts{"no_such_player", "no_such_player", "field_missing", "no_such_player"}));
}

struct BoardRow {
  double rank = 0;
  std::string name;
  double value = 0;
};
struct ReadBoard {
  std::vector<BoardRow> rows;
  double own_rank = 0;
  double own_value = 0;
};

ReadBoard read_board(const test::Bytes& payload) {
  ReadBoard board;
  protocol::MsgpackDocument document;
  EXPECT_TRUE(document.parse(payload));
  const auto number = [](const protocol::MsgpackValue& map, std::string_view key) {
    const std::optional<protocol::MsgpackValue> value = map.find(key);
    return value ? value->as_number().value_or(-1) : -1;
  };
  const protocol::MsgpackValue rows = *document.root().find("rows");
  for (std::size_t i = 0; i < rows.size(); ++i)
    board.rows.push_back(
        {number(rows.at(i), "rank"), std::string(*rows.at(i).find("name")->as_string()), number(rows.at(i), "value")});
  board.own_rank = number(document.root(), "rank");
  board.own_value = number(document.root(), "value");
  return board;
}

TEST_F(WorldPeopleTest, ALeaderboardShowsTheTenBestAndOnesOwnPlace) {
  for (std::uint64_t link = 1; link <= 12; ++link) {
    sim::CharacterSheet sheet;
    sheet.coins = static_cast<std::int64_t>(link) * 10;
    room().enter(link, "s" + std::to_string(link), arriving("n" + std::to_string(link), sheet));
  }
  room().step(2);
  room().say(2, "leaderboard", test::text_payload("board", "wealth"));
  ASSERT_EQ(payloads(2, "leaderboard").size(), 1u);
  const ReadBoard board = read_board(payloads(2, "leaderboard")[0]);
  ASSERT_EQ(board.rows.size(), 10u);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(board.rows[i].rank, static_cast<double>(i + 1));
    EXPECT_EQ(board.rows[i].value, 120.0 - 10.0 * static_cast<double>(i));
  }
  EXPECT_EQ(board.rows[0].name, "n12");
  EXPECT_EQ(board.own_rank, 11);
  EXPECT_EQ(board.own_value, 20);
}

TEST_F(WorldPeopleTest, WhoIsEvenOnALeaderboardStandsInTheOrderOfComing) {
  play(1, "ann");
  play(2, "bob");
  room().say(2, "leaderboard", test::text_payload("board", "level"));
  const ReadBoard board = read_board(payloads(2, "leaderboard").at(0));
  ASSERT_EQ(board.rows.size(), 2u);
  EXPECT_EQ(board.rows[0].name, "ann");
  EXPECT_EQ(board.own_rank, 2);
  room().say(2, "leaderboard", test::text_payload("board", "beauty"));
  EXPECT_EQ(refusals(2), Texts{"field_out_of_range"});
}

}  // namespace
}  // namespace throng::room
