#include "load/looter.h"

#include <gtest/gtest.h>

#include "base/clock.h"

namespace throng::bench {
namespace {

constexpr std::uint8_t kAdd = 0x80;
constexpr std::uint8_t kSwitch = 0xff;

FieldType reference(std::string name, ValueKind kind, int child) {
  return {.name = std::move(name), .kind = kind, .child_kind = ValueKind::Structure, .child_type = child};
}
FieldType number(std::string name) { return {.name = std::move(name), .kind = ValueKind::Float32}; }

// Root {me: Me, monsters, drops: maps of Thing}, Me {x, y, coins}, Thing {x, y, hp}.
StateTypes world_types() {
  StateTypes types;
  types.types.resize(3);
  types.types[0].fields = {reference("me", ValueKind::Structure, 1), reference("monsters", ValueKind::Map, 2),
                           reference("drops", ValueKind::Map, 2)};
  types.types[1].fields = {number("x"), number("y"), number("coins")};
  types.types[2].fields = {number("x"), number("y"), number("hp")};
  return types;
}

constexpr std::uint8_t kMe = 1;
constexpr std::uint8_t kMonsters = 2;
constexpr std::uint8_t kDrops = 3;

struct LootingBot {
  LootingBot() : looter(world_types()) {
    tally.measuring = true;
    for (const int at : {0, 1, 2}) {
      stream.put(static_cast<std::uint8_t>(kAdd + at));
      stream.put(static_cast<std::uint8_t>(kMe + at));
    }
    set(kMe, 100, 100, 0);
  }
  void set(std::uint8_t id, float x, float y, float third) {
    stream.put(kSwitch);
    stream.put(id);
    std::uint8_t field = kAdd;
    for (const float value : {x, y, third}) {
      stream.put(field++);
      stream.put(value);
    }
  }
  void enter(std::uint8_t map, std::uint8_t id, std::string_view key, float x, float y, float hp) {
    stream.put(kSwitch);
    stream.put(map);
    for (const std::uint8_t byte : {kAdd, id, static_cast<std::uint8_t>(0xa0 + key.size())}) stream.put(byte);
    stream.append(key);
    stream.put(id);
    set(id, x, y, hp);
  }
  void remove(std::uint8_t map, std::uint8_t index) {
    stream.put(kSwitch);
    stream.put(map);
    stream.put(std::uint8_t{0x40});
    stream.put(index);
  }
  void show() {
    looter.on_state(stream.view(), clock.now(), tally);
    stream.clear();
  }
  /// The types of what it sends now.
  std::vector<std::string> act() {
    std::vector<std::string> types;
    for (const std::vector<std::uint8_t>& message : looter.act(clock.now(), tally)) {
      types.emplace_back(message.begin() + 2, message.begin() + 2 + (message[1] & 0x1f));
    }
    return types;
  }

  ManualClock clock;
  Tally tally;
  Looter looter;
  ByteWriter stream;
};

using Types = std::vector<std::string>;

TEST(Looter, AttacksTheNearestLivingMonsterOnceAndGoesThere) {
  LootingBot bot;
  bot.enter(kMonsters, 10, "7", 400, 100, 5);
  bot.enter(kMonsters, 11, "8", 300, 100, 5);
  bot.enter(kMonsters, 12, "9", 101, 100, 0);
  bot.show();
  EXPECT_EQ(bot.act(), (Types{"attack", "move"}));
  EXPECT_EQ(bot.act(), (Types{"move"}));
}

TEST(Looter, MeasuresFromPickUpToTheBag) {
  LootingBot bot;
  bot.enter(kDrops, 10, "7", 110, 100, 0);
  bot.show();
  EXPECT_EQ(bot.act(), (Types{"pickup"}));
  bot.clock.advance(std::chrono::milliseconds(40));
  bot.remove(kDrops, 10);
  bot.set(kMe, 100, 100, 12);
  bot.show();
  EXPECT_EQ(bot.tally.pickup_shown_us.count(), 1u);
  EXPECT_EQ(bot.tally.pickup_shown_us.max(), 40'000);
}

TEST(Looter, TakesNoGainForAnAnswerWhileTheThingStillLiesThere) {
  LootingBot bot;
  bot.enter(kDrops, 10, "7", 110, 100, 0);
  bot.show();
  bot.act();
  bot.set(kMe, 100, 100, 12);
  bot.show();
  EXPECT_EQ(bot.tally.pickup_shown_us.count(), 0u);
}

TEST(Looter, CountsWhatWasNeverShown) {
  LootingBot bot;
  bot.enter(kDrops, 10, "7", 110, 100, 0);
  bot.show();
  bot.act();
  bot.clock.advance(std::chrono::seconds(3));
  bot.act();
  EXPECT_EQ(bot.tally.pickups_not_shown, 1u);
  EXPECT_EQ(bot.tally.pickup_shown_us.count(), 0u);
}

TEST(Looter, WalksToWhatLiesNear) {
  LootingBot bot;
  bot.enter(kDrops, 10, "7", 180, 100, 0);
  bot.show();
  EXPECT_EQ(bot.act(), (Types{"move"}));
}

TEST(Looter, ReportsAFaultyStreamOnceAndThenLooksAway) {
  LootingBot bot;
  for (int i = 0; i < 2; ++i) {
    bot.set(99, 1, 1, 1);
    bot.show();
  }
  EXPECT_EQ(bot.tally.faults[static_cast<std::size_t>(Fault::UnknownReference)], 1u);
  EXPECT_TRUE(bot.act().empty());
}

}  // namespace
}  // namespace throng::bench
