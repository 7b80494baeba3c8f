#include "services/accounts/work_pool.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

namespace throng::services {
namespace {

TEST(WorkPool, RefusesWhenTooMuchWaits) {
  WorkPool pool(1, 2);
  std::promise<void> go;
  std::promise<void> began;
  ASSERT_TRUE(pool.post([&] {
    began.set_value();
    go.get_future().wait();
  }));
  began.get_future().wait();
  std::atomic<int> done{0};
  EXPECT_TRUE(pool.post([&] { ++done; }));
  EXPECT_TRUE(pool.post([&] { ++done; }));
  EXPECT_FALSE(pool.post([&] { ++done; })) << "two wait already";
  go.set_value();
  pool.stop();
  EXPECT_EQ(done, 2) << "what was taken is done";
  EXPECT_FALSE(pool.post([&] { ++done; })) << "it has stopped";
}

}  // namespace
}  // namespace throng::services
