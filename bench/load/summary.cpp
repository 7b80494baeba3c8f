#include "load/summary.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace throng::bench {
namespace {

constexpr double kPatchRateShareMin = 0.95;

using Json = nlohmann::ordered_json;

double milliseconds_of(std::int64_t microseconds) { return static_cast<double>(microseconds) / 1000; }

double ratio(double amount, double per) { return per > 0 ? amount / per : 0; }

bool expects_patches(const Settings& settings) {
  return std::any_of(settings.mix.begin(), settings.mix.end(),
                     [](const MixPart& part) { return sends_moves(part.behaviour); });
}

double patches_per_client_second(const RunRecord& record) {
  return ratio(static_cast<double>(record.tally.patches), record.measured_clients * record.window_seconds);
}

double server_cpu_seconds(const RunRecord& record) {
  if (!record.server_at_window || !record.server_at_end) return 0;
  return record.server_at_end->cpu_seconds - record.server_at_window->cpu_seconds;
}

// Cores that this machine spent on neither the generator nor the server (if its process was named).
double others_cpu_share(const RunRecord& record) {
  const double others = record.machine_busy_seconds - record.own_cpu_seconds - server_cpu_seconds(record);
  return std::max(0.0, ratio(others, record.window_seconds));
}

Json percentiles(const Histogram& histogram) {
  return {{"count", histogram.count()},
          {"mean", histogram.mean() / 1000},
          {"p50", milliseconds_of(histogram.percentile(0.5))},
          {"p90", milliseconds_of(histogram.percentile(0.9))},
          {"p99", milliseconds_of(histogram.percentile(0.99))},
          {"p999", milliseconds_of(histogram.percentile(0.999))},
          {"max", milliseconds_of(histogram.max())}};
}

double joins_per_second(const Settings& settings, const RunRecord& record) {
  if (settings.has(Behaviour::Storm))
    return ratio(static_cast<double>(record.tally.window_joins), record.window_seconds);
  return ratio(static_cast<double>(record.joins_at_joined), record.joining_seconds);
}

Json joins(const Settings& settings, const RunRecord& record) {
  return {{"count", record.tally.joins},
          {"per_second", joins_per_second(settings, record)},
          {"latency_ms", percentiles(record.tally.join_us)}};
}

// Members are left out when the process was not readable at that moment.
Json server(const Settings& settings, const RunRecord& record) {
  Json json = Json::object();
  if (record.server_at_window && record.server_at_end) {
    const double cpu = server_cpu_seconds(record);
    json["cpu_share"] = ratio(cpu, record.window_seconds);
    if (record.tally.player_seconds > 0)
      json["cpu_ms_per_player_second"] = ratio(cpu * 1000, record.tally.player_seconds);
    json["resident_bytes"] = record.server_at_end->resident_bytes;
    if (settings.has(Behaviour::Storm)) {
      json["cpu_ms_per_join"] = ratio(cpu * 1000, static_cast<double>(record.tally.window_joins));
    }
  }
  if (record.server_at_start && record.server_at_joined && !settings.has(Behaviour::Storm)) {
    const double cpu = record.server_at_joined->cpu_seconds - record.server_at_start->cpu_seconds;
    json["cpu_ms_per_join"] = ratio(cpu * 1000, static_cast<double>(record.joins_at_joined));
  }
  if (record.server_at_start && record.server_at_end) {
    const double growth = static_cast<double>(record.server_at_end->resident_bytes) -
                          static_cast<double>(record.server_at_start->resident_bytes);
    json["resident_bytes_at_start"] = record.server_at_start->resident_bytes;
    json["resident_bytes_per_client"] = ratio(growth, record.playing_at_end);
  }
  return json;
}

Json faults(const Tally& tally) {
  Json json = Json::object();
  for (std::size_t i = 0; i < kFaultKinds; ++i) {
    if (tally.faults[i] == 0) continue;
    // The example comes from the network: any bytes are possible.
    json[name_of(static_cast<Fault>(i))] = {{"count", tally.faults[i]}, {"first", tally.examples[i]}};
  }
  return json;
}

std::string mix_text(const Settings& settings) {
  std::string text;
  for (const MixPart& part : settings.mix) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ",", name_of(part.behaviour), part.clients);
  }
  return text;
}

Json all_figures(const Settings& settings, const RunRecord& record) {
  const Tally& tally = record.tally;
  const std::vector<std::string> reasons = reasons_not_held(settings, record);
  const double client_seconds = record.measured_clients * record.window_seconds;
  return {{"room", settings.room},
          {"mix", mix_text(settings)},
          {"clients", record.clients},
          {"side_units", record.side_units},
          {"window_seconds", record.window_seconds},
          {"playing_at_end", record.playing_at_end},
          {"lost", tally.lost},
          {"patch_gap_ms", percentiles(tally.patch_gap_us)},
          {"patches_per_client_second", patches_per_client_second(record)},
          {"bytes_per_client_second", ratio(static_cast<double>(tally.bytes_in), tally.player_seconds)},
          {"moves_per_client_second", ratio(static_cast<double>(tally.moves_sent), client_seconds)},
          {"move_to_visible_ms", percentiles(tally.move_visible_us)},
          {"moves_not_seen", tally.moves_not_seen},
          {"pickup_to_shown_ms", percentiles(tally.pickup_shown_us)},
          {"pickups_not_shown", tally.pickups_not_shown},
          {"entities_in_view",
           ratio(static_cast<double>(tally.watched_entities), static_cast<double>(tally.watched_frames))},
          {"joins", joins(settings, record)},
          {"server", server(settings, record)},
          {"generator",
           {{"cpu_share", ratio(record.own_cpu_seconds, record.window_seconds)},
            {"cpu_ms_per_client_second", ratio(record.own_cpu_seconds * 1000, tally.player_seconds)}}},
          {"others_cpu_share", others_cpu_share(record)},
          {"garbage_sent", tally.garbage_sent},
          {"expected_closes", tally.expected_closes},
          {"faults", faults(tally)},
          {"interrupted", record.interrupted},
          {"holds", reasons.empty()},
          {"holds_not_because", reasons}};
}

std::string percentile_row(std::string_view label, const Json& figures) {
  if (figures["count"] == 0) return fmt::format("{:<26} none\n", label);
  return fmt::format("{:<26} p50 {:.1f}   p90 {:.1f}   p99 {:.1f}   p99.9 {:.1f}   max {:.1f} ms   ({})\n", label,
                     figures["p50"].get<double>(), figures["p90"].get<double>(), figures["p99"].get<double>(),
                     figures["p999"].get<double>(), figures["max"].get<double>(),
                     figures["count"].get<std::uint64_t>());
}

std::string server_rows(const Json& server) {
  std::string rows;
  const auto row = [&](std::string_view label, std::string_view member, double scale, std::string_view unit) {
    const auto found = server.find(member);
    if (found != server.end()) rows += fmt::format("{:<26} {:.3f} {}\n", label, found->get<double>() * scale, unit);
  };
  row("server CPU", "cpu_share", 100, "% of a core");
  row("server CPU per player", "cpu_ms_per_player_second", 1, "ms per second");
  row("server CPU per join", "cpu_ms_per_join", 1, "ms");
  row("server memory", "resident_bytes", 1.0 / (1 << 20), "MiB");
  row("server memory per client", "resident_bytes_per_client", 1.0 / 1024, "KiB more than before the joins");
  return rows;
}

}  // namespace

std::vector<std::string> reasons_not_held(const Settings& settings, const RunRecord& record) {
  std::vector<std::string> reasons;
  const Tally& tally = record.tally;
  const auto count = [&tally](Fault fault) { return tally.faults[static_cast<std::size_t>(fault)]; };
  if (record.interrupted) reasons.push_back("the run was interrupted");
  if (tally.lost > 0) reasons.push_back(fmt::format("{} clients lost", tally.lost));
  const std::uint64_t faulty = count(Fault::BadFrame) + count(Fault::BadState) + count(Fault::UnknownReference);
  if (faulty > 0) reasons.push_back(fmt::format("{} faulty frames or streams", faulty));
  if (record.interrupted || !expects_patches(settings)) return reasons;
  const double rate = patches_per_client_second(record);
  if (rate < settings.patch_rate_hz * kPatchRateShareMin) {
    reasons.push_back(fmt::format("{:.1f} patches per second and client, not {}", rate, settings.patch_rate_hz));
  }
  const double p99 = milliseconds_of(tally.patch_gap_us.percentile(0.99));
  if (p99 > settings.patch_gap_p99_ms_max) {
    reasons.push_back(fmt::format("p99 gap {:.1f} ms, more than {}", p99, settings.patch_gap_p99_ms_max));
  }
  return reasons;
}

std::string as_table(const Settings& settings, const RunRecord& record) {
  const Json figures = all_figures(settings, record);
  const auto number = [&figures](std::string_view member) { return figures[member].get<double>(); };
  std::string table;
  table += fmt::format("{:<26} {} in room {}, side {:.0f} units, {:.1f} s\n", "clients", mix_text(settings),
                       settings.room, record.side_units, record.window_seconds);
  table += percentile_row("patch gap", figures["patch_gap_ms"]);
  table += percentile_row("move to visible", figures["move_to_visible_ms"]);
  if (settings.has(Behaviour::Loot)) table += percentile_row("pick-up to shown", figures["pickup_to_shown_ms"]);
  table += percentile_row("join", figures["joins"]["latency_ms"]);
  table += fmt::format("{:<26} {:.1f} patches, {:.0f} bytes, {:.1f} moves\n", "per client and second",
                       number("patches_per_client_second"), number("bytes_per_client_second"),
                       number("moves_per_client_second"));
  table += fmt::format("{:<26} {:.0f} per second\n", "joins", figures["joins"]["per_second"].get<double>());
  if (record.tally.watched_frames > 0)
    table += fmt::format("{:<26} {:.1f}\n", "entities in view", number("entities_in_view"));
  table += server_rows(figures["server"]);
  table += fmt::format("{:<26} {:.3f} ms per client and second\n", "generator CPU",
                       figures["generator"]["cpu_ms_per_client_second"].get<double>());
  table += fmt::format("{:<26} {:.2f} cores\n", "others on this machine", number("others_cpu_share"));
  table += fmt::format("{:<26} {} lost, {} thrown out as expected\n", "clients", record.tally.lost,
                       record.tally.expected_closes);
  for (std::size_t i = 0; i < kFaultKinds; ++i) {
    if (record.tally.faults[i] == 0) continue;
    table += fmt::format("{:<26} {} x {}; first: {}\n", "fault", record.tally.faults[i], name_of(static_cast<Fault>(i)),
                         record.tally.examples[i]);
  }
  const std::vector<std::string> reasons = reasons_not_held(settings, record);
  table += fmt::format("{:<26} {}\n", "holds",
                       reasons.empty() ? "yes" : "no: " + fmt::format("{}", fmt::join(reasons, "; ")));
  return table;
}

std::string as_json(const Settings& settings, const RunRecord& record) {
  return all_figures(settings, record).dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace throng::bench
