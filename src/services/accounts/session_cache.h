#pragma once
// Who holds which token, for as long as it may be believed without asking the database.

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "services/accounts/account.h"

namespace throng::services {

/// Any thread. What another process has revoked is believed at most kBelievedMs longer.
class SessionCache {
 public:
  static constexpr std::size_t kEntriesMax = 8192;
  static constexpr std::int64_t kBelievedMs = 5000;

  std::optional<Account> find(const Blob& hash, std::int64_t now);

  /// Before the database is asked; `put` with it then knows whether something was revoked meanwhile.
  std::uint64_t generation() const;
  void put(const Blob& hash, const Account& account, std::int64_t expires_at, std::int64_t now,
           std::uint64_t generation);

  void forget(AccountId account);
  void forget(const Blob& hash);

 private:
  struct Entry {
    Account account;
    std::int64_t believed_until = 0;
  };
  static std::string key_of(const Blob& hash) { return {hash.begin(), hash.end()}; }

  mutable std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
  std::deque<std::string> order_;  ///< of arrival; at most kEntriesMax
  std::uint64_t generation_ = 0;
};

}  // namespace throng::services
