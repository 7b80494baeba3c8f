#include "services/mailer/email_text.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

namespace throng::services {
namespace {

/// What goes into a header stays in it.
std::string one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  return text;
}

bool is_plain_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
}

std::string base64(const std::string& text) {
  static constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    const auto byte = [&](std::size_t at) {
      return at < text.size() ? static_cast<unsigned>(static_cast<unsigned char>(text[at])) : 0u;
    };
    const unsigned bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += kLetters[bits >> 18];
    out += kLetters[bits >> 12 & 63u];
    out += i + 1 < text.size() ? kLetters[bits >> 6 & 63u] : '=';
    out += i + 2 < text.size() ? kLetters[bits & 63u] : '=';
  }
  return out;
}

/// RFC 2047 for what is not ASCII.
std::string header_text(const std::string& text) {
  const std::string line = one_line(text);
  return is_plain_ascii(line) ? line : "=?UTF-8?B?" + base64(line) + "?=";
}

std::string header_date(std::int64_t unix_milliseconds) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  using namespace std::chrono;
  const sys_seconds time{duration_cast<seconds>(milliseconds(unix_milliseconds))};
  const sys_days day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", kDays[weekday{day}.c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

/// In lines of 76, as base64 of mails has them.
std::string folded_base64(const std::string& text) {
  const std::string letters = base64(text);
  std::string out;
  for (std::size_t at = 0; at < letters.size(); at += 76) out += letters.substr(at, 76) + "\r\n";
  return out;
}

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    if (c != '\r') out += c;
  }
  return out;
}

}  // namespace

std::string rfc5322_text(const EmailMessage& message, const std::string& from, std::int64_t unix_milliseconds,
                         const std::string& message_id) {
  const bool plain =
      std::all_of(message.text.begin(), message.text.end(), [](char c) { return (c >= ' ' && c < 0x7F) || c == '\n'; });
  return fmt::format(
      "From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\nAuto-Submitted: "
      "auto-generated\r\n\r\n{}",
      one_line(from), one_line(message.to), header_text(message.subject), header_date(unix_milliseconds),
      one_line(message_id), plain ? "7bit" : "base64", plain ? with_crlf(message.text) : folded_base64(message.text));
}

std::string address_in(const std::string& mailbox) {
  const std::size_t open = mailbox.rfind('<');
  const std::size_t close = mailbox.rfind('>');
  if (open == std::string::npos || close == std::string::npos || close < open) return one_line(mailbox);
  return one_line(mailbox.substr(open + 1, close - open - 1));
}

}  // namespace throng::services
