#include "net/address_table.h"

#include <gtest/gtest.h>

namespace throng::net {
namespace {

Address address_number(int n) { return *parse_address("10.0.0." + std::to_string(n)); }
const MonotonicTime kStart{std::chrono::hours(1)};

TEST(AddressTable, LimitsOpenConnectionsOfOneAddress) {
  AddressTable table({.connections_max = 2, .new_connections_per_s = 100});
  EXPECT_EQ(table.admit(address_number(1), kStart), Admission::Admitted);
  EXPECT_EQ(table.admit(address_number(1), kStart), Admission::Admitted);
  EXPECT_EQ(table.admit(address_number(1), kStart), Admission::TooMany);
  EXPECT_EQ(table.admit(address_number(2), kStart), Admission::Admitted);
  table.release(address_number(1));
  EXPECT_EQ(table.admit(address_number(1), kStart), Admission::Admitted);
}

TEST(AddressTable, LimitsTheRateAndForgivesWithTime) {
  AddressTable table({.connections_max = 1000, .new_connections_per_s = 2});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(table.admit(address_number(1), kStart), Admission::Admitted);
  EXPECT_EQ(table.admit(address_number(1), kStart), Admission::TooFast);
  EXPECT_EQ(table.admit(address_number(1), kStart + std::chrono::milliseconds(600)), Admission::Admitted);
  EXPECT_EQ(table.admit(address_number(1), kStart + std::chrono::milliseconds(600)), Admission::TooFast);
}

TEST(AddressTable, ExemptsLoopbackUnlessTold) {
  const Address loopback = *parse_address("127.0.0.1");
  AddressTable lenient({.connections_max = 0});
  EXPECT_EQ(lenient.admit(loopback, kStart), Admission::Admitted);
  AddressTable strict({.connections_max = 0, .limit_loopback = true});
  EXPECT_EQ(strict.admit(loopback, kStart), Admission::TooMany);
}

TEST(AddressTable, StaysBoundedAndForgetsTheQuiet) {
  AddressTable table({.connections_max = 5, .new_connections_per_s = 5, .addresses_max = 3});
  for (int n = 1; n <= 10; ++n) EXPECT_EQ(table.admit(address_number(n), kStart), Admission::Admitted);
  EXPECT_EQ(table.remembered(), 3u);
  for (int n = 1; n <= 3; ++n) table.release(address_number(n));
  EXPECT_EQ(table.admit(address_number(20), kStart + std::chrono::seconds(10)), Admission::Admitted);
  EXPECT_EQ(table.remembered(), 1u);
}

TEST(AddressTable, CountsWhatAnotherWorkerAdmitted) {
  AddressTable table({.connections_max = 1, .new_connections_per_s = 100});
  table.take_over(address_number(1));
  EXPECT_EQ(table.admit(address_number(1), kStart), Admission::TooMany);
}

}  // namespace
}  // namespace throng::net
