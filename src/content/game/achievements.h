#pragma once
// config/content/achievements.json: what is worth a mention.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "content/game/refs.h"

namespace throng::content {

/// What is counted. The numbers are saved; new ones go at the end.
enum class Deed : std::uint8_t {
  Kills,            ///< monsters killed (`monster` narrows it)
  DamageDealt,
  DamageTaken,      ///< and survived: counted while alive
  Level,            ///< reached; a high-water mark
  QuestsCompleted,
  ChatLines,        ///< said to others
  SurvivedLow,      ///< fights won with less than a tenth of health left
  ItemsLooted,
  CoinsEarned,
};

struct AchievementDef {
  std::string id;
  std::string name;
  std::string description;
  Deed deed = Deed::Kills;
  int count = 1;                  ///< when it is earned
  Reference<MonsterRef> monster;  ///< Kills only; none: any
  int experience = 0;
  int coins = 0;
  bool retired = false;
  friend bool operator==(const AchievementDef&, const AchievementDef&) = default;
};

Result<std::vector<AchievementDef>> parse_achievements(std::string_view text, std::string_view file);
std::string json_schema_for_achievements();

}  // namespace throng::content
