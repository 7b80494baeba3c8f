#pragma once
// Numbers of assets by their names, as the database gives them out.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

/// Remembers what it has found. What it made within a transaction it forgets again when that is rolled back.
/// Bound: the names of assets, which are the content's items and the coins.
class AssetIds {
 public:
  /// Makes the asset when it is new. Within an open transaction.
  Result<std::int64_t> id_of(Connection& connection, std::string_view name);
  void committed() { unsure_.clear(); }
  void rolled_back();

 private:
  std::unordered_map<std::string, std::int64_t> ids_;
  std::vector<std::string> unsure_;
};

}  // namespace throng::services
