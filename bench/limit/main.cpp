// throng-limit: what the kernel alone costs; see limit_server.h. Drive it with throng-bots --behaviour limit.

#include <atomic>
#include <csignal>
#include <iostream>

#include <CLI/CLI.hpp>

#include "limit/limit_server.h"

namespace {

std::atomic<bool> limit_stop_requested = false;  // set by the signal handler

void request_limit_stop(int) { limit_stop_requested = true; }

}  // namespace

int main(int argc, char** argv) {
  throng::bench::LimitSettings settings;
  std::string read = "readiness";
  double tick_ms = 50;
  CLI::App app("throng-limit: sends one ready-made frame per client and tick, and nothing else");
  app.add_option("--port", settings.port, "on 127.0.0.1; 0 is any free one")->capture_default_str();
  app.add_option("--read", read, "readiness: sockets are read as they become readable; tick: each once a tick")
      ->check(CLI::IsMember({"readiness", "tick"}))
      ->capture_default_str();
  app.add_option("--bytes", settings.frame_bytes, "of a frame, header included")
      ->check(CLI::Range(6, 65'000))
      ->capture_default_str();
  app.add_option("--tick-ms", tick_ms, "time between two frames of a client")
      ->check(CLI::Range(1.0, 10'000.0))
      ->capture_default_str();
  app.add_option("--slots", settings.slots, "moments that a tick's sends are spread over")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  settings.read_mode = read == "tick" ? throng::bench::ReadMode::OncePerTick : throng::bench::ReadMode::Readiness;
  settings.tick = throng::Nanoseconds(static_cast<std::int64_t>(tick_ms * 1e6));

  throng::bench::raise_descriptor_limit();
  throng::bench::LimitServer server(settings);
  if (const throng::Result<void> opened = server.open(); !opened) {
    std::cerr << opened.error().message << '\n';
    return 2;
  }
  std::signal(SIGINT, request_limit_stop);
  std::signal(SIGTERM, request_limit_stop);
  std::cout << "throng-limit: listening on 127.0.0.1:" << server.port() << std::endl;
  server.run(limit_stop_requested);
  return 0;
}
