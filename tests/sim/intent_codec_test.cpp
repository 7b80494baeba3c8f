#include "sim/intent_codec.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "sim/scenario/random_game.h"

namespace throng::sim {
namespace {

std::optional<Intent> round_trip(const Intent& intent) {
  ByteWriter out;
  put_intent(out, intent);
  ByteReader in(out.view());
  const std::optional<Intent> back = get_intent(in);
  EXPECT_EQ(in.remaining(), 0u);
  return back;
}

TEST(IntentCodec, KeepsASpawn) {
  const auto back = round_trip(SpawnPlayer{{7}, {"Åsa"}, Position{{-5}, {1'000'000}}, {"gate"}, nullptr});
  ASSERT_TRUE(back.has_value());
  const auto& spawn = std::get<SpawnPlayer>(*back);
  EXPECT_EQ(spawn.key, PlayerKey{7});
  EXPECT_EQ(spawn.name.view(), "Åsa");
  EXPECT_EQ(spawn.at, (Position{{-5}, {1'000'000}}));
  EXPECT_EQ(spawn.spawn_name.view(), "gate");
  EXPECT_FALSE(std::get<SpawnPlayer>(*round_trip(SpawnPlayer{{7}, {}, std::nullopt, {}, nullptr})).at.has_value());
}

TEST(IntentCodec, KeepsAMoveInThirteenBytesAndCutsItToItsRange) {
  ByteWriter out;
  put_intent(out, Move{{7}, {-10'000}, {99'999}, 0xffff'ffffu});
  EXPECT_EQ(out.size(), 13u);
  ByteReader in(out.view());
  const auto back = std::get<Move>(*get_intent(in));
  EXPECT_EQ(back.key, PlayerKey{7});
  EXPECT_EQ(back.dx, BasisPoints{-10'000});
  EXPECT_EQ(back.dy, BasisPoints{10'000});
  EXPECT_EQ(back.seq, 0xffff'ffffu);
}

TEST(IntentCodec, KeepsARemoval) {
  EXPECT_EQ(std::get<RemovePlayer>(*round_trip(RemovePlayer{{9}})).key, PlayerKey{9});
}

TEST(IntentCodec, KeepsEveryIntentToTheByte) {
  const content::MapDef map = test::playable_map(1, 60);
  World world = test::make_world(map, {}, 1, test::playable(map, 3));
  test::RandomGame game(3, true);
  std::set<std::size_t> kinds;
  for (int i = 0; i < 200; ++i) {
    const std::vector<Intent> intents = game.next(world);
    world.tick(intents);
    for (const Intent& intent : intents) {
      ByteWriter out;
      put_intent(out, intent);
      ByteReader in(out.view());
      const std::optional<Intent> back = get_intent(in);
      ASSERT_TRUE(back.has_value());
      ASSERT_EQ(in.remaining(), 0u);
      ByteWriter again;
      put_intent(again, *back);
      ASSERT_EQ(back->index(), intent.index());
      ASSERT_TRUE(std::ranges::equal(again.view(), out.view())) << intent.index();
      kinds.insert(intent.index());
    }
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Intent>);
}

TEST(IntentCodec, TellsACutOffIntentFromNonsense) {
  ByteWriter out;
  put_intent(out, SpawnPlayer{{7}, {"name"}, Position{}, {"gate"}, nullptr});
  for (std::size_t size = 0; size < out.size(); ++size) {
    ByteReader in(out.view().first(size));
    EXPECT_FALSE(get_intent(in).has_value());
    EXPECT_TRUE(in.failed());
  }
  const std::vector<std::uint8_t> nonsense(20, 0xee);
  ByteReader in(nonsense);
  EXPECT_FALSE(get_intent(in).has_value());
  EXPECT_FALSE(in.failed());
}

}  // namespace
}  // namespace throng::sim
