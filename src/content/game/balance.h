#pragma once
// config/content/balance.json: the numbers behind levels, fights and death.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "content/game/refs.h"
#include "content/game/stats.h"

namespace throng::content {

struct ExperienceCurve {
  int level_max = 60;             ///< 2..100
  int base = 100;                 ///< to go from level 1 to 2
  BasisPoints growth{2'500};      ///< each further level costs this much more than the one before
  friend bool operator==(const ExperienceCurve&, const ExperienceCurve&) = default;
};

struct BalanceDef {
  /// Of a character of level 1. In the order of Stat: health, mana, attack, defence, speed, critical chance and damage,
  /// regeneration of both.
  StatBlock start{{100, 50, 10, 2, 10'000, 500, 15'000, 2, 2}};
  StatBlock per_level{{12, 5, 2, 1}};  ///< added at each level
  ExperienceCurve experience;
  std::vector<std::int64_t> level_at;  ///< made from the curve: experience in total at which level i + 1 begins
  Milliunits melee_range = units(40);
  int attack_cooldown_ms = 1000;  ///< of the basic attack
  int defence_half = 100;  ///< this much defence halves damage: damage x half / (half + defence)
  int combat_ms = 5'000;  ///< a fight lasts this long after the last blow
  BasisPoints regen_in_combat{2'500};  ///< share of the regeneration that remains in a fight
  BasisPoints death_experience_loss{500};  ///< share of the level's experience; never below the level
  BasisPoints death_durability_loss{1'000};
  int respawn_ms = 5'000;  ///< from death to standing at a spawn point
  BasisPoints respawn_health{5'000};
  Milliunits pickup_range = units(48);
  Milliunits talk_range = units(96);
  int bag_capacity = 40;  ///< 1..kBagCapacityMax
  int drop_owned_ms = 30'000;  ///< killer and party only
  int drop_free_ms = 60'000;  ///< then everybody, then it is gone
  BasisPoints pvp_damage{5'000};
  int party_size_max = 5;  ///< 2..kPartySizeMax
  Milliunits party_range = units(640);  ///< for a share of experience
  BasisPoints party_bonus{1'000};  ///< more experience in total for each further member in range
  int buy_back_max = 10;
  friend bool operator==(const BalanceDef&, const BalanceDef&) = default;
};

inline constexpr int kBagCapacityMax = 60;
inline constexpr int kPartySizeMax = 8;
inline constexpr int kLevelMax = 100;
/// Of one character; a curve that asks for more is refused. Fits a double exactly, as clients hold it.
inline constexpr std::int64_t kExperienceMax = 1'000'000'000'000;

/// Total experience at which level i + 1 begins, for every level up to `level_max`; the first is 0. Never falls, and
/// stops growing at kExperienceMax.
std::vector<std::int64_t> level_table(const ExperienceCurve& curve);

Result<BalanceDef> parse_balance(std::string_view text, std::string_view file);
std::string json_schema_for_balance();

}  // namespace throng::content
