#pragma once
// POST /api/v1/admin/profile and GET /api/v1/admin/memory, for administrators.

#include <string>
#include <string_view>

#include "net/routes.h"
#include "services/characters/token_verifier.h"
#include "services/profile/profiler.h"

namespace throng::services {

/// The least role that may ask.
inline constexpr int kAdministratorRole = 4;

class ProfileRoutes final : public net::Routes {
 public:
  /// Both outlive the last request.
  ProfileRoutes(TokenVerifier& verifier, Profiler& profiler) : verifier_(verifier), profiler_(profiler) {}

  bool takes(std::string_view path) const override;
  /// Any thread. Whoever is no administrator learns nothing but that.
  void handle(net::HttpRequest request, Reply reply) override;

 private:
  void answer(const net::HttpRequest& request, const TokenHolder& asker, const Reply& reply);
  void make_profile(const net::HttpRequest& request, const TokenHolder& asker, const Reply& reply);

  TokenVerifier& verifier_;
  Profiler& profiler_;
};

}  // namespace throng::services
