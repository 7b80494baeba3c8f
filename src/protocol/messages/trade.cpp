#include "protocol/messages/trade.h"

namespace throng::protocol {
namespace {

void encode_offer(MsgpackWriter& out, const TradeOfferView& offer) {
  out.map(3).key("stage").string(offer.stage).key("coins").number(static_cast<double>(offer.coins));
  out.key("items").array(offer.items.size());
  for (const TradeItemRow& row : offer.items) {
    out.map(4).key("slot").integer(row.slot).key("itemId").string(row.item).key("count").integer(row.count);
    out.key("durability").integer(row.durability);
  }
}

}  // namespace

MessageInfo trade_message() {
  return {.name = "trade",
          .type_name = "TradeMessage",
          .room = RoomKind::World,
          .help = "Exchange things and coins with a player near you; nothing moves until both have confirmed.",
          .fields = describe_fields<TradeMessage>(),
          .rate_per_s = 10,
          .burst = 20,
          .answers = {"trade", "error"}};
}

void encode(MsgpackWriter& out, const TradeNotice& notice) {
  std::size_t pairs = 3;
  pairs += notice.why.empty() ? 0u : 1u;
  pairs += notice.own ? 1u : 0u;
  pairs += notice.other ? 1u : 0u;
  out.map(pairs).key("news").string(notice.news);
  if (!notice.why.empty()) out.key("why").string(notice.why);
  out.key("sessionId").string(notice.session_id).key("name").string(notice.name);
  if (notice.own) encode_offer(out.key("own"), *notice.own);
  if (notice.other) encode_offer(out.key("other"), *notice.other);
}

std::vector<PayloadTypeInfo> trade_payload_types() {
  const auto whole = [](std::string_view name, std::string_view help) {
    return PayloadFieldInfo{name, PayloadType::Integer, 0, 0, false, help};
  };
  const auto word = [](std::string_view name, std::string_view help, bool optional = false) {
    return PayloadFieldInfo{name, PayloadType::Text, 0, 0, optional, help};
  };
  const auto choice = [](std::string_view name, std::span<const std::string_view> words, std::string_view help) {
    return PayloadFieldInfo{name, PayloadType::Choice, 0, 0, false, help, {words.begin(), words.end()}};
  };
  const auto shape = [](std::string_view name, std::string_view of, std::string_view help, bool optional = false) {
    return PayloadFieldInfo{name, PayloadType::Map, 0, 0, optional, help, {}, of};
  };
  return {
      {"TradeItem",
       "Something that is offered",
       {whole("slot", "of its owner's bag"), word("itemId", "id in items.json"), whole("count", "how many"),
        whole("durability", "of what wears out")}},
      {"TradeOffer",
       "What one of the two offers",
       {choice("stage", kTradeStageWords, "how far they have agreed; any change of an offer opens both again"),
        whole("coins", "offered coins"), shape("items", "TradeItem[]", "offered things, at most 8")}},
      {"TradeNotice",
       "What goes on in a trade",
       {choice("news", kTradeNewsWords, "what; `asked`: answer with `trade`; `done`: it has been exchanged"),
        word("why", "code of the rule that ended or changed it", true), word("sessionId", "the other one"),
        word("name", "their shown name"), shape("own", "TradeOffer", "yours, while it goes on", true),
        shape("other", "TradeOffer", "theirs", true)}},
  };
}

}  // namespace throng::protocol
