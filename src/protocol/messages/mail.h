#pragma once
// `mail`: letters to characters who may be away, with things attached; and what their readers are told.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/messages/message_fields.h"
#include "protocol/messages/server_messages.h"

namespace throng::protocol {

enum class MailWish : std::uint8_t { List, Read, Claim, Send, Delete };
/// By the numbers of MailWish.
inline constexpr std::array<std::string_view, 5> kMailWords = {"list", "read", "claim", "send", "delete"};

/// Whatever the letters are, subject and text fit into one message of a client (limits.message_bytes_max).
inline constexpr std::size_t kMailSubjectLengthMax = 60;
inline constexpr std::size_t kMailBodyLengthMax = 700;
inline constexpr std::size_t kMailItemsMax = 8;
inline constexpr std::uint32_t kMailItemCountMax = 999;

struct MailMessage {
  MailWish action = MailWish::List;
  std::optional<std::uint32_t> mail;
  std::optional<std::string> to;
  std::optional<std::string> subject;
  std::optional<std::string> body;
  std::optional<MsgpackValue> items;
  std::optional<std::uint32_t> coins;
  std::optional<std::string> key;
};

template <>
struct MessageFields<MailMessage> {
  static constexpr auto list = std::make_tuple(
      choice_field("action", &MailMessage::action, kMailWords, "what to do"),
      integer_field("mailId", &MailMessage::mail, 1, 0xffff'ffff, "which; for `read`, `claim` and `delete`"),
      text_field("to", &MailMessage::to, 1, 64, "name of the character to `send` to"),
      text_field("subject", &MailMessage::subject, 1, kMailSubjectLengthMax, "of what you `send`"),
      lines_field("body", &MailMessage::body, 0, kMailBodyLengthMax, "its text; line feeds are allowed"),
      map_field("items", &MailMessage::items, "what to attach: slot of the bag to count, at most 8",
                "Record<string, number>"),
      integer_field("coins", &MailMessage::coins, 0, 4'000'000'000, "how many to attach"),
      text_field("key", &MailMessage::key, 1, 64,
                 "of your choosing: what you `send` twice with the same key is sent once"));
};

MessageInfo mail_message();

struct MailItemWish {
  std::uint32_t slot = 0;
  std::uint32_t count = 0;
};
/// What `items` says; empty when it is absent. While the document lives.
Decoded<std::vector<MailItemWish>> read_mail_items(const MailMessage& message);

// ---- to the client -----------------------------------------------------------------------------------------------

inline constexpr std::string_view kServerMail = "mail";

enum class MailNews : std::uint8_t { List, Mail, Sent, Claimed, Deleted, Unread };
inline constexpr std::array<std::string_view, 6> kMailNewsWords = {"list",    "mail",    "sent",
                                                                   "claimed", "deleted", "unread"};

struct MailItemRow {
  std::string_view item;
  std::int64_t count = 0;
};
struct MailRow {
  std::int64_t mail = 0;
  std::string_view from;
  std::string_view subject;
  std::optional<std::string_view> body = {};  ///< not in lists
  std::int64_t sent_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  bool read = false;
  bool claimed = false;
  std::int64_t coins = 0;
  std::vector<MailItemRow> items = {};
};
/// Fields that do not apply are absent.
struct MailNotice {
  MailNews news = MailNews::List;
  std::optional<std::int64_t> mail_id = {};
  std::optional<std::int64_t> unread = {};
  std::optional<std::span<const MailRow>> mails = {};
  const MailRow* mail = nullptr;
};

void encode(MsgpackWriter& out, const MailNotice& notice);

/// For the lists in game_messages.h.
std::vector<PayloadTypeInfo> mail_payload_types();

}  // namespace throng::protocol
