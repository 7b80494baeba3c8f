#include "room/kinds/accepted.h"

#include <gtest/gtest.h>

#include "protocol/messages/move.h"

namespace throng::room {
namespace {

TEST(Accepted, TakesNameAndRatesFromTheDescription) {
  const AcceptedMessage move = accepted(protocol::move_message());
  EXPECT_EQ(move.name, "move");
  EXPECT_GT(move.per_s, 0);
  EXPECT_GE(move.burst, move.per_s);
}

TEST(Verdict, TellsBytesThatMakeNoSenseFromAWishThatIsRefused) {
  const MessageVerdict unreadable = verdict_of({protocol::kRefusalUndecodable, "no"});
  EXPECT_EQ(unreadable.kind, MessageVerdict::Kind::Undecodable);
  const MessageVerdict refused = verdict_of({protocol::kRefusalOutOfRange, "x is too big"});
  EXPECT_EQ(refused.kind, MessageVerdict::Kind::Refused);
  EXPECT_EQ(refused.code, protocol::kRefusalOutOfRange);
  EXPECT_EQ(refused.text, "x is too big");
}

}  // namespace
}  // namespace throng::room
