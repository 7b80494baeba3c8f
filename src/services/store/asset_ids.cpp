#include "services/store/asset_ids.h"

namespace throng::services {

Result<std::int64_t> AssetIds::id_of(Connection& connection, std::string_view name) {
  std::string key(name);
  if (const auto known = ids_.find(key); known != ids_.end()) return known->second;
  static constexpr std::string_view kFind = "SELECT id FROM asset WHERE name = $1";
  THRONG_TRY(Rows found, connection.run(kFind, {key}));
  if (found.empty()) {
    THRONG_TRY(const Rows made,
               connection.run("INSERT INTO asset (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", {key}));
    static_cast<void>(made);  // somebody else may have been faster
    THRONG_TRY(found, connection.run(kFind, {key}));
  }
  if (found.empty()) return fail("the asset '" + key + "' was made and is not there");
  const std::int64_t id = found.integer(0, 0);
  ids_.emplace(key, id);
  unsure_.push_back(std::move(key));
  return id;
}

void AssetIds::rolled_back() {
  for (const std::string& name : unsure_) ids_.erase(name);
  unsure_.clear();
}

}  // namespace throng::services
