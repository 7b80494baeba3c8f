#include "net/listener.h"

#include <unistd.h>

#include <gtest/gtest.h>

namespace throng::net {
namespace {

TEST(Listener, ChoosesAFreePort) {
  const Result<int> fd = open_listener("127.0.0.1", 0);
  ASSERT_TRUE(fd.has_value());
  EXPECT_NE(listener_port(*fd), 0);
  ::close(*fd);
}

TEST(Listener, ListensOnEverythingWithoutAHost) {
  const Result<int> fd = open_listener("", 0);
  ASSERT_TRUE(fd.has_value());
  ::close(*fd);
}

TEST(Listener, NamesThePortThatIsTaken) {
  const Result<int> first = open_listener("127.0.0.1", 0);
  ASSERT_TRUE(first.has_value());
  const Result<int> second = open_listener("127.0.0.1", listener_port(*first));
  ASSERT_FALSE(second.has_value());
  EXPECT_NE(second.error().message.find(std::to_string(listener_port(*first))), std::string::npos);
  ::close(*first);
}

TEST(Listener, RefusesWhatIsNoAddress) { EXPECT_FALSE(open_listener("256.1.1.1.invalid", 0).has_value()); }

}  // namespace
}  // namespace throng::net
