#include "protocol/messages/mail.h"

#include <charconv>

#include <fmt/format.h>

#include "content/game/balance.h"

namespace throng::protocol {
namespace {

PayloadFieldInfo mail_whole(std::string_view name, std::string_view help, bool optional = false) {
  return {name, PayloadType::Integer, 0, 0, optional, help};
}
PayloadFieldInfo mail_text(std::string_view name, std::string_view help, bool optional = false) {
  return {name, PayloadType::Text, 0, 0, optional, help};
}
PayloadFieldInfo mail_flag(std::string_view name, std::string_view help) {
  return {name, PayloadType::Boolean, 0, 0, false, help};
}
PayloadFieldInfo mail_shape(std::string_view name, std::string_view shape, std::string_view help, bool optional) {
  return {name, PayloadType::Map, 0, 0, optional, help, {}, shape};
}

void encode_mail(MsgpackWriter& out, const MailRow& mail) {
  out.map(mail.body ? 10 : 9).key("mailId").integer(mail.mail);
  out.key("from").string(mail.from).key("subject").string(mail.subject);
  if (mail.body) out.key("body").string(*mail.body);
  out.key("sentAt").integer(mail.sent_at_ms).key("expiresAt").integer(mail.expires_at_ms);
  out.key("read").boolean(mail.read).key("claimed").boolean(mail.claimed);
  out.key("coins").integer(mail.coins).key("items").array(mail.items.size());
  for (const MailItemRow& row : mail.items) out.map(2).key("itemId").string(row.item).key("count").integer(row.count);
}

}  // namespace

MessageInfo mail_message() {
  return {.name = "mail",
          .type_name = "MailMessage",
          .room = RoomKind::World,
          .help = "Letters, with things attached, to characters who may be away. Guests have no mail.",
          .fields = describe_fields<MailMessage>(),
          .rate_per_s = 2,
          .burst = 10,
          .answers = {"mail", "error"}};
}

Decoded<std::vector<MailItemWish>> read_mail_items(const MailMessage& message) {
  std::vector<MailItemWish> items;
  if (!message.items) return items;
  if (message.items->size() > kMailItemsMax)
    return Refusal{kRefusalOutOfRange, fmt::format("items must be at most {}", kMailItemsMax)};
  for (std::size_t i = 0; i < message.items->size(); ++i) {
    const std::string_view slot = message.items->key(i).as_string().value_or("");
    MailItemWish wish;
    const auto [end, error] = std::from_chars(slot.data(), slot.data() + slot.size(), wish.slot);
    const std::int64_t count = message.items->at(i).as_integer().value_or(0);
    if (slot.empty() || error != std::errc() || end != slot.data() + slot.size())
      return Refusal{kRefusalWrongType, "items must be slots of the bag, and how many of each"};
    if (wish.slot >= content::kBagCapacityMax || count < 1 || count > kMailItemCountMax)
      return Refusal{kRefusalOutOfRange,
                     fmt::format("items must be slots of the bag, with 1 to {} of each", kMailItemCountMax)};
    wish.count = static_cast<std::uint32_t>(count);
    items.push_back(wish);
  }
  return items;
}

void encode(MsgpackWriter& out, const MailNotice& notice) {
  std::size_t pairs = 1;
  for (const bool is_there :
       {notice.mail_id.has_value(), notice.unread.has_value(), notice.mails.has_value(), notice.mail != nullptr}) {
    pairs += is_there ? 1u : 0u;
  }
  out.map(pairs).key("news").string(kMailNewsWords[static_cast<std::size_t>(notice.news)]);
  if (notice.mail_id) out.key("mailId").integer(*notice.mail_id);
  if (notice.unread) out.key("unread").integer(*notice.unread);
  if (notice.mails) {
    out.key("mails").array(notice.mails->size());
    for (const MailRow& mail : *notice.mails) encode_mail(out, mail);
  }
  if (notice.mail != nullptr) encode_mail(out.key("mail"), *notice.mail);
}

std::vector<PayloadTypeInfo> mail_payload_types() {
  return {
      {"MailItem",
       "Something that is attached",
       {mail_text("itemId", "id in items.json"), mail_whole("count", "how many")}},
      {"Mail",
       "A letter to you",
       {mail_whole("mailId", "for `read`, `claim`, `delete`"), mail_text("from", "shown name of the sender"),
        mail_text("subject", "what it is about"), mail_text("body", "its text; not in a list", true),
        mail_whole("sentAt", "milliseconds since 1970"),
        mail_whole("expiresAt", "then it is gone; what is attached goes back"), mail_flag("read", "you have read it"),
        mail_flag("claimed", "you have taken what was attached"), mail_whole("coins", "attached"),
        mail_shape("items", "MailItem[]", "attached", false)}},
      {"MailNotice",
       "Answer to `mail`, or news of your mailbox; fields that do not apply are absent",
       {{"news",
         PayloadType::Choice,
         0,
         0,
         false,
         "`unread`: there is mail that you have not read, or more than before",
         {kMailNewsWords.begin(), kMailNewsWords.end()}},
        mail_whole("mailId", "which was sent, claimed or deleted", true),
        mail_whole("unread", "how many you have not read; with `list` and `unread`", true),
        mail_shape("mails", "Mail[]", "the newest first, at most 100; with `list`", true),
        mail_shape("mail", "Mail", "the one that you read; with `mail`", true)}},
  };
}

}  // namespace throng::protocol
