#include "room/kinds/metadata.h"

#include <gtest/gtest.h>

namespace throng::room {
namespace {

/// As a client sends it.
Metadata sent(void (*write)(protocol::MsgpackWriter&)) {
  ByteWriter bytes;
  protocol::MsgpackWriter writer(bytes);
  write(writer);
  protocol::MsgpackDocument document;
  EXPECT_TRUE(document.parse(bytes.view()));
  return read_metadata(document.root());
}

TEST(Metadata, OfTheConfigurationEqualsWhatAClientSends) {
  const Metadata configured =
      parse_metadata(R"({"mode":"duel","level":3,"half":0.5,"open":true,"none":null,"tags":["a",{"b":-1}]})");
  const Metadata wanted = sent([](protocol::MsgpackWriter& out) {
    out.map(6).key("tags").array(2).string("a").map(1).key("b").integer(-1);
    out.key("none").nil().key("open").boolean(true).key("half").number(0.5).key("level").integer(3).key("mode").string(
        "duel");
  });
  EXPECT_EQ(configured, wanted);
}

TEST(Metadata, HasOneFormForAWholeNumberHoweverItCame) {
  const Metadata as_float = sent([](protocol::MsgpackWriter& out) {
    out.map(1).key("level");
    const std::uint8_t three[] = {0xcb, 0x40, 0x08, 0, 0, 0, 0, 0, 0};
    out.encoded(three);
  });
  EXPECT_EQ(parse_metadata(R"({"level":3})"), as_float);
}

TEST(Metadata, ThatIsNoObjectIsEmpty) {
  for (const char* text : {"", "[]", "3", "{", "null"}) EXPECT_TRUE(parse_metadata(text).empty()) << text;
}

TEST(Metadata, LeavesOutKeysThatAreNoTexts) {
  EXPECT_TRUE(sent([](protocol::MsgpackWriter& out) { out.map(1).integer(1).string("one"); }).empty());
}

TEST(Metadata, SurvivesTheWayToTheClient) {
  const Metadata metadata = parse_metadata(R"({"a":{"b":[1,2]},"c":"d"})");
  ByteWriter bytes;
  write_metadata(metadata, bytes);
  protocol::MsgpackDocument document;
  ASSERT_TRUE(document.parse(bytes.view()));
  EXPECT_EQ(read_metadata(document.root()), metadata);
}

TEST(Metadata, FitsAWishWhenEveryWantedValueIsThereAndEqual) {
  const Metadata metadata = parse_metadata(R"({"mode":"duel","level":3})");
  EXPECT_TRUE(contains_all(metadata, {}));
  EXPECT_TRUE(contains_all(metadata, parse_metadata(R"({"level":3})")));
  EXPECT_FALSE(contains_all(metadata, parse_metadata(R"({"level":4})")));
  EXPECT_FALSE(contains_all(metadata, parse_metadata(R"({"level":"3"})")));
  EXPECT_FALSE(contains_all(metadata, parse_metadata(R"({"other":3})")));
}

}  // namespace
}  // namespace throng::room
