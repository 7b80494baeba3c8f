#pragma once
// Both engines, for tests that hold for either: an empty database each.

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "services/database/connection.h"
#include "support/postgres_server.h"
#include "support/temporary_folder.h"

namespace throng::services {

/// An empty database that several connections can be made to.
class EmptyDatabase {
 public:
  explicit EmptyDatabase(Engine engine) {
    if (engine == Engine::Postgres) postgres_ = std::make_unique<PostgresDatabase>();
  }
  std::string url() const { return postgres_ ? postgres_->url() : "sqlite:" + folder_.path("throng.db"); }
  std::unique_ptr<Connection> connect() const {
    auto connection = connect_database(url());
    EXPECT_TRUE(connection) << (connection ? "" : connection.error().message);
    return connection ? *std::move(connection) : nullptr;
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<PostgresDatabase> postgres_;
};

inline std::string engine_name(const testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::Sqlite ? "Sqlite" : "Postgres";
}

}  // namespace throng::services
