#include "sim/index_lookup.h"

#include <map>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "sim/entity_pool.h"
#include "sim/intent.h"

namespace throng::sim {
namespace {

using Lookup = IndexLookup<PlayerKey, EntityIndex>;

TEST(IndexLookup, FindsWhatWasInsertedUntilItIsErased) {
  Lookup lookup;
  EXPECT_TRUE(lookup.insert(PlayerKey{7}, EntityIndex{3}));
  EXPECT_FALSE(lookup.insert(PlayerKey{7}, EntityIndex{4}));
  EXPECT_EQ(lookup.find(PlayerKey{7}), EntityIndex{3});
  EXPECT_TRUE(lookup.erase(PlayerKey{7}));
  EXPECT_FALSE(lookup.erase(PlayerKey{7}));
  EXPECT_FALSE(lookup.find(PlayerKey{7}).has_value());
}

TEST(IndexLookup, AgreesWithAMapOverRandomUse) {
  constexpr std::uint64_t kSeed = 11;
  SCOPED_TRACE(testing::Message() << "--seed=" << kSeed);
  Rng rng(kSeed);
  Lookup lookup;
  std::map<std::uint32_t, std::uint32_t> model;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const std::uint32_t key = rng.below(500) * 65'536;
    if (rng.below(2) == 0) {
      EXPECT_EQ(lookup.insert({key}, {i}), model.emplace(key, i).second);
    } else {
      EXPECT_EQ(lookup.erase({key}), model.erase(key) == 1);
    }
    const std::uint32_t asked = rng.below(500) * 65'536;
    const auto expected = model.find(asked);
    const auto found = lookup.find({asked});
    ASSERT_EQ(found.has_value(), expected != model.end());
    if (found) {
      ASSERT_EQ(found->value, expected->second);
    }
    ASSERT_EQ(lookup.size(), model.size());
  }
}

}  // namespace
}  // namespace throng::sim
