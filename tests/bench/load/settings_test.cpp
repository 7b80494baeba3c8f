#include "load/settings.h"

#include <gtest/gtest.h>

namespace throng::bench {
namespace {

TEST(Endpoint, IsReadWithAndWithoutSchemePathAndPort) {
  Settings settings;
  ASSERT_TRUE(parse_endpoint("ws://example.org:2567/game/", settings).has_value());
  EXPECT_EQ(settings.host, "example.org");
  EXPECT_EQ(settings.port, 2567);
  EXPECT_EQ(settings.path_prefix, "/game");
  ASSERT_TRUE(parse_endpoint("127.0.0.1", settings).has_value());
  EXPECT_EQ(settings.port, 80);
  EXPECT_EQ(settings.path_prefix, "");
}

TEST(Endpoint, ThatIsUnusableIsExplained) {
  Settings settings;
  for (const char* url : {"https://a:1", "http://:80", "http://a:0", "http://a:x", "http://a:70000", ""}) {
    const Result<void> result = parse_endpoint(url, settings);
    ASSERT_FALSE(result.has_value()) << url;
    EXPECT_NE(result.error().message.find(url), std::string::npos);
  }
}

TEST(Mix, AddsUp) {
  Settings settings;
  Result<std::vector<MixPart>> mix = parse_mix("walk=900,slow=50,garbage=50");
  ASSERT_TRUE(mix.has_value());
  settings.mix = *mix;
  EXPECT_EQ(settings.clients(), 1000);
  EXPECT_TRUE(settings.has(Behaviour::Slow));
  EXPECT_FALSE(settings.has(Behaviour::Storm));
}

TEST(Mix, ThatIsWrongIsRefused) {
  for (const char* text : {"", "walk", "walk=", "walk=0", "walk=-1", "run=5", "walk=1,,slow=2", "walk=9999999"}) {
    EXPECT_FALSE(parse_mix(text).has_value()) << text;
  }
}

TEST(Behaviour, HasTheNameItIsAskedForBy) {
  for (const char* name : {"idle", "walk", "crowd", "storm", "slow", "garbage", "limit"}) {
    const Result<Behaviour> behaviour = parse_behaviour(name);
    ASSERT_TRUE(behaviour.has_value());
    EXPECT_EQ(name_of(*behaviour), name);
  }
}

}  // namespace
}  // namespace throng::bench
