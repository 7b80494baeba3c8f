#include "sim/intent_codec.h"

#include <gtest/gtest.h>

#include "base/rng.h"

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
  const auto back = round_trip(SpawnPlayer{{7}, {"Åsa"}, Position{{-5}, {1'000'000}}, {"gate"}});
  ASSERT_TRUE(back.has_value());
  const auto& spawn = std::get<SpawnPlayer>(*back);
  EXPECT_EQ(spawn.key, PlayerKey{7});
  EXPECT_EQ(spawn.name.view(), "Åsa");
  EXPECT_EQ(spawn.at, (Position{{-5}, {1'000'000}}));
  EXPECT_EQ(spawn.spawn_name.view(), "gate");
  EXPECT_FALSE(std::get<SpawnPlayer>(*round_trip(SpawnPlayer{{7}, {}, std::nullopt, {}})).at.has_value());
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

TEST(IntentCodec, TellsACutOffIntentFromNonsense) {
  ByteWriter out;
  put_intent(out, SpawnPlayer{{7}, {"name"}, Position{}, {"gate"}});
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
