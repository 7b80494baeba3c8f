#include "net/cors.h"

namespace throng::net {

void add_cors_headers(HttpResponse& response, std::string_view origin) {
  auto& headers = response.headers;
  headers.emplace_back("Access-Control-Allow-Origin", origin.empty() ? std::string_view("*") : origin);
  headers.emplace_back("Access-Control-Allow-Credentials", "true");
  headers.emplace_back("Access-Control-Allow-Headers",
                       "Origin, X-Requested-With, Content-Type, Accept, Authorization, traceparent, tracestate");
  headers.emplace_back("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
  headers.emplace_back("Access-Control-Max-Age", "2592000");
  headers.emplace_back("Vary", "Origin");  // a cache must not give it to another origin
}

}  // namespace throng::net
