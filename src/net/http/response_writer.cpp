#include "net/http/response_writer.h"

#include <array>
#include <ctime>
#include <iterator>

#include <fmt/format.h>

#include "net/http/header_text.h"

namespace throng::net {
namespace {

bool breaks_lines(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos;
}

bool is_usable(std::string_view name, std::string_view value) {
  return !name.empty() && name.find_first_of(" :\t") == std::string_view::npos && !breaks_lines(name) &&
         !breaks_lines(value);
}

/// Those that the writer itself answers for.
bool is_framing(std::string_view name) {
  const std::string lowered = lower_case(name);
  return lowered == "content-length" || lowered == "connection" || lowered == "transfer-encoding" || lowered == "date";
}

}  // namespace

std::string_view reason_phrase(int status) {
  switch (status) {
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Unknown";
  }
}

bool is_bodiless(int status) { return status / 100 == 1 || status == 204 || status == 304; }

std::string response_head(const HttpResponse& response, const ResponseHeadOptions& options) {
  std::string head;
  head.reserve(512);
  const auto out = std::back_inserter(head);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  for (const auto& [name, value] : response.headers)
    if (is_usable(name, value) && !is_framing(name)) fmt::format_to(out, "{}: {}\r\n", name, value);
  if (!options.date.empty()) fmt::format_to(out, "Date: {}\r\n", options.date);
  const std::size_t body_bytes = response.shared_body ? response.shared_body->size() : response.body.size();
  if (!is_bodiless(response.status)) fmt::format_to(out, "Content-Length: {}\r\n", body_bytes);
  if (!options.keep_alive) head += "Connection: close\r\n";
  if (options.keep_alive && options.http_1_0) head += "Connection: keep-alive\r\n";
  head += "\r\n";
  return head;
}

std::string http_date(std::int64_t unix_seconds) {
  static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto time = static_cast<std::time_t>(unix_seconds);
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[static_cast<std::size_t>(parts.tm_wday)],
                     parts.tm_mday, kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace throng::net
