#include "gateway/match_request.h"

#include <algorithm>
#include <array>

#include "content/json.h"

namespace throng::gateway {
namespace {

/// In the order of MatchMethod.
constexpr std::array<std::string_view, 5> kMethodNames{"joinOrCreate", "create", "join", "joinById", "reconnect"};

constexpr content::JsonLimits kBodyLimits{.bytes_max = 64 * 1024, .depth_max = 16};
constexpr std::size_t kOptionTextBytesMax = 1024;

std::string_view cut_last_segment(std::string_view& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view segment = path.substr(slash + 1);
  path = path.substr(0, slash);
  return segment;
}

void add_option(room::JoinOptions& options, const content::JsonObject::Member& member) {
  if (member.key.size() > 64) return;
  switch (member.value.kind()) {
    case content::JsonKind::Text: {
      std::string text = member.value.text({.bytes_max = 64 * 1024});
      if (text.size() <= kOptionTextBytesMax) options.add(member.key, std::move(text));
      return;
    }
    case content::JsonKind::Integer:
    case content::JsonKind::Number: options.add(member.key, member.value.number({-1e300, 1e300})); return;
    case content::JsonKind::Boolean: options.add(member.key, member.value.boolean()); return;
    default: return;
  }
}

}  // namespace

std::optional<MatchPath> parse_match_path(std::string_view path) {
  const std::string_view target = cut_last_segment(path);
  const std::string_view method = cut_last_segment(path);
  if (cut_last_segment(path) != "matchmake" || target.empty() || method.empty()) return std::nullopt;
  return MatchPath{method, target};
}

std::optional<MatchMethod> match_method(std::string_view name) {
  const auto found = std::find(kMethodNames.begin(), kMethodNames.end(), name);
  if (found == kMethodNames.end()) return std::nullopt;
  return static_cast<MatchMethod>(found - kMethodNames.begin());
}

std::string_view match_method_name(MatchMethod method) { return kMethodNames[static_cast<std::size_t>(method)]; }

std::optional<MatchBody> parse_match_body(std::string_view body) {
  MatchBody parsed;
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return parsed;
  const Result<content::JsonDocument> document = content::parse_json(body, "body", kBodyLimits);
  if (!document) return std::nullopt;
  const content::JsonValue root = document->root();
  if (root.kind() == content::JsonKind::Null) return parsed;
  if (root.kind() == content::JsonKind::Array && root.array().size() == 0) return parsed;
  if (root.kind() != content::JsonKind::Object) return std::nullopt;
  for (const content::JsonObject::Member& member : root.object().members()) add_option(parsed.options, member);
  if (const auto token = parsed.options.text("reconnectionToken")) parsed.reconnection_token = std::string(*token);
  return parsed;
}

bool is_path_name(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace throng::gateway
