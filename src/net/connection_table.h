#pragma once
// The connections of one server: stable addresses, reused slots, ids that go stale instead of dangling.

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "net/connection.h"

namespace throng::net {

/// One thread. Grows up to `capacity_max` and never shrinks; slots are small.
class ConnectionTable {
 public:
  explicit ConnectionTable(std::size_t capacity_max) : capacity_max_(capacity_max) {}

  /// A fresh connection with its id set; null when `capacity_max` are in use.
  Connection* acquire();
  /// Frees what the connection holds and makes its id stale.
  void release(Connection& connection);

  /// Null when stale.
  Connection* find(ConnectionId id);
  const Connection* find(ConnectionId id) const;
  Connection* find_token(std::uint64_t token);
  /// The id in 56 bits, for the event loop.
  static std::uint64_t token(ConnectionId id);

  /// Slots that were ever used; `at` of one may be Free.
  std::size_t slots() const { return slots_; }
  Connection& at(std::size_t index) { return (*chunks_[index / kChunk])[index % kChunk]; }
  const Connection& at(std::size_t index) const { return (*chunks_[index / kChunk])[index % kChunk]; }
  std::size_t size() const { return slots_ - free_.size(); }

 private:
  static constexpr std::size_t kChunk = 64;

  const std::size_t capacity_max_;
  std::vector<std::unique_ptr<std::array<Connection, kChunk>>> chunks_;
  std::vector<std::uint32_t> free_;
  std::size_t slots_ = 0;
};

}  // namespace throng::net
