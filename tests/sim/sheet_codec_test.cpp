#include <gtest/gtest.h>

#include "base/rng.h"
#include "sim/character_sheet.h"

namespace throng::sim {
namespace {

CharacterSheet full_sheet() {
  CharacterSheet sheet;
  sheet.experience = 250;
  sheet.hp = 40;
  sheet.mana = 12;
  sheet.coins = 99;
  sheet.bag = {{"gel", 4, 0, false, 3}, {"cap", 1, 20, true, 7}};
  sheet.equipment = {{"sword", 1, 9, false, 0}};
  sheet.skills = {{"cleanse", 500}, {"fireball", 0}};
  sheet.quests = {{"hunt", QuestState::Active, {1, 2}, 3}, {"tale", QuestState::Completed, {}, 1}};
  sheet.deeds = {{"climber", 2, false}, {"first_blood", 1, true}};
  return sheet;
}

TEST(SheetCodec, KeepsEverything) {
  const auto back = restore_sheet(save_sheet(full_sheet()));
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(*back, full_sheet());
  EXPECT_EQ(*restore_sheet(save_sheet({})), CharacterSheet{});
}

TEST(SheetCodec, RefusesWhatIsCutOffTooLongOrOfAnotherVersion) {
  std::vector<std::uint8_t> bytes = save_sheet(full_sheet());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(restore_sheet(ByteSpan(bytes).first(size)).has_value()) << size;
  }
  bytes.push_back(0);
  EXPECT_FALSE(restore_sheet(bytes).has_value());
  bytes.pop_back();
  bytes[0] = 9;
  EXPECT_FALSE(restore_sheet(bytes).has_value());
  EXPECT_FALSE(restore_sheet(std::vector<std::uint8_t>(kSheetBytesMax + 1)).has_value());
}

TEST(SheetCodec, GivesAWholeSheetOrNoneForAnyBytes) {
  const std::vector<std::uint8_t> bytes = save_sheet(full_sheet());
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    Rng rng(seed);
    std::vector<std::uint8_t> damaged = bytes;
    for (int i = 0; i < 3; ++i) {
      damaged[rng.below(static_cast<std::uint32_t>(damaged.size()))] = static_cast<std::uint8_t>(rng.next());
    }
    const auto sheet = restore_sheet(damaged);
    if (sheet) {
      ASSERT_EQ(*restore_sheet(save_sheet(*sheet)), *sheet);
    }
  }
}

}  // namespace
}  // namespace throng::sim
