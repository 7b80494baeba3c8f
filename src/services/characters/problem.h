#pragma once
// Errors of the REST interface: problem documents (RFC 9457).

#include <string>
#include <string_view>

#include "net/http/message.h"

namespace throng::services {

/// @param code    stable, for programs
/// @param detail  for people
net::HttpResponse problem(int status, std::string_view code, std::string_view detail);

/// A body of JSON.
net::HttpResponse json_answer(int status, std::string body);

}  // namespace throng::services
