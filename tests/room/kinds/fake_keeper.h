#pragma once
// A store that commits when the test says so, and keeps books as strictly as the real one.

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "room/keeping.h"
#include "room/room.h"
#include "sim/character_sheet.h"

namespace throng::room::test {

/// What a character has by its sheet: asset to amount, and its pieces.
struct Belongings {
  std::map<std::string, std::int64_t> amounts;
  std::set<std::int64_t> pieces;
  friend bool operator==(const Belongings&, const Belongings&) = default;
};

inline Belongings belongings_of(const sim::CharacterSheet& sheet) {
  Belongings found;
  for (const auto* stacks : {&sheet.bag, &sheet.equipment}) {
    for (const sim::SavedStack& stack : *stacks) {
      found.amounts[stack.item] += stack.count;
      if (stack.uid != 0) {
        EXPECT_TRUE(found.pieces.insert(stack.uid).second);
      }
    }
  }
  if (sheet.coins > 0) found.amounts["coins"] = sheet.coins;
  return found;
}

class FakeKeeper final : public Keeper {
 public:
  bool keep(Cut cut) override {
    if (refuses) return false;
    EXPECT_TRUE(waiting.empty()) << "two cuts of a room are under way";
    EXPECT_GT(cut.number, last_number);
    last_number = cut.number;
    ++cuts;
    waiting.push_back(std::move(cut));
    return true;
  }

  /// Makes the oldest cut durable and says so. False: none waits.
  bool commit(Room& room, const std::vector<CharacterId>& fenced_off = {}, const std::string& refused = {}) {
    if (waiting.empty()) return false;
    const Cut cut = std::move(waiting.front());
    waiting.pop_front();
    if (refused.empty()) store(cut, {fenced_off.begin(), fenced_off.end()});
    room.cut_done({cut.room_id, cut.number, fenced_off, refused});
    return true;
  }

  /// Writes a cut as it is, those who are left out excepted.
  void store(const Cut& cut, const std::set<CharacterId>& left_out = {}) {
    for (const LedgerMove& move : cut.moves) {
      const bool out = left_out.contains({move.from.value}) || left_out.contains({move.to.value});
      if (out) continue;
      ASSERT_NO_FATAL_FAILURE(apply(move));
    }
    for (const CharacterSave& save : cut.saves) {
      if (left_out.contains(save.lease.character)) continue;
      const std::int64_t id = save.lease.character.value;
      saves[id] = save;
      history[id].push_back(sheet(id));
      expect_books_agree(id);
    }
    for (const auto& [owner, owned] : owners_) {
      if (owner < kOwnersBegin) continue;
      for (const auto& [asset, amount] : owned.amounts) EXPECT_GE(amount, 0) << owner << " " << asset;
    }
  }

  /// What is stored of a character.
  const CharacterSave& save(std::int64_t character) const { return saves.at(character); }
  sim::CharacterSheet sheet(std::int64_t character) const {
    const auto found = saves.find(character);
    if (found == saves.end() || found->second.sheet.empty()) return {};
    return sim::restore_sheet(found->second.sheet).value();
  }
  /// How much of an asset has moved for this reason, in all that was committed.
  std::int64_t moved(LedgerSource reason, const std::string& asset) const {
    std::int64_t sum = 0;
    for (const LedgerMove& move : moves) {
      if (move.reason == reason && move.asset.view() == asset) sum += move.amount;
    }
    return sum;
  }

  bool refuses = false;
  int cuts = 0;
  std::int64_t last_number = 0;
  std::deque<Cut> waiting;
  std::vector<LedgerMove> moves;
  std::map<std::int64_t, CharacterSave> saves;
  std::map<std::int64_t, std::vector<sim::CharacterSheet>> history;  ///< every sheet that was ever committed

 private:
  struct Owned {
    std::map<std::string, std::int64_t> amounts;
    std::set<std::int64_t> pieces;
  };

  void apply(const LedgerMove& move) {
    ASSERT_NE(move.from, move.to);
    ASSERT_GT(move.amount, 0);
    ASSERT_NE(move.reason, LedgerSource::Unexplained) << move.asset.view();
    moves.push_back(move);
    const std::string asset(move.asset.view());
    owners_[move.from.value].amounts[asset] -= move.amount;
    owners_[move.to.value].amounts[asset] += move.amount;
    if (move.item_uid == 0) return;
    ASSERT_EQ(move.amount, 1);
    if (move.from.value >= kOwnersBegin) {
      ASSERT_EQ(owners_[move.from.value].pieces.erase(move.item_uid), 1u) << move.item_uid;
    }
    for (const auto& [owner, owned] : owners_) {
      ASSERT_TRUE(owner < kOwnersBegin || !owned.pieces.contains(move.item_uid)) << move.item_uid;
    }
    if (move.to.value >= kOwnersBegin) owners_[move.to.value].pieces.insert(move.item_uid);
  }
  void expect_books_agree(std::int64_t character) {
    Owned& owned = owners_[character];
    std::erase_if(owned.amounts, [](const auto& entry) { return entry.second == 0; });
    const Belongings by_sheet = belongings_of(sheet(character));
    EXPECT_EQ(owned.amounts, by_sheet.amounts) << "character " << character;
    EXPECT_EQ(owned.pieces, by_sheet.pieces) << "character " << character;
  }

  std::map<std::int64_t, Owned> owners_;
};

}  // namespace throng::room::test
