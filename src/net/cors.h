#pragma once
// Cross-origin headers as the Colyseus SDKs need them (protocol specification, section 2.5): on every response.

#include <string_view>

#include "net/http/message.h"

namespace throng::net {

/// @param origin  value of the request's Origin header; empty when absent, which is answered with "*"
void add_cors_headers(HttpResponse& response, std::string_view origin);

}  // namespace throng::net
