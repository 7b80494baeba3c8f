#include "protocol/messages/trade.h"

#include "protocol/messages/judged.h"
#include "sim/event.h"
#include "sim/trade/trade_state.h"

namespace throng::protocol {
namespace {

TEST(TradeMessage, SaysWhatToDoWithWhatIsNeededForIt) {
  testing::expect_judged<TradeMessage>({
      {{{"action", "ask"}, {"targetId", "s1"}}, ""},
      {{{"action", "offer"}, {"slot", 3}, {"count", 999}}, ""},
      {{{"action", "coins"}, {"coins", 4'000'000'000}}, ""},
      {{{"action", "lock"}}, ""},
      {{{"targetId", "s1"}}, "field_missing"},
      {{{"action", "steal"}}, "field_out_of_range"},
      {{{"action", "offer"}, {"slot", -1}}, "field_out_of_range"},
      {{{"action", "offer"}, {"slot", 0}, {"count", 1'000}}, "field_out_of_range"},
      {{{"action", "coins"}, {"coins", 4'000'000'001}}, "field_out_of_range"},
      {{{"action", "coins"}, {"coins", -5}}, "field_out_of_range"},
      {{{"action", "coins"}, {"coins", 1.5}}, "field_out_of_range"},
  });
}

TEST(TradeMessage, WordsAreThoseOfTheWorld) {
  EXPECT_EQ(testing::taken<TradeMessage>({{"action", "confirm"}})->action, sim::TradeAction::Confirm);
  EXPECT_EQ(kTradeWords[static_cast<std::size_t>(sim::TradeAction::Cancel)], "cancel");
  EXPECT_EQ(kTradeNewsWords[static_cast<std::size_t>(sim::TradeNews::Cancelled)], "cancelled");
  EXPECT_EQ(kTradeStageWords[static_cast<std::size_t>(sim::TradeStage::Confirmed)], "confirmed");
}

nlohmann::json decoded(const TradeNotice& notice) {
  ByteWriter out;
  MsgpackWriter writer(out);
  encode(writer, notice);
  return nlohmann::json::from_msgpack(out.take());
}

TEST(TradeNotice, ShowsBothOffersWhileItGoesOn) {
  const std::array<TradeItemRow, 1> rows{{{4, "gel", 2, 0}}};
  const nlohmann::json told = decoded({.news = "changed",
                                       .session_id = "s2",
                                       .name = "Bob",
                                       .own = TradeOfferView{"locked", 7, rows},
                                       .other = TradeOfferView{"open", 0, {}}});
  EXPECT_EQ(told["own"]["items"][0]["itemId"], "gel");
  EXPECT_EQ(told["own"]["coins"], 7);
  EXPECT_EQ(told["other"]["stage"], "open");
  EXPECT_FALSE(told.contains("why"));
}

TEST(TradeNotice, SaysWhyItIsOver) {
  const nlohmann::json told = decoded({.news = "cancelled", .why = "dead", .session_id = "s2", .name = "Bob"});
  EXPECT_EQ(told, (nlohmann::json{{"news", "cancelled"}, {"why", "dead"}, {"sessionId", "s2"}, {"name", "Bob"}}));
}

}  // namespace
}  // namespace throng::protocol
