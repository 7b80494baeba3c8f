#pragma once
// A mail as a value, and as the text that servers exchange.

#include <cstdint>
#include <string>

namespace throng::services {

/// All of it UTF-8; `to` and `subject` are one line each.
struct EmailMessage {
  std::string to;
  std::string subject;
  std::string text;  ///< lines end with \n
};

/// The mail as RFC 5322 has it, with CRLF line ends.
std::string rfc5322_text(const EmailMessage& message, const std::string& from, std::int64_t unix_milliseconds,
                         const std::string& message_id);

/// `Name <a@b>` to `a@b`.
std::string address_in(const std::string& mailbox);

}  // namespace throng::services
