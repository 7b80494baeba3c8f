#pragma once
// /api/v1/characters: the characters of whoever holds the token. Errors are problem documents.

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "net/routes.h"
#include "services/characters/character_settings.h"
#include "services/characters/token_verifier.h"
#include "services/store/store.h"

namespace throng::services {

/// GET and POST on the list, GET, PATCH and DELETE on one, POST on one with /restore. Ends after the store and the
/// verifier, which call back.
class CharacterRoutes final : public net::Routes {
 public:
  CharacterRoutes(CharacterSettings settings, Store& store, TokenVerifier& verifier, const Clock& clock)
      : settings_(std::move(settings)), store_(store), verifier_(verifier), clock_(clock) {}

  bool takes(std::string_view path) const override;
  void handle(net::HttpRequest request, Reply reply) override;

 private:
  void answer(const net::HttpRequest& request, AccountId account, Reply reply);
  void list(AccountId account, Reply reply);
  void create(AccountId account, const std::string& body, Reply reply);
  void show(AccountId account, CharacterId id, Reply reply);
  void rename(AccountId account, CharacterId id, const std::string& body, Reply reply);
  void remove(AccountId account, CharacterId id, Reply reply);
  void restore(AccountId account, CharacterId id, Reply reply);
  void change(AccountId account, CharacterId id, int status, StoreJob job, Reply reply);

  const CharacterSettings settings_;
  Store& store_;
  TokenVerifier& verifier_;
  const Clock& clock_;
};

}  // namespace throng::services
