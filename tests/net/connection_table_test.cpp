#include "net/connection_table.h"

#include <gtest/gtest.h>

namespace throng::net {
namespace {

TEST(ConnectionTable, MakesIdsStaleWhenTheirSlotIsReused) {
  ConnectionTable table(10);
  Connection* first = table.acquire();
  first->phase = Phase::Reading;
  const ConnectionId old = first->id;
  EXPECT_EQ(table.find(old), first);
  EXPECT_EQ(table.find_token(ConnectionTable::token(old)), first);
  table.release(*first);
  EXPECT_EQ(table.find(old), nullptr);
  Connection* second = table.acquire();
  second->phase = Phase::Reading;
  EXPECT_EQ(second, first);
  EXPECT_EQ(table.find(old), nullptr);
  EXPECT_EQ(table.find_token(ConnectionTable::token(old)), nullptr);
  EXPECT_EQ(table.find({}), nullptr);
}

TEST(ConnectionTable, RefusesAboveItsCapacityAndKeepsAddressesStable) {
  ConnectionTable table(130);
  Connection* first = table.acquire();
  for (int i = 1; i < 130; ++i) ASSERT_NE(table.acquire(), nullptr);
  EXPECT_EQ(table.acquire(), nullptr);
  EXPECT_EQ(&table.at(0), first);
  EXPECT_EQ(table.size(), 130u);
}

TEST(ConnectionTable, KeepsAnIdleWebSocketSmall) { EXPECT_LE(sizeof(Connection), 256u); }

TEST(OutQueue, GivesBackBytesInOrderWhilePartlySent) {
  OutQueue queue;
  queue.append(as_bytes("abcdef"));
  queue.consume(4);
  queue.append(as_bytes("gh"));
  EXPECT_EQ(as_text(queue.front()), "efgh");
  queue.consume(4);
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace throng::net
