#pragma once
// Responses to bytes.

#include <cstdint>
#include <string>
#include <string_view>

#include "net/http/message.h"

namespace throng::net {

/// "Not Found" for 404; "Unknown" for a code without a usual phrase.
std::string_view reason_phrase(int status);

/// Whether a response of this status has no body by definition (RFC 9110 section 6.4.1).
bool is_bodiless(int status);

struct ResponseHeadOptions {
  bool keep_alive = true;
  bool http_1_0 = false;
  std::string_view date;  ///< IMF-fixdate; no Date header when empty
};

/// Status line and header up to and including the empty line. Content-Length is that of the body, also for HEAD.
/// A header whose name or value could break the line structure is left out.
std::string response_head(const HttpResponse& response, const ResponseHeadOptions& options);

/// IMF-fixdate, "Sun, 06 Nov 1994 08:49:37 GMT". @param unix_seconds  since 1970-01-01 UTC
std::string http_date(std::int64_t unix_seconds);

}  // namespace throng::net
