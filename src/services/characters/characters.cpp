#include "services/characters/characters.h"

#include <utility>

#include "services/mail/mailbox.h"
#include "services/store/characters_repository.h"

namespace throng::services {
namespace {

/// Characters whose grace is over, and mails whose time is, are looked for so often.
constexpr std::chrono::minutes kPurgeInterval{10};
/// So many in one transaction; when there are more, they follow soon.
constexpr std::size_t kPurgedAtOnce = 100;
constexpr std::chrono::milliseconds kPurgeAgainAfter{500};

}  // namespace

Characters::Characters(CharacterSettings settings, Store& store, TokenVerifier& verifier, const Clock& clock)
    : settings_(settings),
      store_(store),
      clock_(clock),
      admission_(settings, store, verifier, alarm_, clock),
      routes_(settings, store, verifier, clock),
      rooms_(std::move(settings), store, clock) {}

Result<std::unique_ptr<Characters>> Characters::open(CharacterSettings settings, Store& store, TokenVerifier& verifier,
                                                     bool alone, const Clock& clock) {
  std::unique_ptr<Characters> made(new Characters(std::move(settings), store, verifier, clock));
  THRONG_CHECK(made->rooms_.open(alone));
  made->alarm_.after(made->settings_.lease / 3, [self = made.get()] { self->renew_characters(); });
  made->alarm_.after(made->settings_.node_lease / 3, [self = made.get()] { self->renew_rooms(); });
  made->alarm_.after(std::chrono::milliseconds(0), [self = made.get()] { self->purge(); });
  return made;
}

void Characters::renew_characters() {
  admission_.renew_leases();
  alarm_.after(settings_.lease / 3, [this] { renew_characters(); });
}

void Characters::renew_rooms() {
  rooms_.renew();
  alarm_.after(settings_.node_lease / 3, [this] { renew_rooms(); });
}

void Characters::purge() {
  const auto more = std::make_shared<bool>(false);
  store_.write(
      [more, now = clock_.unix_milliseconds()](Connection& connection) -> Result<void> {
        THRONG_TRY(const std::size_t purged, purge_characters(connection, now, kPurgedAtOnce));
        THRONG_TRY(const std::size_t expired, expire_mails(connection, now, kPurgedAtOnce));
        *more = purged == kPurgedAtOnce || expired == kPurgedAtOnce;
        return {};
      },
      [this, more](const Result<void>& done) {
        const bool soon = done && *more;
        alarm_.after(soon ? kPurgeAgainAfter : std::chrono::milliseconds(kPurgeInterval), [this] { purge(); });
      });
}

void Characters::stop(bool release) {
  admission_.set_expel({});
  alarm_.stop();
  if (!release) return;
  store_.write(
      [node = settings_.node_id](Connection& connection) -> Result<void> {
        THRONG_TRY(const std::int64_t released, release_leases_of(connection, node));
        static_cast<void>(released);
        THRONG_TRY(const Rows gone, connection.run("DELETE FROM node WHERE name = $1", {node}));
        static_cast<void>(gone);
        return {};
      },
      [](const Result<void>&) {});
}

}  // namespace throng::services
