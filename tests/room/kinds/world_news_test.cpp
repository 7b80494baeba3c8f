#include "room/kinds/world_news.h"

#include <nlohmann/json.hpp>

#include "room/kinds/played_world.h"

namespace throng::room {
namespace {

/// One slime beside the spot where everybody appears.
SharedContent one_slime() {
  content::GameContent game = test::slime_game(1);
  game.spawns[0].box = {{units(1030), units(1020)}, {units(1040), units(1028)}};
  game.monsters[0].max_hp = 10'000;
  return content::link_by_hand(std::move(game));
}

class WorldNewsTest : public test::PlayedWorld {
 protected:
  void strike(std::uint64_t link) {
    const std::vector<std::string> monsters = room().players.at(link).client.keys("monsters");
    ASSERT_EQ(monsters.size(), 1u);
    room().say(link, "attack", test::text_payload("targetId", monsters[0]));
  }
  static test::Bytes text_payload_with_number(std::string_view key, std::string_view text, std::string_view number_key,
                                              std::int64_t number) {
    ByteWriter bytes;
    protocol::MsgpackWriter(bytes).map(2).key(key).string(text).key(number_key).integer(number);
    return bytes.take();
  }
  /// How many events of the type reached the link.
  int events(std::uint64_t link, std::string_view type) {
    int found = 0;
    protocol::MsgpackDocument document;
    for (const test::Bytes& payload : payloads(link, "combat")) {
      EXPECT_TRUE(document.parse(payload));
      for (std::size_t i = 0; i < document.root().size(); ++i)
        found += document.root().at(i).find("type")->as_string() == type ? 1 : 0;
    }
    return found;
  }
};

TEST_F(WorldNewsTest, FightsAreToldToWhoSeesThemAndToNobodyElse) {
  open(test::world_def(), one_slime());
  play(1, "ann");
  play(2, "bob");
  play(3, "cid");
  room().say(3, "move", test::move_payload(-1, 0, 1));
  room().step(60);  // 480 units; radius and margin are 288
  strike(1);
  room().step(50);
  EXPECT_GT(events(1, "damage"), 0);
  EXPECT_EQ(events(2, "damage"), events(1, "damage"));
  EXPECT_TRUE(payloads(3, "combat").empty());
}

TEST_F(WorldNewsTest, AFightIsToldAgainAfterADropOnlyFromThenOn) {
  open(test::world_def(), one_slime());
  play(1, "ann");
  play(2, "bob");
  room().room.on_link_closed(room().players.at(2).slot, {2}, 1006);
  strike(1);
  room().step(50);
  const int missed = events(1, "damage");
  ASSERT_GT(missed, 0);
  room().come_back(2, 5, "bob");
  room().step(50);
  EXPECT_GT(events(5, "damage"), 0);
  EXPECT_LE(events(5, "damage"), events(1, "damage") - missed);
}

TEST_F(WorldNewsTest, ATradeIsToldToBothWithWhatTheyOffer) {
  open();
  sim::CharacterSheet rich;
  rich.coins = 30;
  play(1, "ann", arriving("Ann", rich));
  play(2, "bob", arriving("Bob", {}));
  play(3, "cid");
  room().say(1, "trade", texts_payload({{"action", "ask"}, {"targetId", "bob"}}));
  room().step(2);
  room().say(2, "trade", texts_payload({{"action", "ask"}, {"targetId", "ann"}}));
  room().step(2);
  room().say(1, "trade", text_payload_with_number("action", "coins", "coins", 12));
  room().step(2);
  const auto news = [&](std::uint64_t link, std::size_t number) {
    return nlohmann::json::from_msgpack(payloads(link, "trade").at(number));
  };
  EXPECT_EQ(news(2, 0)["news"], "asked");
  EXPECT_EQ(news(2, 0)["name"], "Ann");
  EXPECT_EQ(news(1, 0)["news"], "begun");
  EXPECT_EQ(news(2, 2)["other"]["coins"], 12);
  EXPECT_EQ(news(1, 1)["own"]["coins"], 12);
  EXPECT_TRUE(payloads(3, "trade").empty());
}

}  // namespace
}  // namespace throng::room
