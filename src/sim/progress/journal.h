#pragma once
// What a character has done: quests and deeds.

#include <array>
#include <cstdint>
#include <vector>

#include "content/game/quests.h"
#include "content/game/refs.h"
#include "sim/event.h"

namespace throng::sim {

struct QuestEntry {
  content::QuestRef quest{content::kNoNumber};
  QuestState state = QuestState::Active;
  std::array<std::uint16_t, content::kObjectivesMax> counts{};
  std::uint16_t times_completed = 0;
  friend bool operator==(const QuestEntry&, const QuestEntry&) = default;
};
struct DeedEntry {
  content::AchievementRef achievement{content::kNoNumber};
  std::int64_t count = 0;
  bool earned = false;
  friend bool operator==(const DeedEntry&, const DeedEntry&) = default;
};

inline constexpr std::size_t kQuestsActiveMax = 20;
inline constexpr std::size_t kQuestEntriesMax = 500;  ///< completed ones included

struct Journal {
  std::vector<QuestEntry> quests;  ///< by QuestRef
  std::vector<DeedEntry> deeds;    ///< by AchievementRef; an entry comes with the first deed
  friend bool operator==(const Journal&, const Journal&) = default;
};

}  // namespace throng::sim
