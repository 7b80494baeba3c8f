#pragma once
// config/server/server.json: how the program listens, what it bears, and where it writes.

#include <optional>
#include <string>
#include <string_view>

#include "base/log.h"
#include "base/result.h"

namespace throng::content {

/// Paths of PEM files, relative to the configuration folder or absolute.
struct TlsDef {
  std::string certificate;
  std::string key;
};

/// The names and meanings of net::ServerLimits; the ranges are in server_def.cpp.
struct ServerLimitsDef {
  int header_bytes_max = 16 * 1024;
  int body_bytes_max = 64 * 1024;
  int message_bytes_max = 4096;  ///< one inbound WebSocket message
  int connections_max = 20'000;
  int connections_per_address_max = 2000;
  int new_connections_per_address_per_s = 200;
  int header_timeout_ms = 10'000;
  int http_idle_timeout_ms = 30'000;
  int websocket_ping_interval_ms = 3000;
  int missed_pongs_max = 2;
  int close_timeout_ms = 2000;
  int out_queue_bytes_max = 256 * 1024;
};

/// Where /metrics is, and who may read it. The token itself is never in the file.
struct MetricsDef {
  int port = -1;           ///< of its own, plain HTTP; 0 takes any free one; -1: the port of the game
  std::string host = "0.0.0.0";
  std::string token_file;  ///< its first line is the bearer token; relative to the configuration folder or absolute
};

/// CPU profiles that the server takes by itself when ticks are slow, into data_dir/profiles.
struct SlowTickProfileDef {
  int slow_ticks = 20;     ///< so many ticks of one worker that took more than half of their interval
  int within_s = 10;       ///< in this time
  int seconds = 5;         ///< of the profile
  int pause_minutes = 10;  ///< from one profile to the next
  int files_max = 20;      ///< the oldest go
};

struct ServerDef {
  std::string host = "0.0.0.0";
  int port = 2567;            ///< 0 takes any free port
  int workers = 0;            ///< threads; 0 is one per core
  std::string public_address; ///< host, host:port or host/path that clients are told to connect to; empty: none
  std::optional<TlsDef> tls;
  ServerLimitsDef limits;
  std::optional<MetricsDef> metrics;
  bool trust_proxy = false;   ///< take the peer's address from X-Forwarded-For
  std::string web_root;       ///< folder of the built page; empty: the one beside the program
  int drain_timeout_ms = 10'000;
  LogLevel log_level = LogLevel::Info;
  LogFormat log_format = LogFormat::Auto;
  int loop_silence_s = 10;        ///< a worker whose loop has not turned for longer makes /healthz say 503
  std::optional<SlowTickProfileDef> profile;  ///< nothing: none by itself
  bool record_rooms = false;  ///< write a recording of every world, to be replayed
  std::string recordings_dir = "recordings";
  std::string data_dir = "data";  ///< what the program keeps: versions of the content, the control socket
  std::string database_url;   ///< sqlite:PATH or postgres://…; empty: a file in data_dir
  bool content_reload = true;     ///< take changes of config/content while running
};

/// @return the definition, or every problem of the file, one per line. Any thread.
Result<ServerDef> parse_server(std::string_view text, std::string_view file);

/// The draft-07 JSON Schema of the file, as committed in config/schema/server.schema.json.
std::string json_schema_for_server();

}  // namespace throng::content
