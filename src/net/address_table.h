#pragma once
// Who has how many connections, and how fast they come: the limits per address, shared by all workers.

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "base/clock.h"
#include "net/address.h"

namespace throng::net {

struct AddressLimits {
  std::uint32_t connections_max = 512;       ///< open at once from one address
  std::uint32_t new_connections_per_s = 50;  ///< sustained; twice as many at once
  bool limit_loopback = false;               ///< local proxies, bots and tests are not strangers
  std::size_t addresses_max = 65'536;        ///< remembered at once
};

enum class Admission : std::uint8_t { Admitted, TooMany, TooFast };

/// Any thread. Asked once per connection, never per message.
class AddressTable {
 public:
  explicit AddressTable(AddressLimits limits) : limits_(limits) {}

  /// Counts the connection when it is admitted; each admission needs one `release`.
  Admission admit(const Address& address, MonotonicTime now);
  void release(const Address& address);
  /// Counts a connection that another table or worker admitted.
  void take_over(const Address& address);

  std::size_t remembered() const;

 private:
  struct Entry {
    std::uint32_t open = 0;
    double tokens = 0;
    MonotonicTime updated{};
  };
  struct Hash {
    std::size_t operator()(const Address& address) const;
  };

  double burst() const { return 2.0 * limits_.new_connections_per_s; }
  void refill(Entry& entry, MonotonicTime now) const;
  void forget_quiet(MonotonicTime now);

  const AddressLimits limits_;
  mutable std::mutex mutex_;
  /// At most addresses_max entries. When all of them are live, a new address is admitted without being counted:
  /// the limit of connections as a whole still holds, and strangers cannot lock everybody else out.
  std::unordered_map<Address, Entry, Hash> entries_;
  MonotonicTime swept_{};
};

}  // namespace throng::net
