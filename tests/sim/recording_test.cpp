#include "sim/recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

using testing::HasSubstr;

struct RecordedRoom {
  explicit RecordedRoom(int ticks_before, int ticks_recorded)
      : map(test::scattered_map(3, 40)),
        game(test::populated(map, 5)),
        world(test::make_world(map, {.entities_max = 60}, 9, game)) {
    test::RandomPlayers players(4);
    for (int i = 0; i < ticks_before; ++i) world.tick(players.next(map.width));
    RecordingWriter writer(world);
    for (int i = 0; i < ticks_recorded; ++i) {
      const std::vector<Intent> intents = players.next(map.width);
      world.tick(intents);
      writer.record_tick(intents, world);
      intents_recorded += intents.size();
      store(writer);
    }
  }

  void store(RecordingWriter& writer) {
    bytes.insert(bytes.end(), writer.pending().begin(), writer.pending().end());
    writer.clear_pending();
    ends.push_back(bytes.size());
  }

  Result<ReplaySummary> replay_bytes(ByteSpan recording, const ReplayObserver& observer = {}) const {
    return replay(recording, std::make_shared<const content::MapDef>(map), content::link_by_hand(game), observer);
  }

  content::MapDef map;
  content::GameContent game;
  World world;
  std::vector<std::uint8_t> bytes;
  std::vector<std::size_t> ends;  // length of the recording after each tick
  std::uint64_t intents_recorded = 0;
};

TEST(Recording, ReplaysToTheSameWorld) {
  const RecordedRoom room(0, 130);
  const auto summary = room.replay_bytes(room.bytes);
  ASSERT_TRUE(summary.has_value()) << summary.error().message;
  EXPECT_EQ(summary->first, Tick{0});
  EXPECT_EQ(summary->last, Tick{130});
  EXPECT_EQ(summary->digest, room.world.digest());
  EXPECT_EQ(summary->digests, 6u);
  EXPECT_EQ(summary->intents, room.intents_recorded);
  EXPECT_FALSE(summary->first_difference.has_value());
  EXPECT_FALSE(summary->truncated);
}

TEST(Recording, MayBeginInTheMiddleOfARoomsLife) {
  const RecordedRoom room(77, 100);
  const auto summary = room.replay_bytes(room.bytes);
  ASSERT_TRUE(summary.has_value()) << summary.error().message;
  EXPECT_EQ(summary->first, Tick{77});
  EXPECT_EQ(summary->last, Tick{177});
  EXPECT_EQ(summary->digest, room.world.digest());
}

TEST(Recording, ShowsEveryTickToAnObserver) {
  const RecordedRoom room(0, 50);
  std::uint32_t ticks = 0;
  std::size_t events = 0;
  const auto summary = room.replay_bytes(room.bytes, [&](const World& world, const TickOutput& output) {
    EXPECT_EQ(world.now(), Tick{++ticks});
    events += output.events.size();
  });
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(ticks, 50u);
  EXPECT_GT(events, 10u);
}

TEST(Recording, NamesTheFirstDigestThatDiffers) {
  RecordedRoom room(0, 100);
  // The digest of tick 60 is the last thing that its tick wrote.
  room.bytes[room.ends[59] - 1] ^= 1;
  const auto summary = room.replay_bytes(room.bytes);
  ASSERT_TRUE(summary.has_value()) << summary.error().message;
  EXPECT_EQ(summary->first_difference, Tick{60});
  EXPECT_EQ(summary->digests, 2u);
  EXPECT_EQ(summary->last, Tick{60});
}

TEST(Recording, ReplaysUpToTheLastWholeRecordAfterACrash) {
  const RecordedRoom room(0, 60);
  std::size_t whole_ticks = 0;
  for (std::size_t size = room.ends.front(); size < room.bytes.size(); ++size) {
    if (room.ends[whole_ticks] <= size) ++whole_ticks;
    const auto summary = room.replay_bytes(ByteSpan(room.bytes).first(size));
    ASSERT_TRUE(summary.has_value()) << summary.error().message;
    ASSERT_FALSE(summary->first_difference.has_value());
    ASSERT_TRUE(summary->last == Tick{static_cast<std::uint32_t>(whole_ticks)} ||
                summary->last == Tick{static_cast<std::uint32_t>(whole_ticks + 1)})
        << size;
    size += 6;  // every seventh length is enough
  }
  const auto cut = room.replay_bytes(ByteSpan(room.bytes).first(room.ends[39] - 3));
  ASSERT_TRUE(cut.has_value());
  EXPECT_TRUE(cut->truncated);
  EXPECT_EQ(cut->last, Tick{40});
}

TEST(Recording, RefusesOtherContentThanItsOwn) {
  RecordedRoom room(0, 20);
  room.game.monsters[0].max_hp += 1;
  const auto other_monsters = room.replay_bytes(room.bytes);
  ASSERT_FALSE(other_monsters.has_value());
  EXPECT_THAT(other_monsters.error().message, HasSubstr("content of hash"));
  room.map.content_hash += 1;
  const auto other_map = room.replay_bytes(room.bytes);
  ASSERT_FALSE(other_map.has_value());
  EXPECT_THAT(other_map.error().message, HasSubstr("is of map \"scattered\""));
}

TEST(Recording, NamesTheByteOfADamagedRecord) {
  RecordedRoom room(0, 20);
  const std::size_t at = room.ends[4];
  room.bytes[at] = 0x77;
  const auto summary = room.replay_bytes(room.bytes);
  ASSERT_FALSE(summary.has_value());
  EXPECT_THAT(summary.error().message, HasSubstr("at byte " + std::to_string(at)));
}

TEST(Recording, SurvivesRandomDamage) {
  const RecordedRoom room(5, 40);
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    Rng rng(seed);
    std::vector<std::uint8_t> damaged = room.bytes;
    for (int i = 0; i < 5; ++i) {
      damaged[rng.below(static_cast<std::uint32_t>(damaged.size()))] = static_cast<std::uint8_t>(rng.next());
    }
    const auto summary = room.replay_bytes(damaged);
    if (summary) {
      ASSERT_LE(summary->last, Tick{2'000});
    }
  }
}

TEST(Recording, TellsWhichMapItNeeds) {
  const RecordedRoom room(0, 1);
  const auto name = recorded_map_name(room.bytes);
  ASSERT_TRUE(name.has_value());
  EXPECT_EQ(*name, "scattered");
  EXPECT_FALSE(recorded_map_name({}).has_value());
}

TEST(Recording, StopsWhenNobodyStoresIt) {
  World world = test::make_world(content::open_field("field", 100, 100));
  RecordingWriter writer(world);
  const InlineString<32> longest(std::string(32, 'x'));
  const std::vector<Intent> many(20'000, SpawnPlayer{{1}, longest, Position{}, longest, nullptr});
  for (int i = 0; i < 12; ++i) {
    world.tick(many);
    writer.record_tick(many, world);
  }
  EXPECT_TRUE(writer.overflowed());
  EXPECT_LT(writer.pending().size(), kRecordingPendingBytesMax + (2u << 20));
  const auto summary =
      replay(writer.pending(), std::make_shared<const content::MapDef>(world.map()), world.shared_content());
  ASSERT_TRUE(summary.has_value());
  EXPECT_FALSE(summary->truncated);
}

}  // namespace
}  // namespace throng::sim
