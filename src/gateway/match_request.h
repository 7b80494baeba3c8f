#pragma once
// A match-making request as a value: what a client asks for over HTTP (SPEC section 2).

#include <optional>
#include <string>
#include <string_view>

#include "base/trace_context.h"
#include "room/join_options.h"

namespace throng::gateway {

enum class MatchMethod { JoinOrCreate, Create, Join, JoinById, Reconnect };

struct MatchRequest {
  MatchMethod method = MatchMethod::JoinOrCreate;
  std::string target;  ///< room name; room id for JoinById and Reconnect
  room::JoinOptions options;
  std::string reconnection_token;
  std::string bearer_token = {};  ///< empty: a guest
  std::string address = {};       ///< of the peer
  SpanContext trace = {};         ///< what it is a part of
};

/// An answer that is an error: the HTTP status is the code.
struct MatchError {
  int code = 0;
  std::string text;
};

/// What the path says, or nothing when it is no match-making path at all.
struct MatchPath {
  std::string_view method;
  std::string_view target;
};

/// Looks at the last three segments only: endpoints may have a prefix.
std::optional<MatchPath> parse_match_path(std::string_view path);

/// As paths have it.
std::string_view match_method_name(MatchMethod method);
/// The method of that name.
std::optional<MatchMethod> match_method(std::string_view name);

/// Reads the body: a JSON object, nothing, or `[]` (Lua's empty table). Nested values are ignored. Nothing: not JSON.
struct MatchBody {
  room::JoinOptions options;
  std::string reconnection_token;
};
std::optional<MatchBody> parse_match_body(std::string_view body);

/// [A-Za-z0-9_-]{1,64}: names and ids travel in paths without encoding.
bool is_path_name(std::string_view text);

}  // namespace throng::gateway
