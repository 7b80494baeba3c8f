// HTTP requests from strangers: whole and split feeding must agree, limits hold, and the upgrade check and the
// small header readers take whatever comes. Input: one byte for the step, then the bytes of the connection.

#include <algorithm>
#include <string>
#include <vector>

#include "base/assert.h"
#include "net/address.h"
#include "net/http/header_text.h"
#include "net/http/request_reader.h"
#include "net/http/upgrade.h"

namespace {

using throng::net::HttpRequest;
using throng::net::ReadOutcome;
using throng::net::RequestReader;
using throng::net::RequestReaderLimits;

constexpr RequestReaderLimits kLimits{.header_bytes_max = 1024, .body_bytes_max = 256};

std::string describe(const HttpRequest& request) {
  THRONG_ASSERT(request.body.size() <= kLimits.body_bytes_max, "a body above the limit");
  THRONG_ASSERT(!request.path.empty(), "a request without a path");
  std::string text = request.method + " " + request.path + "?" + request.query + " " + request.body;
  for (const auto& [name, value] : request.headers) {
    THRONG_ASSERT(value.find_first_of("\r\n") == std::string::npos, "a header value with a line break");
    text += "\n" + name + ":" + value;
  }
  static_cast<void>(throng::net::check_upgrade(request));
  static_cast<void>(throng::net::accepts_gzip(request.header("accept-encoding")));
  static_cast<void>(throng::net::forwarded_address(request.header("x-forwarded-for")));
  return text;
}

/// Stops at the first error, as a server does. An error is written without its status: which limit is met
/// first may depend on where the bytes were cut.
std::vector<std::string> requests_of(std::string_view text, std::size_t step) {
  RequestReader reader(kLimits);
  std::vector<std::string> seen;
  for (std::size_t at = 0; at < text.size(); at += step) {
    ReadOutcome outcome = reader.feed(throng::as_bytes(text.substr(at, step)));
    while (outcome.kind == ReadOutcome::Kind::Request) {
      seen.push_back(describe(reader.take_request()));
      outcome = reader.next();
    }
    if (outcome.kind == ReadOutcome::Kind::Error) {
      static_cast<void>(reader.origin_so_far());
      seen.emplace_back("error");
      break;
    }
    static_cast<void>(reader.take_expect_continue());
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t step = 1 + data[0] % 32;
  const auto whole = requests_of(text, std::max<std::size_t>(text.size(), 1));
  const auto split = requests_of(text, step);
  const std::size_t common = std::min(whole.size(), split.size());
  THRONG_ASSERT(std::equal(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(common), split.begin()),
                "splitting changes the meaning");
  return 0;
}
