#include "net/address_table.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace throng::net {
namespace {

constexpr Nanoseconds kPurgeInterval = std::chrono::seconds(1);

}  // namespace

std::size_t AddressTable::Hash::operator()(const Address& address) const {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::memcpy(&high, address.bytes.data(), 8);
  std::memcpy(&low, address.bytes.data() + 8, 8);
  std::uint64_t mixed = (high ^ (low * 0x9e3779b97f4a7c15u)) * 0xbf58476d1ce4e5b9u;
  return mixed ^ (mixed >> 31);
}

Admission AddressTable::admit(const Address& address, MonotonicTime now) {
  if (address.is_loopback() && !limits_.limit_loopback) return Admission::Admitted;
  const std::lock_guard lock(mutex_);
  if (entries_.size() >= limits_.addresses_max) forget_quiet(now);
  const Address group = address.limit_group();
  auto found = entries_.find(group);
  if (found == entries_.end()) {
    if (entries_.size() >= limits_.addresses_max) return Admission::Admitted;
    found = entries_.emplace(group, Entry{0, burst(), now}).first;
  }
  Entry& entry = found->second;
  refill(entry, now);
  if (entry.open >= limits_.connections_max) return Admission::TooMany;
  if (entry.tokens < 1) return Admission::TooFast;
  entry.tokens -= 1;
  ++entry.open;
  return Admission::Admitted;
}

void AddressTable::release(const Address& address) {
  if (address.is_loopback() && !limits_.limit_loopback) return;
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(address.limit_group());
  if (found != entries_.end() && found->second.open > 0) --found->second.open;
}

void AddressTable::take_over(const Address& address) {
  if (address.is_loopback() && !limits_.limit_loopback) return;
  const std::lock_guard lock(mutex_);
  const Address group = address.limit_group();
  const auto found = entries_.find(group);
  if (found != entries_.end())
    ++found->second.open;
  else if (entries_.size() < limits_.addresses_max)
    entries_.emplace(group, Entry{1, burst(), MonotonicTime{}});
}

std::size_t AddressTable::remembered() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

void AddressTable::refill(Entry& entry, MonotonicTime now) const {
  const double seconds = std::chrono::duration<double>(now - entry.updated).count();
  if (seconds <= 0) return;
  entry.tokens = std::min(burst(), entry.tokens + seconds * limits_.new_connections_per_s);
  entry.updated = now;
}

/// Drops those without connections whose bucket is full again, which are those that admit as if unknown.
void AddressTable::forget_quiet(MonotonicTime now) {
  if (now - swept_ < kPurgeInterval) return;
  swept_ = now;
  for (auto known = entries_.begin(); known != entries_.end();) {
    refill(known->second, now);
    const bool is_quiet = known->second.open == 0 && known->second.tokens >= burst();
    known = is_quiet ? entries_.erase(known) : std::next(known);
  }
}

}  // namespace throng::net
