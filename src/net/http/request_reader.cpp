#include "net/http/request_reader.h"

#include <algorithm>
#include <exception>
#include <optional>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/assert.h"
#include "net/http/header_text.h"

namespace throng::net {
namespace {

namespace http = boost::beast::http;
using BeastParser = http::request_parser<http::string_body>;

ReadOutcome error(int status) { return {ReadOutcome::Kind::Error, status}; }

int status_of(boost::beast::error_code code) {
  if (code == http::error::header_limit) return 431;
  if (code == http::error::body_limit || code == http::error::buffer_overflow) return 413;
  if (code == http::error::bad_version) return 505;
  return 400;
}

std::string text_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

/// "http://host/path?x" is the same as "/path?x" (RFC 9112 section 3.2.2).
std::string_view origin_form(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return target;
  const std::size_t path = target.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? std::string_view() : target.substr(path);
}

void split_target(HttpRequest& request) {
  const std::string_view target = origin_form(request.target);
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string_view::npos) request.query = target.substr(question + 1);
  if (request.path.empty()) request.path = "/";
}

}  // namespace

/// One request in the making.
struct RequestReader::Parser {
  explicit Parser(const RequestReaderLimits& limits) {
    beast.header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
    beast.body_limit(limits.body_bytes_max);
    beast.eager(false);  // stop behind the header
  }

  /// Copies the header as soon as it is whole, so that trailers behind the body cannot change it.
  void copy_header() {
    const auto& message = beast.get();
    request.method = text_of(message.method_string());
    request.target = text_of(message.target());
    request.version = static_cast<int>(message.version());
    for (const auto& field : message) request.headers.emplace_back(to_lower(field.name_string()), field.value());
    split_target(request);
    keep_alive = message.keep_alive();
  }

  static std::string to_lower(boost::beast::string_view name) { return lower_case({name.data(), name.size()}); }

  BeastParser beast;
  HttpRequest request;
  bool header_done = false;
  bool keep_alive = false;
  bool expects_continue = false;
};

RequestReader::RequestReader(RequestReaderLimits limits) : limits_(limits) {}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

ReadOutcome RequestReader::feed(ByteSpan bytes) {
  buffer_.append(as_text(bytes));
  return next();
}

ReadOutcome RequestReader::next() {
  if (!parser_) {
    skip_empty_lines();
    if (buffer_.empty() || buffer_ == "\r") return {};
    parser_ = std::make_unique<Parser>(limits_);
  }
  THRONG_ASSERT(!parser_->beast.is_done(), "a finished request was not taken");
  try {
    return parse_on();
  } catch (const std::exception&) {  // fields longer than the library's own limits
    return error(400);
  }
}

/// Gives the parser slices of the header limit at most, so that chunk headers and trailers obey it too.
ReadOutcome RequestReader::parse_on() {
  std::size_t at = 0;
  ReadOutcome outcome;
  while (!parser_->beast.is_done()) {
    const std::size_t slice = std::min(buffer_.size() - at, limits_.header_bytes_max);
    boost::beast::error_code code;
    const std::size_t used = parser_->beast.put(boost::asio::const_buffer(buffer_.data() + at, slice), code);
    at += used;
    if (code && code != http::error::need_more) return error(status_of(code));
    if (parser_->beast.is_header_done() && !parser_->header_done) outcome = on_header_done();
    if (outcome.kind == ReadOutcome::Kind::Error) return outcome;
    if (used == 0 && slice == limits_.header_bytes_max) return error(431);
    if (used == 0 || (code == http::error::need_more && at == buffer_.size())) break;
  }
  buffer_.erase(0, at);
  if (!parser_->beast.is_done()) return {};
  parser_->request.body = std::move(parser_->beast.get().body());
  return {ReadOutcome::Kind::Request, 0};
}

/// What the library lets through and must not pass: two readings of where a request ends are an attack.
ReadOutcome RequestReader::on_header_done() {
  parser_->header_done = true;
  parser_->copy_header();
  parser_->beast.eager(true);
  const HttpRequest& request = parser_->request;
  const auto is = [](std::string_view name) { return [name](const auto& field) { return field.first == name; }; };
  const auto hosts = std::count_if(request.headers.begin(), request.headers.end(), is("host"));
  if (hosts > 1 || (hosts == 0 && request.version >= 11)) return error(400);
  const std::string coding = lower_case(request.header("transfer-encoding"));
  if (!coding.empty() && request.version < 11) return error(400);
  const auto codings = std::count_if(request.headers.begin(), request.headers.end(), is("transfer-encoding"));
  if (codings > 0 && (coding != "chunked" || codings > 1)) return error(501);
  parser_->expects_continue = lower_case(request.header("expect")) == "100-continue" && request.version >= 11;
  return {};
}

/// Old clients send an empty line behind a body; RFC 9112 section 2.2 asks servers to step over it.
void RequestReader::skip_empty_lines() {
  std::size_t at = 0;
  while (buffer_.compare(at, 2, "\r\n") == 0) at += 2;
  buffer_.erase(0, at);
}

HttpRequest RequestReader::take_request() {
  THRONG_ASSERT(parser_ && parser_->beast.is_done(), "no finished request to take");
  HttpRequest request = std::move(parser_->request);
  keep_alive_ = parser_->keep_alive;
  parser_.reset();
  return request;
}

bool RequestReader::keep_alive() const { return keep_alive_; }

bool RequestReader::take_expect_continue() {
  if (!parser_ || !parser_->expects_continue || parser_->beast.is_done()) return false;
  parser_->expects_continue = false;
  return true;
}

std::string RequestReader::origin_so_far() const {
  if (!parser_) return {};
  const auto& message = parser_->beast.get();
  const auto found = message.find("origin");
  return found == message.end() ? std::string() : text_of(found->value());
}

bool RequestReader::idle() const { return buffer_.empty() && !parser_; }

std::string RequestReader::take_unread() { return std::move(buffer_); }

}  // namespace throng::net
