#include "net/connection_table.h"

namespace throng::net {
namespace {

constexpr int kIndexBits = 28;
constexpr std::uint64_t kLowBits = (std::uint64_t{1} << kIndexBits) - 1;

}  // namespace

Connection* ConnectionTable::acquire() {
  if (!free_.empty()) {
    Connection& connection = at(free_.back());
    free_.pop_back();
    return &connection;
  }
  if (slots_ >= capacity_max_ || slots_ > kLowBits) return nullptr;
  if (slots_ % kChunk == 0) chunks_.push_back(std::make_unique<std::array<Connection, kChunk>>());
  Connection& connection = at(slots_);
  connection.id = {static_cast<std::uint32_t>(slots_), 1};
  ++slots_;
  return &connection;
}

void ConnectionTable::release(Connection& connection) {
  ConnectionId next = connection.id;
  if (++next.generation == 0) next.generation = 1;
  connection = Connection();
  connection.id = next;
  free_.push_back(next.index);
}

Connection* ConnectionTable::find(ConnectionId id) {
  if (id.index >= slots_) return nullptr;
  Connection& connection = at(id.index);
  return connection.id.generation == id.generation && connection.phase != Phase::Free ? &connection : nullptr;
}

const Connection* ConnectionTable::find(ConnectionId id) const { return const_cast<ConnectionTable*>(this)->find(id); }

Connection* ConnectionTable::find_token(std::uint64_t token) {
  const std::uint64_t index = token >> kIndexBits;
  if (index >= slots_) return nullptr;
  Connection& connection = at(index);
  const bool same = (connection.id.generation & kLowBits) == (token & kLowBits);
  return same && connection.phase != Phase::Free ? &connection : nullptr;
}

std::uint64_t ConnectionTable::token(ConnectionId id) {
  return (std::uint64_t{id.index} << kIndexBits) | (id.generation & kLowBits);
}

}  // namespace throng::net
