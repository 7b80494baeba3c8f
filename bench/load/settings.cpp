#include "load/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace throng::bench {
namespace {

constexpr std::array<std::pair<std::string_view, Behaviour>, 8> kBehaviourNames{{
    {"idle", Behaviour::Idle},
    {"walk", Behaviour::Walk},
    {"crowd", Behaviour::Crowd},
    {"storm", Behaviour::Storm},
    {"slow", Behaviour::Slow},
    {"garbage", Behaviour::Garbage},
    {"limit", Behaviour::Limit},
    {"loot", Behaviour::Loot},
}};

template <typename T>
std::optional<T> parse_whole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

int Settings::clients() const {
  int sum = 0;
  for (const MixPart& part : mix) sum += part.clients;
  return sum;
}

bool Settings::has(Behaviour behaviour) const {
  return std::any_of(mix.begin(), mix.end(), [behaviour](const MixPart& part) { return part.behaviour == behaviour; });
}

Result<Behaviour> parse_behaviour(std::string_view name) {
  for (const auto& [known, behaviour] : kBehaviourNames) {
    if (known == name) return behaviour;
  }
  return fail(fmt::format("unknown behaviour '{}': idle, walk, crowd, storm, slow, garbage, limit or loot", name));
}

std::string_view name_of(Behaviour behaviour) {
  return kBehaviourNames[static_cast<std::size_t>(behaviour)].first;  // listed in the order of the enumeration
}

Result<std::vector<MixPart>> parse_mix(std::string_view text) {
  std::vector<MixPart> mix;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) return fail(fmt::format("'{}' is not behaviour=clients", part));
    THRONG_TRY(const Behaviour behaviour, parse_behaviour(part.substr(0, equals)));
    const std::optional<int> clients = parse_whole<int>(part.substr(equals + 1));
    if (!clients || *clients < 1 || *clients > Settings::kClientsMax) {
      return fail(fmt::format("'{}': clients must be in [1, {}]", part, Settings::kClientsMax));
    }
    mix.push_back({behaviour, *clients});
  }
  if (mix.empty()) return fail("the mix is empty");
  return mix;
}

Result<void> parse_endpoint(std::string_view url, Settings& into) {
  std::string_view rest = url;
  const std::size_t scheme_end = rest.find("://");
  if (scheme_end != std::string_view::npos) {
    const std::string_view scheme = rest.substr(0, scheme_end);
    if (scheme != "http" && scheme != "ws") {
      return fail(fmt::format("'{}': only http:// and ws:// are spoken; put the TLS end in front", url));
    }
    rest.remove_prefix(scheme_end + 3);
  }
  const std::size_t path_at = std::min(rest.find('/'), rest.size());
  std::string_view path = rest.substr(path_at);
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::string_view authority = rest.substr(0, path_at);
  const std::size_t colon = authority.rfind(':');
  const std::string_view host = authority.substr(0, colon);
  const std::string_view port = colon == std::string_view::npos ? "80" : authority.substr(colon + 1);
  const std::optional<std::uint16_t> number = parse_whole<std::uint16_t>(port);
  if (host.empty() || !number || *number == 0) return fail(fmt::format("'{}' is not http://host:port", url));
  into.host = host;
  into.port = *number;
  into.path_prefix = path;
  return {};
}

}  // namespace throng::bench
