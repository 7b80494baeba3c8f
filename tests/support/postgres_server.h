#pragma once
// A real PostgreSQL of Debian's package in a temporary folder, on a Unix socket only, so that nobody else's is touched and
// no port can be taken. Linked with throng_services.

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "services/database/postgres_connection.h"
#include "support/temporary_folder.h"

namespace throng {

class PostgresServer {
 public:
  struct Settings {
    bool fsync = false;  ///< what a crash of the machine would lose is of no interest to most tests
  };

  explicit PostgresServer(Settings settings) : settings_(settings) {
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all |
                                                     std::filesystem::perms::others_exec |
                                                     std::filesystem::perms::group_exec);
    if (geteuid() == 0) finish(launch({"/bin/chown", "postgres", folder_.path()}));
    finish(launch(as_server({program("initdb"), "-D", folder_.path("data"), "-U", "postgres", "-A", "trust", "-E",
                             "UTF8", "--locale=C", "--no-sync", "--no-instructions"})));
    start();
  }
  ~PostgresServer() { stop(); }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  /// The one of this test program, started when first asked for.
  static PostgresServer& shared() {
    static PostgresServer server(Settings{});
    return server;
  }

  /// As connect_database takes it.
  std::string url(const std::string& database) const {
    return "postgresql://postgres@/" + database + "?host=" + folder_.path();
  }

  /// @return its name, a new one each time
  std::string create_database() {
    const std::string name = "t" + std::to_string(++databases_);
    auto admin = administrator();
    if (!admin->run_script("CREATE DATABASE " + name + " STRATEGY file_copy")) throw std::runtime_error("no database");
    return name;
  }
  void drop_database(const std::string& name) {
    auto admin = administrator();
    if (!admin->run_script("DROP DATABASE " + name + " WITH (FORCE)")) throw std::runtime_error("not dropped");
  }

  void start() {
    const std::string fsync = std::string("fsync=") + (settings_.fsync ? "on" : "off");
    server_ = launch(as_server({program("postgres"), "-D", folder_.path("data"), "-k", folder_.path(), "-c",
                                "listen_addresses=", "-c", fsync, "-c", "logging_collector=off", "-c",
                                "shared_buffers=16MB", "-c", "max_wal_size=256MB"}));
    wait_until_ready();
  }
  /// Sessions are told, transactions under way rolled back.
  void stop() { end_with(SIGINT); }
  /// As if the machine had lost its power, but for the files.
  void kill() { end_with(SIGQUIT); }

  /// Everything of it stands still; connections are taken by the kernel and never answered.
  void pause() { signal_all(SIGSTOP); }
  void resume() { signal_all(SIGCONT); }

 private:
  static std::string program(const std::string& name) {
    for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql")) {
      const auto path = version.path() / "bin" / name;
      if (std::filesystem::exists(path)) return path;
    }
    throw std::runtime_error("no " + name + ": ./dev test installs Debian's package postgresql");
  }

  /// PostgreSQL refuses to be root. The server goes when this program does, however that ends.
  static std::vector<std::string> as_server(std::vector<std::string> command) {
    std::vector<std::string> prefix{"/usr/bin/setpriv", "--pdeathsig", "INT"};
    if (geteuid() == 0) prefix.insert(prefix.end(), {"--reuid=postgres", "--regid=postgres", "--clear-groups"});
    command.insert(command.begin(), prefix.begin(), prefix.end());
    return command;
  }

  pid_t launch(const std::vector<std::string>& command) const {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const std::string log = folder_.path("log");
    for (const int stream : {1, 2}) {
      posix_spawn_file_actions_addopen(&actions, stream, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    }
    pid_t child = -1;
    const int failed = posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " + command[0]);
    return child;
  }

  void finish(pid_t child) const {
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) throw std::runtime_error("PostgreSQL could not be set up: " + folder_.read("log"));
  }

  std::unique_ptr<services::Connection> administrator() const {
    services::PostgresSettings settings;
    settings.url = url("postgres");
    auto connection = services::open_postgres(settings);
    if (!connection) throw std::runtime_error(connection.error().message);
    return *std::move(connection);
  }

  void wait_until_ready() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    services::PostgresSettings settings;
    settings.url = url("postgres");
    while (!services::open_postgres(settings)) {
      if (waitpid(server_, nullptr, WNOHANG) != 0 || std::chrono::steady_clock::now() > end) {
        server_ = -1;
        throw std::runtime_error("PostgreSQL does not start: " + folder_.read("log"));
      }
      poll(nullptr, 0, 10);
    }
  }

  void end_with(int signal) {
    if (server_ <= 0) return;
    resume();
    ::kill(server_, signal);
    waitpid(server_, nullptr, 0);
    server_ = -1;
  }

  void signal_all(int signal) const {
    const std::string pid = std::to_string(server_);
    std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
    ::kill(server_, signal);
    for (pid_t child = 0; children >> child;) ::kill(child, signal);
  }

  Settings settings_;
  TemporaryFolder folder_;
  pid_t server_ = -1;
  int databases_ = 0;
};

/// A database of its own on the shared server, for one test.
class PostgresDatabase {
 public:
  PostgresDatabase() : name_(PostgresServer::shared().create_database()) {}
  ~PostgresDatabase() { PostgresServer::shared().drop_database(name_); }
  PostgresDatabase(const PostgresDatabase&) = delete;
  PostgresDatabase& operator=(const PostgresDatabase&) = delete;
  std::string url() const { return PostgresServer::shared().url(name_); }

 private:
  std::string name_;
};

}  // namespace throng
