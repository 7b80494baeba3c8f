#include "services/accounts/session_cache.h"

#include <gtest/gtest.h>

namespace throng::services {
namespace {

Blob hash_number(int number) { return Blob{static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)}; }

Account cached_account(std::int64_t number) {
  Account account;
  account.id = AccountId{number};
  return account;
}

constexpr std::int64_t kCacheNow = 1'000'000;
constexpr std::int64_t kCacheFarAway = 1'000'000'000;

TEST(SessionCache, BelievesForAWhile) {
  SessionCache cache;
  EXPECT_FALSE(cache.find(hash_number(1), kCacheNow));
  cache.put(hash_number(1), cached_account(7), kCacheFarAway, kCacheNow, cache.generation());
  EXPECT_EQ(cache.find(hash_number(1), kCacheNow + SessionCache::kBelievedMs - 1)->id.value, 7);
  EXPECT_FALSE(cache.find(hash_number(1), kCacheNow + SessionCache::kBelievedMs));
}

TEST(SessionCache, BelievesNoLongerThanTheSessionLasts) {
  SessionCache cache;
  cache.put(hash_number(1), cached_account(7), kCacheNow + 10, kCacheNow, cache.generation());
  EXPECT_FALSE(cache.find(hash_number(1), kCacheNow + 10));
}

TEST(SessionCache, ForgetsWhatIsRevoked) {
  SessionCache cache;
  cache.put(hash_number(1), cached_account(7), kCacheFarAway, kCacheNow, cache.generation());
  cache.put(hash_number(2), cached_account(7), kCacheFarAway, kCacheNow, cache.generation());
  cache.put(hash_number(3), cached_account(8), kCacheFarAway, kCacheNow, cache.generation());
  cache.forget(hash_number(1));
  EXPECT_FALSE(cache.find(hash_number(1), kCacheNow));
  EXPECT_TRUE(cache.find(hash_number(2), kCacheNow));
  cache.forget(AccountId{7});
  EXPECT_FALSE(cache.find(hash_number(2), kCacheNow));
  EXPECT_TRUE(cache.find(hash_number(3), kCacheNow));
}

TEST(SessionCache, DoesNotTakeAnAnswerFromBeforeARevocation) {
  SessionCache cache;
  const std::uint64_t asked = cache.generation();
  cache.forget(AccountId{7});
  cache.put(hash_number(1), cached_account(7), kCacheFarAway, kCacheNow, asked);
  EXPECT_FALSE(cache.find(hash_number(1), kCacheNow));
}

TEST(SessionCache, IsBounded) {
  SessionCache cache;
  const int count = static_cast<int>(SessionCache::kEntriesMax) + 10;
  for (int i = 0; i < count; ++i)
    cache.put(hash_number(i), cached_account(i + 1), kCacheFarAway, kCacheNow, cache.generation());
  EXPECT_FALSE(cache.find(hash_number(0), kCacheNow));
  EXPECT_FALSE(cache.find(hash_number(9), kCacheNow));
  EXPECT_TRUE(cache.find(hash_number(10), kCacheNow));
  EXPECT_TRUE(cache.find(hash_number(count - 1), kCacheNow));
}

}  // namespace
}  // namespace throng::services
