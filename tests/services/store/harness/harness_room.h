#pragma once
// What a room of the harness does with its three characters: the same for the same number of cuts, whoever asks.

#include <array>
#include <random>
#include <string>
#include <vector>

#include "room/keeping.h"
#include "services/store/harness/belongings.h"

namespace throng::services {

inline constexpr int kHarnessRooms = 3;
inline constexpr int kHarnessCharacters = 3;  // in each room
inline constexpr std::size_t kHarnessPiecesMax = 20;  // of a character, whose bag has an end

class HarnessRoom {
 public:
  explicit HarnessRoom(int number) : number_(number), random_(static_cast<unsigned>(number)) {}

  std::string id() const { return "harness-" + std::to_string(number_); }
  std::int64_t cuts() const { return cuts_; }
  const std::array<Belongings, kHarnessCharacters>& characters() const { return characters_; }

  /// Plays on to the next cut.
  room::Cut next(const std::array<room::CharacterLease, kHarnessCharacters>& leases) {
    room::Cut cut;
    cut.room_id = id();
    cut.number = ++cuts_;
    cut.tick = cuts_ * 7;
    for (std::uint64_t i = 0, count = random_() % 4 + 1; i < count; ++i) add_move(cut, leases);
    for (int i = 0; i < kHarnessCharacters; ++i) {
      cut.saves.push_back({.lease = leases[static_cast<std::size_t>(i)],
                           .sheet = characters_[static_cast<std::size_t>(i)].sheet(),
                           .level = 2,
                           .map = "meadow",
                           .release = false});
    }
    return cut;
  }

 private:
  void add_move(room::Cut& cut, const std::array<room::CharacterLease, kHarnessCharacters>& leases) {
    const std::size_t from = random_() % kHarnessCharacters;
    const std::size_t to = (from + 1) % kHarnessCharacters;
    const OwnerId giver = room::owner_of(leases[from].character);
    const OwnerId taker = room::owner_of(leases[to].character);
    const OwnerId loot = room::owner_of(room::LedgerSource::Loot);
    Belongings& has = characters_[from];
    const auto put = [&](OwnerId a, OwnerId b, std::string_view what, std::int64_t amount, std::int64_t uid) {
      cut.moves.push_back({a, b, what, amount, uid, room::LedgerSource::Loot, ""});
    };
    const std::uint64_t what = random_() % 4;
    if (what == 0) {
      has.amounts["coins"] += 5;
      put(loot, giver, "coins", 5, 0);
    } else if (what == 1 && has.pieces.size() < kHarnessPiecesMax) {
      const std::int64_t uid = number_ * 1'000'000'000LL + ++pieces_;
      has.pieces[uid] = "sword";
      put(loot, giver, "sword", 1, uid);
    } else if (what == 2 && has.amounts["coins"] > 0) {
      has.amounts["coins"] -= 1;
      characters_[to].amounts["coins"] += 1;
      put(giver, taker, "coins", 1, 0);
    } else if (what == 3 && !has.pieces.empty()) {
      const std::int64_t uid = has.pieces.begin()->first;
      has.pieces.erase(uid);
      const bool gone = random_() % 2 == 0 || characters_[to].pieces.size() >= kHarnessPiecesMax;
      if (!gone) characters_[to].pieces[uid] = "sword";
      put(giver, gone ? room::owner_of(room::LedgerSource::Destroy) : taker, "sword", 1, uid);
    }
  }

  const int number_;
  std::mt19937 random_;
  std::int64_t cuts_ = 0;
  std::int64_t pieces_ = 0;
  std::array<Belongings, kHarnessCharacters> characters_;
};

}  // namespace throng::services
