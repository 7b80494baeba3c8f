#pragma once
// /auth/*: what `client.auth` of the SDKs asks for (protocol specification, section 16), and logging out.

#include <string_view>

#include "net/routes.h"
#include "services/accounts/recovery.h"
#include "services/accounts/sessions.h"
#include "services/accounts/sign_in.h"

namespace throng::services {

/// Bodies of at most so many bytes are looked at; more: 413.
inline constexpr std::size_t kAuthBodyBytesMax = 16 * 1024;

/// The token of `Authorization: Bearer …`; empty when there is none.
std::string bearer_token(const net::HttpRequest& request);

/// Endpoints may have a prefix: the last `/auth/` of a path counts.
class AuthRoutes final : public net::Routes {
 public:
  AuthRoutes(SignIn& sign_in, Sessions& sessions, Recovery& recovery)
      : sign_in_(sign_in), sessions_(sessions), recovery_(recovery) {}

  bool takes(std::string_view path) const override;
  void handle(net::HttpRequest request, Reply reply) override;

 private:
  struct Route;
  static const Route* find_route(std::string_view name);

  void anonymous(const net::HttpRequest& request, Reply reply);
  void register_account(const net::HttpRequest& request, Reply reply);
  void login(const net::HttpRequest& request, Reply reply);
  void user_data(const net::HttpRequest& request, Reply reply);
  void log_out(const net::HttpRequest& request, Reply reply);
  void log_out_all(const net::HttpRequest& request, Reply reply);
  void forgot_password(const net::HttpRequest& request, Reply reply);
  void reset_password(const net::HttpRequest& request, Reply reply);
  void show_reset_form(const net::HttpRequest& request, Reply reply);
  void take_reset_form(const net::HttpRequest& request, Reply reply);
  void confirm_email(const net::HttpRequest& request, Reply reply);

  SignIn& sign_in_;
  Sessions& sessions_;
  Recovery& recovery_;
};

}  // namespace throng::services
