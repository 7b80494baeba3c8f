#include "protocol/messages/lobby_filter.h"

#include <gtest/gtest.h>

#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

TEST(LobbyFilter, KeepsMetadataAsItCame) {
  const std::vector<std::uint8_t> bytes =
      nlohmann::json::to_msgpack({{"name", "world"}, {"metadata", {{"mode", "duel"}}}});
  MsgpackDocument document;
  ASSERT_TRUE(document.parse(bytes));
  const Decoded<LobbyFilterMessage> filter = decode_fields<LobbyFilterMessage>(document.root());
  ASSERT_TRUE(filter.accepted());
  EXPECT_EQ(filter->name, "world");
  EXPECT_EQ(testing::to_json(*filter->metadata), nlohmann::json({{"mode", "duel"}}));
}

TEST(LobbyFilter, EmptyObjectMeansEverything) {
  const std::vector<std::uint8_t> bytes = testing::from_hex("d4724090");
  MsgpackDocument document;
  ASSERT_TRUE(document.parse(bytes));
  const Decoded<LobbyFilterMessage> filter = decode_fields<LobbyFilterMessage>(document.root());
  ASSERT_TRUE(filter.accepted());
  EXPECT_EQ(filter->name, std::nullopt);
  EXPECT_FALSE(filter->metadata.has_value());
}

}  // namespace
}  // namespace throng::protocol
