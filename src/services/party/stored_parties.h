#pragma once
// The parties as rooms ask for them: each wish is a job of the store, each look one of its reading thread.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "base/clock.h"
#include "room/party_registry.h"
#include "services/store/store.h"

namespace throng::services {

/// Any thread. Ends after the store, which calls back.
class StoredParties {
 public:
  using Reply = std::function<void(room::PartyReply)>;
  using Tell = std::function<void(const std::shared_ptr<const room::PartyTold>& told)>;

  /// Ends the parties that nobody has played in for so long: as a first job, and then every hour in which a room asks.
  StoredParties(Store& store, std::chrono::hours forgotten_after, const Clock& clock = system_clock());

  /// Never blocks. The reply comes once, on a thread of the store; `store_behind` when the store takes no more or is away.
  void ask(room::PartyRequest request, Reply reply);
  /// Who is told of every change that is durable. Empty: nobody (any more).
  void set_tell(Tell tell);

 private:
  static constexpr std::int64_t kForgetEveryMs = 3'600'000;

  void forget_now_and_then();
  void carry_out_wish(std::shared_ptr<const room::PartyRequest> request, Reply reply);
  void look(std::shared_ptr<const room::PartyRequest> request, Reply reply);
  void tell(const std::shared_ptr<const room::PartyTold>& told);

  Store& store_;
  const std::int64_t forgotten_after_ms_;
  const Clock& clock_;
  std::atomic<std::int64_t> forgotten_at_;
  std::mutex mutex_;
  Tell tell_;
};

}  // namespace throng::services
