#include "gateway/health.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace throng::gateway {
namespace {

using HealthJson = nlohmann::ordered_json;

bool all_well(const std::vector<HealthPart>& parts) {
  return std::all_of(parts.begin(), parts.end(), [](const HealthPart& part) { return part.problem.empty(); });
}

/// `OK` alone when all is well.
std::string problem_lines(const std::vector<HealthPart>& parts) {
  std::string lines;
  for (const HealthPart& part : parts) {
    if (!part.problem.empty()) lines += part.name + ": " + part.problem + "\n";
  }
  return lines.empty() ? "OK" : lines;
}

HealthJson components_json(const std::vector<HealthPart>& parts) {
  HealthJson components = HealthJson::object();
  for (const HealthPart& part : parts) {
    HealthJson& one = components[part.name] = {{"ok", part.problem.empty()}};
    if (!part.problem.empty()) one["reason"] = part.problem;
  }
  return components;
}

HealthJson reasons_json(const std::vector<HealthPart>& parts) {
  HealthJson reasons = HealthJson::array();
  for (const HealthPart& part : parts) {
    if (!part.problem.empty()) reasons.push_back(part.name);
  }
  return reasons;
}

/// Never kept by anything in between: it is true of this moment only.
net::HttpResponse probe_response(bool well, std::string_view type, std::string body) {
  net::HttpResponse response;
  response.status = well ? 200 : 503;
  response.headers = {{"Content-Type", std::string(type)}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

net::HttpResponse as_lines(const std::vector<HealthPart>& parts) {
  return probe_response(all_well(parts), "text/plain; charset=utf-8", problem_lines(parts));
}

net::HttpResponse as_json(const std::vector<HealthPart>& parts, const char* verdict) {
  const HealthJson body{
      {verdict, all_well(parts)}, {"reasons", reasons_json(parts)}, {"components", components_json(parts)}};
  return probe_response(all_well(parts), "application/json; charset=utf-8",
                        body.dump(-1, ' ', false, HealthJson::error_handler_t::replace));
}

bool asks_for(std::string_view accept, std::string_view type) { return accept.find(type) != std::string_view::npos; }

}  // namespace

net::HttpResponse health_response(const std::vector<HealthPart>& parts, std::string_view accept) {
  return asks_for(accept, "application/json") ? as_json(parts, "healthy") : as_lines(parts);
}

net::HttpResponse readiness_response(const std::vector<HealthPart>& parts, std::string_view accept) {
  return asks_for(accept, "text/plain") ? as_lines(parts) : as_json(parts, "ready");
}

}  // namespace throng::gateway
