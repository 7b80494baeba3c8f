#include <gtest/gtest.h>

#include "base/rng.h"
#include "sim/character_sheet.h"
#include "sim/text_codec.h"

namespace throng::sim {
namespace {

CharacterSheet full_sheet() {
  CharacterSheet sheet;
  sheet.experience = 250;
  sheet.hp = 40;
  sheet.mana = 12;
  sheet.coins = 99;
  sheet.bag = {{"gel", 4, 0, false, 3}, {"cap", 1, 20, true, 7, INT64_MAX}};
  sheet.equipment = {{"sword", 1, 9, false, 0, 77}};
  sheet.skills = {{"cleanse", 500}, {"fireball", 0}};
  sheet.quests = {{"hunt", QuestState::Active, {1, 2}, 3}, {"tale", QuestState::Completed, {}, 1}};
  sheet.deeds = {{"climber", 2, false}, {"first_blood", 1, true}};
  sheet.consumable_ready_in_ms = 1'500;
  SavedBuff hard;
  hard.status = hard.skill = "shield";
  hard.amount = -4;
  hard.rest_ms = 900;
  sheet.buffs = {hard};
  sheet.place = Position{units(7), units(-1)};
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

TEST(SheetCodec, ReadsWhatTheFirstVersionWrote) {
  ByteWriter old;
  old.put(std::uint16_t{1});
  old.put(std::int64_t{250});  // experience
  old.put(std::int32_t{40});
  old.put(std::int32_t{12});
  old.put(std::int64_t{99});
  old.put(std::uint16_t{1});  // the bag
  put_short_text(old, "gel");
  old.put(std::uint16_t{4});
  old.put(std::uint16_t{0});
  old.put(std::uint8_t{1});
  old.put(std::uint8_t{3});
  for (int list = 0; list < 4; ++list) old.put(std::uint16_t{0});
  const auto sheet = restore_sheet(old.view());
  ASSERT_TRUE(sheet.has_value()) << sheet.error().message;
  EXPECT_EQ(sheet->coins, 99);
  EXPECT_EQ(sheet->bag, (std::vector<SavedStack>{{"gel", 4, 0, true, 3, 0}}));
  EXPECT_FALSE(sheet->place.has_value());
}

}  // namespace
}  // namespace throng::sim
