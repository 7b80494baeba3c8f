#include "gateway/worker.h"

#include <gtest/gtest.h>

namespace throng::gateway {
namespace {

TEST(Links, NameConnectionsAndAreNeverTheLinkToNothing) {
  for (const net::ConnectionId id : {net::ConnectionId{}, net::ConnectionId{0, 1}, net::ConnectionId{0xffff'ffff, 7},
                                     net::ConnectionId{3, 0xffff'fffe}}) {
    EXPECT_NE(link_of(id), room::kNoLink);
    EXPECT_EQ(connection_of(link_of(id)), id);
  }
  EXPECT_NE(link_of({1, 2}), link_of({2, 1}));
}

}  // namespace
}  // namespace throng::gateway
