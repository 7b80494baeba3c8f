#include "protocol/messages/mail.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(MailMessage, SaysWhatToDoWithWhatIsNeededForIt) {
  testing::expect_judged<MailMessage>({
      {{{"action", "list"}}, ""},
      {{{"action", "claim"}, {"mailId", 4'711}}, ""},
      {{{"action", "send"}, {"to", "Bob"}, {"subject", "Hi"}, {"body", "one\ntwo"}, {"items", {{"3", 2}}}}, ""},
      {{{"mailId", 1}}, "field_missing"},
      {{{"action", "burn"}}, "field_out_of_range"},
      {{{"action", "read"}, {"mailId", 0}}, "field_out_of_range"},
      {{{"action", "send"}, {"subject", "one\ntwo"}}, "text_invalid"},
      {{{"action", "send"}, {"body", "bell\a"}}, "text_invalid"},
      {{{"action", "send"}, {"subject", std::string(61, 'x')}}, "text_length"},
      {{{"action", "send"}, {"items", {1, 2}}}, "field_wrong_type"},
      {{{"action", "send"}, {"coins", -1}}, "field_out_of_range"},
  });
}

/// What reading the items of such a message gives: how many, or the code of the refusal.
std::string items_of(const nlohmann::json& items) {
  const std::vector<std::uint8_t> bytes = nlohmann::json::to_msgpack({{"action", "send"}, {"items", items}});
  MsgpackDocument document;
  if (!document.parse(bytes)) return "unparsed";
  const auto message = decode_fields<MailMessage>(document.root());
  if (!message) return std::string(message.refusal().code);
  const auto read = read_mail_items(*message);
  return read ? std::to_string(read->size()) : std::string(read.refusal().code);
}

TEST(MailMessage, ItemsAreSlotsAndCounts) {
  EXPECT_EQ(items_of({{"0", 1}, {"59", 999}}), "2");
  EXPECT_EQ(items_of(nlohmann::json::object()), "0");
  EXPECT_EQ(items_of({{"60", 1}}), "field_out_of_range");
  EXPECT_EQ(items_of({{"1", 0}}), "field_out_of_range");
  EXPECT_EQ(items_of({{"1", 1'000}}), "field_out_of_range");
  EXPECT_EQ(items_of({{"1", "two"}}), "field_out_of_range");
  EXPECT_EQ(items_of({{"-1", 1}}), "field_wrong_type");
  EXPECT_EQ(items_of({{"1x", 1}}), "field_wrong_type");
  EXPECT_EQ(items_of({{"", 1}}), "field_wrong_type");
  nlohmann::json nine = nlohmann::json::object();
  for (int i = 0; i < 9; ++i) nine[std::to_string(i)] = 1;
  EXPECT_EQ(items_of(nine), "field_out_of_range");
}

nlohmann::json told(const MailNotice& notice) {
  ByteWriter out;
  MsgpackWriter writer(out);
  encode(writer, notice);
  return nlohmann::json::from_msgpack(out.take());
}

TEST(MailNotice, ListsWithoutTexts) {
  MailRow row{.mail = 1'005, .from = "Ann", .subject = "Hi", .sent_at_ms = 5, .expires_at_ms = 9};
  row.coins = 12;
  row.items = {{"gel", 3}};
  const std::array<MailRow, 1> rows{row};
  const nlohmann::json list = told({.news = MailNews::List, .unread = 1, .mails = rows});
  EXPECT_EQ(list["news"], "list");
  EXPECT_EQ(list["unread"], 1);
  EXPECT_EQ(list["mails"][0]["items"], (nlohmann::json::array({{{"itemId", "gel"}, {"count", 3}}})));
  EXPECT_FALSE(list["mails"][0].contains("body"));
  EXPECT_FALSE(list.contains("mail"));
}

TEST(MailNotice, ShowsOneWithItsText) {
  const MailRow row{.mail = 1'005, .from = "Ann", .subject = "Hi", .body = "Dear Bob"};
  const nlohmann::json one = told({.news = MailNews::Mail, .mail = &row});
  EXPECT_EQ(one["mail"]["body"], "Dear Bob");
  EXPECT_EQ(one["mail"]["mailId"], 1'005);
}

TEST(MailNotice, SaysOnlyWhatApplies) {
  EXPECT_EQ(told({.news = MailNews::Claimed, .mail_id = 7}), (nlohmann::json{{"news", "claimed"}, {"mailId", 7}}));
  EXPECT_EQ(told({.news = MailNews::Unread, .unread = 2}), (nlohmann::json{{"news", "unread"}, {"unread", 2}}));
}

}  // namespace
}  // namespace throng::protocol
