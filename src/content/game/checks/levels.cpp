#include <fmt/format.h>

#include "content/game/checks/all_checks.h"

namespace throng::content {

void check_levels(const GameContent& content, SetProblems& problems) {
  if (problems.unknown("balance.json")) return;
  const int level_max = content.balance.experience.level_max;
  const auto check = [&](const auto& defs, std::string_view kind, std::string_view member) {
    for (const auto& def : defs) {
      if (def.retired || def.level <= level_max) continue;
      problems.at(fmt::format("{}.json", kind), {kind, def.id, member},
                  fmt::format("found {}, expected at most level_max {} of balance.json", def.level, level_max));
    }
  };
  check(content.skills, "skills", "level");
  check(content.items, "items", "level");
  check(content.quests, "quests", "level");
  for (const AchievementDef& achievement : content.achievements) {
    if (achievement.retired || achievement.deed != Deed::Level || achievement.count <= level_max) continue;
    problems.at(
        "achievements.json", {"achievements", achievement.id, "count"},
        fmt::format("found level {}, expected at most level_max {} of balance.json", achievement.count, level_max));
  }
}

}  // namespace throng::content
