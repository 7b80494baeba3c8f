#include "services/store/once.h"

namespace throng::services {

Result<std::string> once(Connection& connection, const std::string& key, std::int64_t now, const Command& command) {
  constexpr std::size_t kKeyBytesMax = 200;
  if (key.empty() || key.size() > kKeyBytesMax) return fail("a command's key has 1 to 200 bytes");
  // On PostgreSQL this waits for another server that is at the same command.
  THRONG_TRY(
      const Rows taken,
      connection.run("INSERT INTO command_key (key, at, answer) VALUES ($1, $2, '') ON CONFLICT (key) DO NOTHING",
                     {key, now}));
  if (taken.changed() == 0) {
    THRONG_TRY(const Rows found, connection.run("SELECT answer FROM command_key WHERE key = $1", {key}));
    return found.empty() ? std::string() : found.text(0, 0);
  }
  THRONG_TRY(std::string answer, command(connection));
  THRONG_TRY(const Rows noted, connection.run("UPDATE command_key SET answer = $1 WHERE key = $2", {answer, key}));
  static_cast<void>(noted);
  return answer;
}

}  // namespace throng::services
