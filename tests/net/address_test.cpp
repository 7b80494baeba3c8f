#include "net/address.h"

#include <gtest/gtest.h>

namespace throng::net {
namespace {

TEST(Address, ReadsAndWritesBothFamilies) {
  for (const char* text : {"192.0.2.1", "2001:db8::1", "::1"}) EXPECT_EQ(parse_address(text)->text(), text);
  EXPECT_EQ(parse_address("[2001:db8::1]")->text(), "2001:db8::1");
  for (const char* text : {"", "unknown", "1.2.3", "1.2.3.4:5", "g::1"}) EXPECT_FALSE(parse_address(text)) << text;
}

TEST(Address, KnowsLoopback) {
  EXPECT_TRUE(parse_address("127.8.0.1")->is_loopback());
  EXPECT_TRUE(parse_address("::1")->is_loopback());
  EXPECT_FALSE(parse_address("128.0.0.1")->is_loopback());
}

TEST(Address, GroupsAHouseholdsIpv6Addresses) {
  EXPECT_EQ(parse_address("2001:db8:0:1::a")->limit_group(), parse_address("2001:db8:0:1:ffff::b")->limit_group());
  EXPECT_NE(parse_address("2001:db8:0:1::a")->limit_group(), parse_address("2001:db8:0:2::a")->limit_group());
  EXPECT_NE(parse_address("192.0.2.1")->limit_group(), parse_address("192.0.2.2")->limit_group());
}

TEST(Address, BelievesOnlyTheLastForwardedElement) {
  EXPECT_EQ(forwarded_address("6.6.6.6, 192.0.2.7")->text(), "192.0.2.7");
  EXPECT_FALSE(forwarded_address("192.0.2.7, unknown"));
  EXPECT_FALSE(forwarded_address(""));
}

}  // namespace
}  // namespace throng::net
