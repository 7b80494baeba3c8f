#include "services/profile/process_threads.h"

#include <algorithm>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "base/thread_name.h"

namespace throng::services {
namespace {

TEST(ProcessThreads, AreKnownByTheirNames) {
  std::promise<void> named;
  std::promise<void> end;
  std::thread thread([&] {
    name_this_thread("a very long name of a thread");
    named.set_value();
    end.get_future().wait();
  });
  named.get_future().wait();
  const std::vector<ThreadEntry> threads = process_threads();
  end.set_value();
  thread.join();
  EXPECT_TRUE(std::any_of(threads.begin(), threads.end(), [](const auto& t) { return t.name == "a very long nam"; }));
}

}  // namespace
}  // namespace throng::services
