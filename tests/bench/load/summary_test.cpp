#include "load/summary.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace throng::bench {
namespace {

Settings ten_walkers() {
  Settings settings;
  settings.mix = {{Behaviour::Walk, 10}};
  return settings;
}

RunRecord good_run() {
  RunRecord record;
  record.clients = record.measured_clients = record.playing_at_end = 10;
  record.window_seconds = 10;
  record.tally.patches = 10 * 10 * 20;
  record.tally.player_seconds = 100;
  for (int i = 0; i < 2000; ++i) record.tally.patch_gap_us.record(50'000);
  record.server_at_start = {.cpu_seconds = 1, .resident_bytes = 10'000'000};
  record.server_at_window = {.cpu_seconds = 2, .resident_bytes = 10'000'000};
  record.server_at_end = {.cpu_seconds = 2.5, .resident_bytes = 10'040'960};
  return record;
}

TEST(Holding, IsPatchesOnTimeForEverybody) { EXPECT_TRUE(reasons_not_held(ten_walkers(), good_run()).empty()); }

TEST(Holding, FailsOnLateOrMissingPatchesLostClientsAndFaultyStreams) {
  RunRecord late = good_run();
  for (int i = 0; i < 30; ++i) late.tally.patch_gap_us.record(80'000);
  RunRecord missing = good_run();
  missing.tally.patches /= 2;
  RunRecord lost = good_run();
  lost.tally.lost = 1;
  RunRecord faulty = good_run();
  faulty.tally.fault(Fault::UnknownReference, "x");
  for (const RunRecord& record : {late, missing, lost, faulty}) {
    EXPECT_EQ(reasons_not_held(ten_walkers(), record).size(), 1u);
  }
}

TEST(Holding, OfClientsThatOnlyListenAsksForNoPatches) {
  Settings settings;
  settings.mix = {{Behaviour::Idle, 10}};
  RunRecord record = good_run();
  record.tally.patches = 0;
  EXPECT_TRUE(reasons_not_held(settings, record).empty());
}

TEST(Figures, AreGivenPerPlayerAndPerClient) {
  const auto json = nlohmann::json::parse(as_json(ten_walkers(), good_run()));
  EXPECT_DOUBLE_EQ(json.at("patches_per_client_second").get<double>(), 20);
  EXPECT_DOUBLE_EQ(json.at("server").at("cpu_ms_per_player_second").get<double>(), 5);
  EXPECT_DOUBLE_EQ(json.at("server").at("resident_bytes_per_client").get<double>(), 4096);
  EXPECT_TRUE(json.at("holds").get<bool>());
}

TEST(Figures, TellWhatOthersUsedOfTheMachine) {
  RunRecord record = good_run();
  record.own_cpu_seconds = 1.5;
  record.machine_busy_seconds = 7;
  const auto json = nlohmann::json::parse(as_json(ten_walkers(), record));
  EXPECT_DOUBLE_EQ(json.at("others_cpu_share").get<double>(), 0.5);
}

TEST(Figures, SurviveForeignBytesInExamples) {
  RunRecord record = good_run();
  record.tally.fault(Fault::Closed, "\xff\xfe");
  EXPECT_TRUE(nlohmann::json::accept(as_json(ten_walkers(), record)));
  EXPECT_NE(as_table(ten_walkers(), record).find("closed"), std::string::npos);
}

}  // namespace
}  // namespace throng::bench
