#pragma once
// What /healthz and /readyz answer.

#include <string>
#include <string_view>
#include <vector>

#include "net/http/message.h"

namespace throng::gateway {

/// A component, and what is wrong with it; empty: nothing.
struct HealthPart {
  std::string name;
  std::string problem;
};

/// 200 and `OK`, or 503 and a line for each part that has a problem; as JSON when `accept`, a header, asks for that.
net::HttpResponse health_response(const std::vector<HealthPart>& parts, std::string_view accept);

/// 200 or 503, `{"ready": …, "reasons": […], "components": {…}}`; as lines when `accept` asks for plain text.
/// Reasons are the names of the components that are not ready.
net::HttpResponse readiness_response(const std::vector<HealthPart>& parts, std::string_view accept);

}  // namespace throng::gateway
