#pragma once
// Characters and rooms of the store's benchmark.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "room/keeping.h"
#include "services/store/store.h"

namespace throng::bench {

struct StoreBenchSettings {
  std::string url;         ///< of an empty database
  std::string folder;      ///< of its files, for the rate of the device
  double seconds = 5;      ///< of each measurement
  int rooms = 50;
  int characters = 20;     ///< in each room
  int moves = 32;          ///< in each cut
  int saves = 8;           ///< characters written in each cut
  int sheet_bytes = 1'024;
};

/// Made in the database, with leases.
struct BenchWorld {
  std::vector<std::vector<room::CharacterLease>> rooms;
};
Result<BenchWorld> make_bench_world(services::Store& store, const StoreBenchSettings& settings);

/// The next cut of a room: loot and trade among its characters.
room::Cut next_bench_cut(const BenchWorld& world, const StoreBenchSettings& settings, std::size_t room,
                         std::int64_t number);

services::StoreSettings store_settings(const std::string& url);

}  // namespace throng::bench
