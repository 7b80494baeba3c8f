#pragma once
// HTTP requests and responses as values.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace throng::net {

/// A request, whole: the body has arrived. Everything here is untrusted.
struct HttpRequest {
  std::string method;  ///< as sent, such as "GET"
  std::string target;  ///< as sent
  std::string path;    ///< the target up to '?', not percent-decoded; "/" at least
  std::string query;   ///< behind '?', not decoded; often empty
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case, in order of arrival
  std::string body;
  std::string peer_address;  ///< textual IP; from X-Forwarded-For only when ServerLimits::trust_proxy is set
  int version = 11;          ///< 10 or 11

  /// Value of the first header of this (lower-case) name; empty when there is none.
  std::string_view header(std::string_view name) const {
    for (const auto& [known, value] : headers)
      if (known == name) return value;
    return {};
  }
};

/// Content-Length, Connection and Date are added when it is sent.
struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  ///< when set, sent instead of body, not copied per request
};

}  // namespace throng::net
