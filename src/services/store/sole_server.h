#pragma once
// That one server at a time works on an embedded database.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace throng::services {

/// Held as long as a server runs on an SQLite file, or it is restored: two servers would take each other's rooms and
/// characters for those of an earlier run. It is the kernel's, so it ends with the process, however that ends. Commands
/// beside the server need none.
class SoleServer {
 public:
  explicit SoleServer(int fd) : fd_(fd) {}
  ~SoleServer();
  SoleServer(const SoleServer&) = delete;
  SoleServer& operator=(const SoleServer&) = delete;

 private:
  int fd_;
};

/// How the error begins when somebody else holds it.
inline constexpr std::string_view kAnotherServer = "another server runs on ";

/// The database's folder is made when absent.
/// @param url  see connect_database
/// @return     null for PostgreSQL and for a database in memory, which need none
Result<std::unique_ptr<SoleServer>> claim_sole_server(const std::string& url);

}  // namespace throng::services
