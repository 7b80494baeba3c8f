#include "services/accounts/session_cache.h"

#include <algorithm>
#include <utility>

namespace throng::services {

std::optional<Account> SessionCache::find(const Blob& hash, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key_of(hash));
  if (found == entries_.end() || found->second.believed_until <= now) return std::nullopt;
  return found->second.account;
}

std::uint64_t SessionCache::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

void SessionCache::put(const Blob& hash, const Account& account, std::int64_t expires_at, std::int64_t now,
                       std::uint64_t generation) {
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return;
  std::string key = key_of(hash);
  const Entry entry{account, std::min(expires_at, now + kBelievedMs)};
  if (!entries_.insert_or_assign(key, entry).second) return;  // it has its place in the order
  order_.push_back(std::move(key));
  if (order_.size() <= kEntriesMax) return;
  entries_.erase(order_.front());
  order_.pop_front();
}

void SessionCache::forget(AccountId account) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  for (auto& [key, entry] : entries_) {  // a revocation is rare; the order does not matter
    if (entry.account.id == account) entry.believed_until = 0;
  }
}

void SessionCache::forget(const Blob& hash) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  const auto found = entries_.find(key_of(hash));
  if (found != entries_.end()) found->second.believed_until = 0;
}

}  // namespace throng::services
