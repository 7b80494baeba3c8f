#pragma once
// The mailboxes as rooms ask for them: each wish is a job of the store.

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "room/keeping.h"
#include "room/post_office.h"
#include "services/store/store.h"

namespace throng::services {

/// Any thread. Ends after the store, which calls back.
class StoredPost {
 public:
  using Reply = std::function<void(room::PostReply)>;
  using Keep = std::function<bool(room::Cut cut, std::function<void(room::CutOutcome)> done)>;
  using Arrived = std::function<void(CharacterId recipient)>;

  explicit StoredPost(Store& store, const Clock& clock = system_clock()) : store_(store), clock_(clock) {}

  /// Never blocks. The reply comes once, on a thread of the store; its problem is one of mailbox.h, or `store_behind`.
  void ask(room::PostRequest request, Reply reply);
  /// `keep`, with an eye on the mails that its cuts post.
  Keep watching(Keep keep);
  /// Who is told that somebody has new mail. Empty: nobody (any more).
  void set_arrived(Arrived arrived);

 private:
  void tell_arrived(CharacterId recipient);

  Store& store_;
  const Clock& clock_;
  std::mutex mutex_;
  Arrived arrived_;
};

}  // namespace throng::services
