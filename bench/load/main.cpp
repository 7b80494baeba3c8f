// throng-bots: the load generator.

#include <atomic>
#include <csignal>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "load/command_line.h"
#include "load/summary.h"
#include "load/swarm.h"
#include "load/workload.h"

namespace {

using throng::bench::RunRecord;
using throng::bench::Settings;

std::atomic<bool> stop_requested = false;  // set by the signal handler
static_assert(std::atomic<bool>::is_always_lock_free);

void request_stop(int) { stop_requested = true; }

/// False when the file cannot be written.
bool print_figures(const Settings& settings, const RunRecord& record) {
  const std::string json = as_json(settings, record);
  if (settings.json_file == "-") {
    std::cout << json << '\n';
    return true;
  }
  std::cout << as_table(settings, record);
  if (settings.json_file.empty()) return true;
  std::ofstream file(settings.json_file);
  file << json << '\n';
  return static_cast<bool>(file.flush());
}

int run(const Settings& settings) {
  const std::uint64_t descriptors = throng::bench::raise_descriptor_limit();
  if (static_cast<std::uint64_t>(settings.clients()) + 64 > descriptors) {
    std::cerr << fmt::format("{} clients need more descriptors than the {} allowed (ulimit -n)\n", settings.clients(),
                             descriptors);
    return 2;
  }
  const auto address = throng::bench::resolve(settings.host, settings.port);
  if (!address) {
    std::cerr << address.error().message << '\n';
    return 2;
  }
  throng::bench::Swarm swarm(settings, *address, [](const std::string& line) { std::cerr << line << '\n'; });
  const RunRecord record = swarm.run(stop_requested);
  if (!print_figures(settings, record)) {
    std::cerr << "cannot write " << settings.json_file << '\n';
    return 2;
  }
  return settings.require_hold && !reasons_not_held(settings, record).empty() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const throng::bench::Command command = throng::bench::read_command_line(argc, argv);
  if (command.exit_code) return *command.exit_code;
  if (command.print_side_for) {
    std::cout << fmt::format("{:.3f}\n", throng::bench::reference_side_units(*command.print_side_for));
    return 0;
  }
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  return run(command.settings);
}
