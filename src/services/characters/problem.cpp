#include "services/characters/problem.h"

#include <utility>

#include <nlohmann/json.hpp>

namespace throng::services {
namespace {

std::string_view title_of(int status) {
  switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 422: return "Unprocessable Content";
    case 503: return "Service Unavailable";
    default: return "Error";
  }
}

}  // namespace

net::HttpResponse problem(int status, std::string_view code, std::string_view detail) {
  const nlohmann::ordered_json body{
      {"type", "about:blank"}, {"title", title_of(status)}, {"status", status}, {"detail", detail}, {"code", code}};
  net::HttpResponse response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/problem+json");
  if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  response.body = body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return response;
}

net::HttpResponse json_answer(int status, std::string body) {
  net::HttpResponse response;
  response.status = status;
  if (!body.empty()) response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  response.body = std::move(body);
  return response;
}

}  // namespace throng::services
