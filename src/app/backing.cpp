#include "app/backing.h"

#include <string>
#include <utility>

#include "app/account_services.h"
#include "gateway/worker_group.h"
#include "services/accounts/accounts.h"
#include "services/characters/characters.h"
#include "services/mail/stored_post.h"
#include "services/metrics/store_figures.h"
#include "services/party/stored_parties.h"
#include "services/store/sole_server.h"
#include "services/store/store.h"

namespace throng::app {
namespace {

services::CharacterSettings character_settings(const Configuration& configuration, const std::string& node_id) {
  const content::AccountsDef& accounts = configuration.accounts;
  return {.node_id = node_id,
          .guests = accounts.guests_allowed,
          .characters_max = accounts.characters.per_account,
          .deletion_grace = std::chrono::hours(accounts.characters.deletion_grace_h),
          .rename_cooldown = std::chrono::hours(accounts.characters.rename_cooldown_h)};
}

class OpenBacking final : public Backing {
 public:
  /// Closes what was opened when a later step fails.
  ~OpenBacking() override { close(std::chrono::milliseconds(0)); }

  Result<void> open(const Configuration& configuration, const std::string& node_id) {
    const std::string& url = configuration.database_url;
    const bool embedded = url.starts_with("sqlite:");
    THRONG_TRY(sole_, services::claim_sole_server(url));
    services::StoreSettings settings;
    settings.url = url;
    settings.node_id = node_id;
    THRONG_TRY(store_, services::open_store(settings));
    THRONG_TRY(accounts_, open_accounts(configuration, *store_));
    THRONG_TRY(characters_, services::Characters::open(character_settings(configuration, node_id), *store_,
                                                       accounts_->verifier(), embedded));
    figures_ = services::watch_store(*store_);
    post_ = std::make_unique<services::StoredPost>(*store_);
    parties_ = std::make_unique<services::StoredParties>(
        *store_, std::chrono::hours(configuration.accounts.characters.party_forgotten_h));
    return {};
  }

  gateway::Surroundings surroundings() override {
    gateway::Surroundings lent;
    lent.keep = post_->watching(characters_->admission().watching(
        [&store = *store_](room::Cut cut, std::function<void(room::CutOutcome)> done) {
          return store.keep(std::move(cut), std::move(done));
        }));
    lent.mail = [&post = *post_](room::PostRequest request, std::function<void(room::PostReply)> reply) {
      post.ask(std::move(request), std::move(reply));
    };
    lent.parties = [&parties = *parties_](room::PartyRequest request, std::function<void(room::PartyReply)> reply) {
      parties.ask(std::move(request), std::move(reply));
    };
    lent.admission = &characters_->admission();
    lent.saved_rooms = &characters_->rooms();
    lent.routes = {&accounts_->routes(), &characters_->routes()};
    lent.not_ready = [&store = *store_]() -> std::string_view {
      const services::StoreState state = store.health().state;
      return state == services::StoreState::Away || state == services::StoreState::Full ? "store" : "";
    };
    return lent;
  }

  services::TokenVerifier& verifier() override { return accounts_->verifier(); }

  void start(gateway::WorkerGroup& group) override {
    characters_->admission().set_expel(
        [&group](AccountId account, const std::string& text) { group.expel_account(account, text); });
    parties_->set_tell([&group](const std::shared_ptr<const room::PartyTold>& told) { group.party_told(told); });
    post_->set_arrived([&group](CharacterId recipient) { group.mail_arrived(recipient); });
  }
  void detach() override {
    characters_->admission().set_expel({});
    parties_->set_tell({});
    post_->set_arrived({});
  }

  bool close(std::chrono::milliseconds timeout) override {
    if (characters_) characters_->stop();
    if (accounts_) accounts_->stop();
    const bool durable = store_ == nullptr || store_->flush(timeout);
    figures_.reset();
    store_.reset();  // it calls back: the others end after it
    parties_.reset();
    post_.reset();
    characters_.reset();
    accounts_.reset();  // waits for the last mails
    return durable;
  }

 private:
  std::unique_ptr<services::SoleServer> sole_;
  std::unique_ptr<services::Accounts> accounts_;
  std::unique_ptr<services::Characters> characters_;
  std::unique_ptr<services::StoredPost> post_;
  std::unique_ptr<services::StoredParties> parties_;
  std::unique_ptr<services::Store> store_;
  std::unique_ptr<ComputedSource> figures_;
};

}  // namespace

Result<std::unique_ptr<Backing>> open_backing(const Configuration& configuration, const std::string& node_id) {
  auto backing = std::make_unique<OpenBacking>();
  THRONG_CHECK(backing->open(configuration, node_id));
  return std::unique_ptr<Backing>(std::move(backing));
}

}  // namespace throng::app
