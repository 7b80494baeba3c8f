#pragma once
// The way of a worker's cuts to whoever keeps them, and of the outcomes back to the worker's thread.

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "gateway/surroundings.h"
#include "net/event_loop.h"
#include "room/keeping.h"

namespace throng::gateway {

/// One per worker, on its thread. Outcomes that come after it is gone are dropped: their rooms are gone, too.
class KeeperPost final : public room::Keeper {
 public:
  /// @param surroundings  with `keep`; outlives this, as the loop does
  /// @param deliver       called on the loop's thread for each outcome
  KeeperPost(const Surroundings& surroundings, net::EventLoop& loop,
             std::function<void(const room::CutOutcome&)> deliver);
  ~KeeperPost() override;
  KeeperPost(const KeeperPost&) = delete;
  KeeperPost& operator=(const KeeperPost&) = delete;

  bool keep(room::Cut cut) override;

 private:
  /// Where outcomes arrive, on whatever thread. Bound: one cut of a room is under way at most.
  struct Arrivals {
    std::mutex mutex;
    KeeperPost* post = nullptr;  ///< null: gone
    std::vector<room::CutOutcome> waiting;
  };

  static void arrive(Arrivals& arrivals, room::CutOutcome outcome);
  void deliver_arrivals();
  void look_again_later();

  const Surroundings& surroundings_;
  net::EventLoop& loop_;
  const std::function<void(const room::CutOutcome&)> deliver_;
  const std::shared_ptr<Arrivals> arrivals_;
  std::vector<room::CutOutcome> arrived_;  // scratch of deliver_arrivals
  std::size_t under_way_ = 0;
  bool looks_again_ = false;
};

}  // namespace throng::gateway
