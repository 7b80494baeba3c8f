#include "services/accounts/auth_routes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "content/json.h"
#include "services/accounts/auth_pages.h"

namespace throng::services {
namespace {

using AuthJson = nlohmann::ordered_json;

constexpr std::string_view kAuthSegment = "/auth/";
constexpr content::JsonLimits kAuthBodyLimits{.bytes_max = kAuthBodyBytesMax, .depth_max = 16};

net::HttpResponse auth_json(int status, const AuthJson& body) {
  net::HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.body = body.dump(-1, ' ', false, AuthJson::error_handler_t::replace);
  return response;
}

net::HttpResponse auth_error(const AuthRefusal& refusal) {
  net::HttpResponse response = auth_json(refusal.status, {{"error", refusal.code}});
  if (refusal.retry_after_s > 0) response.headers.emplace_back("Retry-After", std::to_string(refusal.retry_after_s));
  return response;
}

AuthJson user_json(const Account& account) {
  AuthJson user{{"id", account.id.value},
                {"name", account.name},
                {"email", nullptr},
                {"emailConfirmed", account.email_confirmed},
                {"anonymous", account.anonymous()},
                {"role", role_name(account.role)}};
  if (!account.anonymous()) user["email"] = account.email;
  return user;
}

net::HttpResponse sign_in_response(const SignInReply& reply) {
  if (const AuthRefusal* const refusal = std::get_if<AuthRefusal>(&reply)) return auth_error(*refusal);
  const SignedIn& in = std::get<SignedIn>(reply);
  return auth_json(200, {{"user", user_json(in.account)}, {"token", in.token}});
}

net::HttpResponse done_response(const DoneReply& refusal) {
  return refusal ? auth_error(*refusal) : auth_json(200, true);
}

/// What routes read of a body: flat texts, and the name in `options`. Nothing: not a JSON object.
struct AuthBody {
  std::string email;
  std::string password;
  std::string token;
  std::string name;
};

std::string text_member(content::JsonObject& object, std::string_view key) {
  const std::optional<content::JsonValue> value = object.optional(key);
  if (!value || value->kind() != content::JsonKind::Text) return {};
  return value->text({.bytes_max = kAuthBodyBytesMax});
}

std::optional<AuthBody> parse_auth_body(const std::string& text) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return AuthBody{};
  const Result<content::JsonDocument> document = content::parse_json(text, "body", kAuthBodyLimits);
  if (!document) return std::nullopt;
  const content::JsonValue root = document->root();
  if (root.kind() == content::JsonKind::Array && root.array().size() == 0) return AuthBody{};  // Lua's empty table
  if (root.kind() != content::JsonKind::Object) return std::nullopt;
  content::JsonObject object = root.object();
  AuthBody body{text_member(object, "email"), text_member(object, "password"), text_member(object, "token"), {}};
  const std::optional<content::JsonValue> options = object.optional("options");
  if (options && options->kind() == content::JsonKind::Object) {
    content::JsonObject wishes = options->object();
    for (const char* const key : {"name", "displayName", "username"}) {
      if (body.name.empty()) body.name = text_member(wishes, key);
    }
  }
  return body;
}

/// The body, or the answer that it gets.
std::variant<AuthBody, net::HttpResponse> read_auth_body(const net::HttpRequest& request) {
  if (request.body.size() > kAuthBodyBytesMax) return auth_error(refused(413, "body_too_large"));
  if (std::optional<AuthBody> body = parse_auth_body(request.body)) return *std::move(body);
  return auth_error(refused(400, "body_malformed"));
}

bool is_form(const net::HttpRequest& request) {
  return request.header("content-type").substr(0, 33) == "application/x-www-form-urlencoded";
}

/// @param words  separated by a comma and a space
bool is_among(std::string_view word, std::string_view words) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(", ", at), words.size());
    if (words.substr(at, end - at) == word) return true;
    at = end + 2;
  }
  return false;
}

std::string_view behind_auth(std::string_view path) {
  const std::size_t at = path.rfind(kAuthSegment);
  return at == std::string_view::npos ? std::string_view() : path.substr(at + kAuthSegment.size());
}

}  // namespace

std::string bearer_token(const net::HttpRequest& request) {
  const std::string_view value = request.header("authorization");
  constexpr std::string_view kScheme = "bearer ";
  if (value.size() <= kScheme.size()) return {};
  const bool matches = std::equal(kScheme.begin(), kScheme.end(), value.begin(),
                                  [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
  return matches ? std::string(value.substr(kScheme.size())) : std::string();
}

struct AuthRoutes::Route {
  std::string_view name;
  std::string_view methods;
  void (AuthRoutes::*handle)(const net::HttpRequest&, Reply);
};

const AuthRoutes::Route* AuthRoutes::find_route(std::string_view name) {
  static constexpr std::array<Route, 9> kRoutes{{{"anonymous", "POST", &AuthRoutes::anonymous},
                                                 {"register", "POST", &AuthRoutes::register_account},
                                                 {"login", "POST", &AuthRoutes::login},
                                                 {"userdata", "GET", &AuthRoutes::user_data},
                                                 {"forgot-password", "POST", &AuthRoutes::forgot_password},
                                                 {"reset-password", "GET, POST", &AuthRoutes::reset_password},
                                                 {"confirm-email", "GET", &AuthRoutes::confirm_email},
                                                 {"logout", "POST", &AuthRoutes::log_out},
                                                 {"logout-all", "POST", &AuthRoutes::log_out_all}}};
  const auto found =
      std::find_if(kRoutes.begin(), kRoutes.end(), [name](const Route& route) { return route.name == name; });
  return found == kRoutes.end() ? nullptr : &*found;
}

bool AuthRoutes::takes(std::string_view path) const {
  const std::string_view name = behind_auth(path);
  return path.substr(0, kAuthSegment.size()) == kAuthSegment || find_route(name) != nullptr ||
         name.substr(0, 9) == "provider/";
}

void AuthRoutes::handle(net::HttpRequest request, Reply reply) {
  const std::string_view name = behind_auth(request.path);
  if (name.substr(0, 9) == "provider/") return reply(no_provider_page());
  const Route* const route = find_route(name);
  if (route == nullptr) return reply(auth_error(refused(404, "not_found")));
  if (!is_among(request.method, route->methods)) {
    net::HttpResponse response = auth_error(refused(405, "method_not_allowed"));
    response.headers.emplace_back("Allow", route->methods);
    return reply(std::move(response));
  }
  (this->*route->handle)(request, std::move(reply));
}

void AuthRoutes::anonymous(const net::HttpRequest& request, Reply reply) {
  auto body = read_auth_body(request);
  if (net::HttpResponse* const bad = std::get_if<net::HttpResponse>(&body)) return reply(std::move(*bad));
  sign_in_.anonymously(std::get<AuthBody>(body).name, request.peer_address,
                       [reply = std::move(reply)](const SignInReply& what) { reply(sign_in_response(what)); });
}

void AuthRoutes::register_account(const net::HttpRequest& request, Reply reply) {
  auto read = read_auth_body(request);
  if (net::HttpResponse* const bad = std::get_if<net::HttpResponse>(&read)) return reply(std::move(*bad));
  AuthBody& body = std::get<AuthBody>(read);
  sign_in_.register_account({std::move(body.email), std::move(body.password), std::move(body.name),
                             bearer_token(request), request.peer_address},
                            [reply = std::move(reply)](const SignInReply& what) { reply(sign_in_response(what)); });
}

void AuthRoutes::login(const net::HttpRequest& request, Reply reply) {
  auto read = read_auth_body(request);
  if (net::HttpResponse* const bad = std::get_if<net::HttpResponse>(&read)) return reply(std::move(*bad));
  AuthBody& body = std::get<AuthBody>(read);
  sign_in_.log_in(body.email, std::move(body.password), request.peer_address,
                  [reply = std::move(reply)](const SignInReply& what) { reply(sign_in_response(what)); });
}

void AuthRoutes::user_data(const net::HttpRequest& request, Reply reply) {
  sessions_.account_of(bearer_token(request), [reply = std::move(reply)](const AccountReply& what) {
    if (const AuthRefusal* const refusal = std::get_if<AuthRefusal>(&what)) return reply(auth_error(*refusal));
    reply(auth_json(200, {{"user", user_json(std::get<Account>(what))}}));
  });
}

void AuthRoutes::log_out(const net::HttpRequest& request, Reply reply) {
  sessions_.log_out(bearer_token(request),
                    [reply = std::move(reply)](const DoneReply& refusal) { reply(done_response(refusal)); });
}

void AuthRoutes::log_out_all(const net::HttpRequest& request, Reply reply) {
  sessions_.log_out_all(bearer_token(request),
                        [reply = std::move(reply)](const DoneReply& refusal) { reply(done_response(refusal)); });
}

/// True for everybody, at once: neither words nor time tell whether there is such an account.
void AuthRoutes::forgot_password(const net::HttpRequest& request, Reply reply) {
  auto read = read_auth_body(request);
  if (net::HttpResponse* const bad = std::get_if<net::HttpResponse>(&read)) return reply(std::move(*bad));
  const std::string& email = std::get<AuthBody>(read).email;
  if (!normalise_email(email)) return reply(auth_error(refused(400, "email_malformed")));
  recovery_.forgot_password(email, request.peer_address);
  reply(auth_json(200, true));
}

void AuthRoutes::reset_password(const net::HttpRequest& request, Reply reply) {
  if (request.method == "GET") return show_reset_form(request, std::move(reply));
  if (is_form(request)) return take_reset_form(request, std::move(reply));
  auto read = read_auth_body(request);
  if (net::HttpResponse* const bad = std::get_if<net::HttpResponse>(&read)) return reply(std::move(*bad));
  AuthBody& body = std::get<AuthBody>(read);
  recovery_.reset_password(body.token, std::move(body.password),
                           [reply = std::move(reply)](const DoneReply& refusal) { reply(done_response(refusal)); });
}

void AuthRoutes::show_reset_form(const net::HttpRequest& request, Reply reply) {
  const std::string token = form_value(request.query, "token");
  recovery_.look_at_reset(token, [token, reply = std::move(reply)](const DoneReply& refusal) {
    if (!refusal) return reply(reset_form(token, {}));
    if (refusal->status == 503) return reply(message_page(503, "Not now", "Please try again in a moment."));
    reply(message_page(401, "This link is over", "It was used, or it is too old. Ask for a new one in the game."));
  });
}

void AuthRoutes::take_reset_form(const net::HttpRequest& request, Reply reply) {
  if (request.body.size() > kAuthBodyBytesMax) return reply(message_page(413, "Too long", "That was too long."));
  const std::string token = form_value(request.body, "token");
  std::string password = form_value(request.body, "password");
  if (password != form_value(request.body, "again")) return reply(reset_form(token, "The two are not the same."));
  recovery_.reset_password(token, std::move(password), [token, reply = std::move(reply)](const DoneReply& refusal) {
    if (!refusal)
      return reply(
          message_page(200, "The new password is saved", "You can log in with it now. You can close this page."));
    if (refusal->status == 503) return reply(message_page(503, "Not now", "Please try again in a moment."));
    if (refusal->code == "password_too_short") return reply(reset_form(token, "This is too short."));
    if (refusal->code == "password_too_long") return reply(reset_form(token, "This is too long."));
    if (refusal->code == "password_too_common")
      return reply(reset_form(token, "This is among the first that somebody else would try."));
    reply(message_page(401, "This link is over", "It was used, or it is too old. Ask for a new one in the game."));
  });
}

void AuthRoutes::confirm_email(const net::HttpRequest& request, Reply reply) {
  recovery_.confirm_email(form_value(request.query, "token"), [reply = std::move(reply)](const DoneReply& refusal) {
    if (!refusal) return reply(message_page(200, "Thank you", "Your address is confirmed. You can close this page."));
    if (refusal->status == 503) return reply(message_page(503, "Not now", "Please try again in a moment."));
    reply(message_page(401, "This link is over", "It was used, or it is too old."));
  });
}

}  // namespace throng::services
