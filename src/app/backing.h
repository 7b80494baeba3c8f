#pragma once
// What a running server keeps, and who may play: the store, accounts and characters, joined.

#include <chrono>
#include <memory>

#include "app/configuration.h"
#include "base/result.h"
#include "gateway/surroundings.h"
#include "services/characters/token_verifier.h"

namespace throng::gateway {
class WorkerGroup;
}

namespace throng::app {

/// Opened before the rooms, closed after them.
class Backing {
 public:
  virtual ~Backing() = default;
  /// What the workers are lent.
  virtual gateway::Surroundings surroundings() = 0;
  /// Whose a token is. Until `close`.
  virtual services::TokenVerifier& verifier() = 0;
  /// From now on a newer login reaches the rooms of `group`, until `close`.
  virtual void start(gateway::WorkerGroup& group) = 0;
  /// Nothing reaches the rooms any more. Before they end.
  virtual void detach() = 0;
  /// The rooms are gone: everything that they handed over is made durable. False: not all of it within the time.
  virtual bool close(std::chrono::milliseconds timeout) = 0;
};

/// Connects, migrates, and takes up what an earlier run left. The error says what to do about the database.
Result<std::unique_ptr<Backing>> open_backing(const Configuration& configuration, const std::string& node_id);

}  // namespace throng::app
