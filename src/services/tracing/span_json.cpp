#include "services/tracing/span_json.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/iso_time.h"

namespace throng::services {
namespace {

using Json = nlohmann::ordered_json;

/// What stands in a resource came from the environment and may be anything: what is no UTF-8 is replaced.
std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string as_text(const SpanValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  return fmt::format("{}", std::get<std::int64_t>(value));
}

Json any_value(const SpanValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return {{"stringValue", *text}};
  if (const auto* truth = std::get_if<bool>(&value)) return {{"boolValue", *truth}};
  return {{"intValue", as_text(value)}};
}

Json otlp_span(const SpanRecord& span, const UnixTimes& times) {
  Json json{{"traceId", hex_text(span.context.trace)}, {"spanId", hex_text(span.context.span)}};
  if (span.parent.valid()) json["parentSpanId"] = hex_text(span.parent);
  json["flags"] = span.context.sampled ? 1 : 0;
  json["name"] = span.name;
  json["kind"] = static_cast<int>(span.kind);
  json["startTimeUnixNano"] = fmt::format("{}", times.unix_ns(span.began));
  json["endTimeUnixNano"] = fmt::format("{}", times.unix_ns(span.ended));
  for (const SpanAttribute& one : span.attributes)
    json["attributes"].push_back({{"key", one.key}, {"value", any_value(one.value)}});
  if (span.dropped_attributes > 0) json["droppedAttributesCount"] = span.dropped_attributes;
  for (const SpanEvent& event : span.events)
    json["events"].push_back({{"timeUnixNano", fmt::format("{}", times.unix_ns(event.at))}, {"name", event.name}});
  if (span.dropped_events > 0) json["droppedEventsCount"] = span.dropped_events;
  for (const SpanContext& link : span.links)
    json["links"].push_back(
        {{"traceId", hex_text(link.trace)}, {"spanId", hex_text(link.span)}, {"flags", link.sampled ? 1 : 0}});
  if (span.dropped_links > 0) json["droppedLinksCount"] = span.dropped_links;
  if (span.status != SpanStatus::Unset) json["status"]["code"] = static_cast<int>(span.status);
  if (!span.problem.empty()) json["status"]["message"] = span.problem;
  return json;
}

/// Null: Zipkin has no word for what stays inside.
Json zipkin_kind(SpanKind kind) {
  switch (kind) {
    case SpanKind::Internal: return nullptr;
    case SpanKind::Server: return "SERVER";
    case SpanKind::Client: return "CLIENT";
    case SpanKind::Producer: return "PRODUCER";
    case SpanKind::Consumer: return "CONSUMER";
  }
  return nullptr;
}

Json zipkin_span(const SpanRecord& span, const UnixTimes& times, const Json& endpoint, const Json& resource_tags) {
  Json json{{"traceId", hex_text(span.context.trace)}, {"id", hex_text(span.context.span)}};
  if (span.parent.valid()) json["parentId"] = hex_text(span.parent);
  json["name"] = span.name;
  if (const Json kind = zipkin_kind(span.kind); !kind.is_null()) json["kind"] = kind;
  json["timestamp"] = times.unix_ns(span.began) / 1000;
  json["duration"] = std::max<std::int64_t>(1, (span.ended - span.began).count() / 1000);  // zero is none at all
  json["localEndpoint"] = endpoint;
  Json tags = resource_tags;
  for (const SpanAttribute& one : span.attributes) tags[std::string(one.key)] = as_text(one.value);
  for (std::size_t i = 0; i < span.links.size(); ++i)
    tags[fmt::format("link.{}", i)] = hex_text(span.links[i].trace) + "-" + hex_text(span.links[i].span);
  if (span.status == SpanStatus::Error) {
    tags["otel.status_code"] = "ERROR";
    tags["error"] = span.problem.empty() ? "true" : span.problem;
  }
  if (span.status == SpanStatus::Ok) tags["otel.status_code"] = "OK";
  json["tags"] = tags;
  for (const SpanEvent& event : span.events)
    json["annotations"].push_back({{"timestamp", times.unix_ns(event.at) / 1000}, {"value", event.name}});
  return json;
}

}  // namespace

std::string otlp_json(const TraceResource& resource, SpanBatch spans, const UnixTimes& times) {
  Json attributes = Json::array();
  for (const auto& [key, value] : resource) attributes.push_back({{"key", key}, {"value", {{"stringValue", value}}}});
  Json of_scope{{"scope", {{"name", kTraceScope}}}, {"spans", Json::array()}};
  for (const SpanPtr& span : spans) of_scope["spans"].push_back(otlp_span(*span, times));
  Json of_resource{{"resource", {{"attributes", attributes}}}};
  of_resource["scopeSpans"].push_back(std::move(of_scope));
  Json request;
  request["resourceSpans"].push_back(std::move(of_resource));
  return dumped(request);
}

std::string zipkin_json(const TraceResource& resource, SpanBatch spans, const UnixTimes& times) {
  Json endpoint = Json::object();
  Json tags = Json::object();
  for (const auto& [key, value] : resource) {
    if (key == "service.name") {
      endpoint["serviceName"] = value;
    } else {
      tags[key] = value;
    }
  }
  Json all = Json::array();
  for (const SpanPtr& span : spans) all.push_back(zipkin_span(*span, times, endpoint, tags));
  return dumped(all);
}

std::string console_lines(SpanBatch spans, const UnixTimes& times) {
  std::string lines;
  for (const SpanPtr& span : spans) {
    Json json{{"trace", hex_text(span->context.trace)}, {"span", hex_text(span->context.span)}};
    if (span->parent.valid()) json["parent"] = hex_text(span->parent);
    json["name"] = span->name;
    json["began"] = iso_time(times.unix_ns(span->began) / 1'000'000);
    json["us"] = (span->ended - span->began).count() / 1000;
    for (const SpanAttribute& one : span->attributes) {
      std::visit([&](const auto& value) { json["attributes"][std::string(one.key)] = value; }, one.value);
    }
    for (const SpanEvent& event : span->events) json["events"].push_back(event.name);
    if (span->status == SpanStatus::Error) json["error"] = span->problem;
    lines += dumped(json) + "\n";
  }
  return lines;
}

}  // namespace throng::services
