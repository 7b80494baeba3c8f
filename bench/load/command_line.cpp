#include "load/command_line.h"

#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace throng::bench {
namespace {

// Flags whose text needs reading beyond what CLI11 checks.
struct RawFlags {
  std::string url = "http://127.0.0.1:2567";
  int clients = 100;
  std::string behaviour = "walk";
  std::string mix;
  std::string spawn;
  std::string move_style = "absolute";
  int print_side_for = 0;
};

void add_load_flags(CLI::App& app, RawFlags& raw, Settings& settings) {
  app.add_option("--url", raw.url, "endpoint, http://host:port[/prefix]")->capture_default_str();
  app.add_option("--room", settings.room, "room to join")->capture_default_str();
  app.add_option("--options", settings.options, "join options, a JSON object")->capture_default_str();
  app.add_flag("--sign-in", settings.sign_in, "each client with an anonymous account, so that its character is kept");
  app.add_option("--clients", raw.clients, "how many")
      ->check(CLI::Range(1, Settings::kClientsMax))
      ->capture_default_str();
  app.add_option("--behaviour", raw.behaviour, "idle, walk, crowd, storm, slow, garbage, limit or loot")
      ->capture_default_str();
  app.add_option("--mix", raw.mix, "several at once instead: walk=900,slow=50,garbage=50");
  app.add_option("--moves-per-s", settings.moves_per_second, "of each walker")
      ->check(CLI::Range(0.0, 1000.0))
      ->capture_default_str();
  app.add_option("--move-style", raw.move_style, "absolute: next place of the walk; direction: a vector, with seq")
      ->check(CLI::IsMember({"absolute", "direction"}))
      ->capture_default_str();
  app.add_option("--side", settings.side_units, "side of the square in units; 0 is what the workload says")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--spawn", raw.spawn, "x,y: all start there instead of anywhere in the square");
  app.add_option("--seed", settings.seed, "of places and ways")->capture_default_str();
}

void add_run_flags(CLI::App& app, RawFlags& raw, Settings& settings) {
  app.add_option("--seconds", settings.window_seconds, "measured time")
      ->check(CLI::Range(0.1, 1e6))
      ->capture_default_str();
  app.add_option("--warmup", settings.warmup_seconds, "between the last join and the measured time")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  app.add_option("--join-rate", settings.join_rate, "joins begun per second; 0 is as fast as --in-flight allows")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--in-flight", settings.in_flight, "joins under way at once")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--watch", settings.watched, "walkers that decode the whole state")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--server-pid", settings.server_pid, "local server process whose CPU and memory are read");
  app.add_option(
         "--source-addresses", settings.source_addresses,
         "connect from so many addresses, 127.0.0.2 and up; 0 is from one, or what more than 25,000 clients need")
      ->check(CLI::Range(0, 200))
      ->capture_default_str();
  app.add_option("--patch-rate", settings.patch_rate_hz, "patches per second that the room promises")
      ->capture_default_str();
  app.add_option("--gap-p99", settings.patch_gap_p99_ms_max, "longest 99th percentile gap of a run that holds, ms")
      ->capture_default_str();
  app.add_option("--json", settings.json_file,
                 "write the figures here as well; - is standard output, without the table");
  app.add_flag("--require-hold", settings.require_hold, "exit 1 when the run does not hold");
  app.add_option("--print-side", raw.print_side_for, "print the reference square's side for so many players, and exit")
      ->check(CLI::Range(1, Settings::kClientsMax));
}

Result<std::optional<Spawn>> parse_spawn(const std::string& text) {
  if (text.empty()) return std::optional<Spawn>();
  const nlohmann::json pair = nlohmann::json::parse("[" + text + "]", nullptr, false);
  if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number() || !pair[1].is_number()) {
    return fail(fmt::format("--spawn {}: expected x,y", text));
  }
  return std::optional<Spawn>({.x = pair[0].get<double>(), .y = pair[1].get<double>()});
}

Result<void> finish_settings(const RawFlags& raw, Settings& settings) {
  THRONG_CHECK(parse_endpoint(raw.url, settings));
  if (raw.mix.empty()) {
    THRONG_TRY(const Behaviour behaviour, parse_behaviour(raw.behaviour));
    settings.mix = {{behaviour, raw.clients}};
  } else {
    THRONG_TRY(settings.mix, parse_mix(raw.mix));
  }
  if (settings.clients() > Settings::kClientsMax)
    return fail(fmt::format("more than {} clients", Settings::kClientsMax));
  THRONG_TRY(settings.spawn, parse_spawn(raw.spawn));
  settings.move_style = raw.move_style == "direction" ? MoveStyle::Direction : MoveStyle::Absolute;
  if (!nlohmann::json::parse(settings.options, nullptr, false).is_object()) {
    return fail("--options: expected a JSON object");
  }
  return {};
}

}  // namespace

Command read_command_line(int argc, char** argv) {
  Command command;
  RawFlags raw;
  CLI::App app("throng-bots: many clients from one process, and what they saw of the server");
  add_load_flags(app, raw, command.settings);
  add_run_flags(app, raw, command.settings);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    command.exit_code = app.exit(error) == 0 ? 0 : 2;
    return command;
  }
  if (raw.print_side_for > 0) {
    command.print_side_for = raw.print_side_for;
    return command;
  }
  if (const Result<void> finished = finish_settings(raw, command.settings); !finished) {
    std::cerr << finished.error().message << '\n';
    command.exit_code = 2;
  }
  return command;
}

}  // namespace throng::bench
