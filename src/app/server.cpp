#include "app/server.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <thread>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/backing.h"
#include "app/exit_codes.h"
#include "app/live_content.h"
#include "app/live_maps.h"
#include "app/open_tracing.h"
#include "app/operations.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/random_id.h"
#include "gateway/worker_group.h"
#include "net/listener.h"
#include "net/static_files.h"
#include "net/tls.h"
#include "room/kinds/all_kinds.h"
#include "services/control/control_socket.h"
#include "services/metrics/metrics_service.h"
#include "services/presence/memory_directory.h"
#include "services/recording/file_recordings.h"

namespace throng::app {
namespace {

/// For a collector to take the last spans.
constexpr std::chrono::seconds kLastSpansTimeout{3};

net::ServerLimits limits_of(const content::ServerDef& def) {
  const content::ServerLimitsDef& from = def.limits;
  net::ServerLimits to;
  to.header_bytes_max = static_cast<std::size_t>(from.header_bytes_max);
  to.body_bytes_max = static_cast<std::size_t>(from.body_bytes_max);
  to.message_bytes_max = static_cast<std::uint32_t>(from.message_bytes_max);
  to.connections_max = static_cast<std::size_t>(from.connections_max);
  to.connections_per_address_max = static_cast<std::uint32_t>(from.connections_per_address_max);
  to.new_connections_per_address_per_s = static_cast<std::uint32_t>(from.new_connections_per_address_per_s);
  to.header_timeout = std::chrono::milliseconds(from.header_timeout_ms);
  to.http_idle_timeout = std::chrono::milliseconds(from.http_idle_timeout_ms);
  to.websocket_ping_interval = std::chrono::milliseconds(from.websocket_ping_interval_ms);
  to.missed_pongs_max = static_cast<std::uint8_t>(from.missed_pongs_max);
  to.close_timeout = std::chrono::milliseconds(from.close_timeout_ms);
  to.out_queue_bytes_max = static_cast<std::size_t>(from.out_queue_bytes_max);
  to.trust_proxy = def.trust_proxy;
  return to;
}

/// The page loads nothing from elsewhere; sockets go wherever the public address says.
constexpr const char* kPagePolicy =
    "default-src 'self'; connect-src 'self' ws: wss: http: https:; img-src 'self' data:; style-src 'self'; "
    "frame-ancestors 'none'";

Result<std::vector<net::StaticFiles>> load_files(const Configuration& configuration) {
  std::vector<net::StaticFiles> files;
  if (configuration.web_root.empty()) {
    log_warning("no page at /: build it with `./dev build web`, or name its folder with --web-root");
  } else {
    THRONG_TRY(net::StaticFiles page, net::StaticFiles::load(configuration.web_root, "/", {}, kPagePolicy));
    files.push_back(std::move(page));
  }
  return files;
}

/// Null when there are none.
Result<std::unique_ptr<LiveMaps>> open_maps(const Configuration& configuration) {
  if (configuration.content->maps.empty()) return std::unique_ptr<LiveMaps>();
  return LiveMaps::open((std::filesystem::path(configuration.content_dir) / "maps").string(), kPagePolicy);
}

/// As many descriptors as the system lets us have: every player is one.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// A setting of a later part of the program that nothing reads yet: whoever sets it should know.
void warn_of_unused_settings() {
  if (const char* const value = std::getenv("REDIS_URL"); value != nullptr && *value != '\0')
    log_warning("REDIS_URL is set, but this version does not use it yet: nothing is kept there");
}

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGHUP);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

/// SIGHUP asks for a look at the content; any other signal ends the wait. Calls `every_second` about so often.
void wait_for_stop(const sigset_t& signals, LiveContent* content, const std::function<void()>& every_second) {
  const timespec second{1, 0};
  for (;;) {
    const int signal = sigtimedwait(&signals, nullptr, &second);
    if (signal == SIGHUP && content != nullptr) content->reload();
    if (signal > 0 && signal != SIGHUP) return;
    every_second();
  }
}

void exit_on_second_signal(const sigset_t& signals) {
  std::thread([signals] {
    wait_for_stop(signals, nullptr, [] {});
    _exit(kExitFailed);
  }).detach();
}

/// @param metrics_port  0: none of their own
void print_addresses(const content::ServerDef& def, std::uint16_t port, std::uint16_t metrics_port) {
  const char* const scheme = def.tls ? "https" : "http";
  fmt::print("listening on {}://127.0.0.1:{}\n", scheme, port);
  fmt::print("  the world   {}://localhost:{}/\n  health      {}://localhost:{}/readyz\n", scheme, port, scheme, port);
  if (metrics_port != 0) fmt::print("  metrics     http://localhost:{}/metrics\n", metrics_port);
  std::fflush(stdout);
}

std::size_t worker_count(const content::ServerDef& def) {
  if (def.workers > 0) return static_cast<std::size_t>(def.workers);
  return std::max(1u, std::thread::hardware_concurrency());
}

/// Everything that can fail before the first client comes.
Result<std::unique_ptr<gateway::WorkerGroup>> start_group(const Configuration& configuration,
                                                          const std::string& process_id,
                                                          gateway::Surroundings surroundings,
                                                          room::RecordingSink* recordings, int listen_fd) {
  const content::ServerDef& def = configuration.server;
  std::shared_ptr<const net::TlsContext> tls;
  if (def.tls) {
    THRONG_TRY(tls, net::load_tls(def.tls->certificate, def.tls->key));
  }
  THRONG_TRY(std::vector<net::StaticFiles> files, load_files(configuration));
  const auto make_factory = [recordings] { return room::make_logic_factory({recordings}); };
  const gateway::GroupSettings settings{.workers = worker_count(def),
                                        .limits = limits_of(def),
                                        .process_id = process_id,
                                        .public_address = def.public_address,
                                        .drain_timeout = std::chrono::milliseconds(def.drain_timeout_ms),
                                        .loop_silence_max = std::chrono::seconds(def.loop_silence_s),
                                        .content = configuration.content,
                                        .surroundings = std::move(surroundings)};
  auto group = std::make_unique<gateway::WorkerGroup>(settings, configuration.rooms, std::move(files),
                                                      services::make_memory_directory(), make_factory);
  THRONG_CHECK(group->start(listen_fd, tls));
  return group;
}

int report(const Error& error, int exit_code) {
  fmt::print(stderr, "throngd: {}\n", error.message);
  return exit_code;
}

/// Null when rooms are not to be recorded.
Result<std::unique_ptr<room::RecordingSink>> open_recordings(const content::ServerDef& def) {
  if (!def.record_rooms) return std::unique_ptr<room::RecordingSink>();
  return services::open_file_recordings(def.recordings_dir);
}

Result<std::unique_ptr<services::MetricsService>> open_metrics_of(const Configuration& configuration) {
  services::MetricsSettings settings{.token = configuration.metrics_token};
  if (const auto& def = configuration.server.metrics; def && def->port >= 0) {
    settings.port = static_cast<std::uint16_t>(def->port);
    settings.host = def->host;
  }
  return services::open_metrics(settings);
}

std::unique_ptr<ComputedSource> watch_server(const Configuration& configuration,
                                             const gateway::Surroundings& surroundings) {
  return add_computed_source(
      [workers = worker_count(configuration.server), not_ready = surroundings.not_ready](ComputedReport& report) {
        report.set(Computed::Workers, {}, static_cast<double>(workers));
        report.set(Computed::Ready, {}, !not_ready || not_ready().empty() ? 1 : 0);
      });
}

/// Null, and a warning, when there can be none: then the command line does not reach this server.
std::unique_ptr<services::ControlSocket> open_control(const Configuration& configuration, Operations& operations,
                                                      LiveContent* content) {
  auto control = services::open_control_socket(configuration.data_dir, [&operations, content](std::string_view asked) {
    if (std::optional<std::string> answer = operations.answer(asked)) return *std::move(answer);
    return content != nullptr ? content->answer(asked)
                              : std::string(R"({"ok":false,"error":"this server has no content"})");
  });
  if (control) return *std::move(control);
  log_warning("`throngd config`, `log-level` and `profile` cannot reach this server",
              {{"reason", control.error().message}});
  return nullptr;
}

/// Null when no room needs content.
Result<std::unique_ptr<LiveContent>> open_content(Configuration& configuration) {
  if (configuration.content_texts.empty()) return std::unique_ptr<LiveContent>();
  return LiveContent::open(configuration);
}

}  // namespace

int serve(Configuration configuration) {
  set_log_level(configuration.server.log_level);
  set_log_format(configuration.server.log_format);
  raise_descriptor_limit();
  warn_of_unused_settings();
  const sigset_t signals = block_signals();
  const std::string process_id = random_id(kPublicIdLength);
  const Result<std::unique_ptr<services::Tracing>> tracing = open_tracing(process_id);
  if (!tracing) return report(tracing.error(), kExitConfiguration);
  const Result<std::unique_ptr<room::RecordingSink>> recordings = open_recordings(configuration.server);
  if (!recordings) return report(recordings.error(), kExitConfiguration);
  const Result<std::unique_ptr<LiveMaps>> maps = open_maps(configuration);
  if (!maps) return report(maps.error(), kExitConfiguration);
  const Result<int> listener =
      net::open_listener(configuration.server.host, static_cast<std::uint16_t>(configuration.server.port));
  if (!listener) return report(listener.error(), kExitFailed);
  const Result<std::unique_ptr<services::MetricsService>> metrics = open_metrics_of(configuration);
  if (!metrics) return report(metrics.error(), kExitFailed);
  const Result<std::unique_ptr<Backing>> backing = open_backing(configuration, process_id);
  if (!backing) return report(backing.error(), kExitFailed);
  Result<std::unique_ptr<LiveContent>> content = open_content(configuration);
  if (!content) return report(content.error(), kExitFailed);
  Operations operations(configuration, (*backing)->verifier());
  gateway::Surroundings surroundings = (*backing)->surroundings();
  if (*tracing) surroundings.tick_readers.push_back([&](std::size_t) { return (*tracing)->tick_traces(); });
  operations.join(surroundings);
  if (*maps) surroundings.routes.push_back(maps->get());
  if (net::Routes* const routes = (*metrics)->routes()) surroundings.routes.push_back(routes);
  std::unique_ptr<ComputedSource> figures = watch_server(configuration, surroundings);
  Result<std::unique_ptr<gateway::WorkerGroup>> group =
      start_group(configuration, process_id, std::move(surroundings), recordings->get(), *listener);
  if (!group) return report(group.error(), kExitConfiguration);
  (*backing)->start(**group);
  if (*content) (*content)->start(**group, maps->get());
  auto control = open_control(configuration, operations, content->get());
  print_addresses(configuration.server, net::listener_port(*listener), (*metrics)->port());

  log_info("serving", {{"port", net::listener_port(*listener)}, {"process", process_id}});
  wait_for_stop(signals, content->get(), [&operations] { operations.every_second(); });
  log_info("shutting down; a second signal ends at once");
  exit_on_second_signal(signals);
  figures.reset();
  control.reset();
  operations.end();
  content->reset();  // nothing may reach for the rooms while they end
  const bool clean = (*group)->drain_and_stop();
  if (!clean) log_warning("some connections or rooms did not end in time");
  (*backing)->detach();
  group->reset();
  close(*listener);
  const bool durable = (*backing)->close(std::chrono::milliseconds(configuration.server.drain_timeout_ms));
  if (*tracing) (*tracing)->stop(kLastSpansTimeout);
  if (!durable) log_error("not everything could be kept: the database did not answer in time");
  flush_log();
  return durable ? kExitOk : kExitFailed;
}

}  // namespace throng::app
