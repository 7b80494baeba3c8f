#include "sim/streams.h"

#include <gtest/gtest.h>

namespace throng::sim {
namespace {

TEST(Streams, AreIndependentOfOneAnother) {
  Streams a(7);
  Streams b(7);
  for (int i = 0; i < 100; ++i) a.rng(Stream::Wander).next();
  EXPECT_EQ(a.rng(Stream::Loot).next(), b.rng(Stream::Loot).next());
  EXPECT_NE(Streams(7).rng(Stream::Loot).next(), Streams(7).rng(Stream::Combat).next());
  EXPECT_NE(Streams(7).rng(Stream::Loot).next(), Streams(8).rng(Stream::Loot).next());
}

TEST(Streams, GoOnAfterSaveAndRestore) {
  Streams streams(7);
  streams.rng(Stream::Spawn).next();
  ByteWriter saved;
  streams.save(saved);
  ByteReader in(saved.view());
  auto restored = Streams::restore(in);
  ASSERT_TRUE(restored.has_value());
  EXPECT_EQ(restored->rng(Stream::Spawn).next(), streams.rng(Stream::Spawn).next());
}

TEST(Streams, RefuseTheStateOfAllZeros) {
  const std::vector<std::uint8_t> zeros(kStreams * 32);
  ByteReader in(zeros);
  EXPECT_FALSE(Streams::restore(in).has_value());
}

}  // namespace
}  // namespace throng::sim
