#include "content/game/balance.h"

#include <algorithm>

#include <fmt/format.h>

#include "content/game/file_descriptions.h"
#include "content/game/game_fields.h"

namespace throng::content {
namespace {

void check_curve(JsonObject& object, ExperienceCurve& curve) {
  if (level_table(curve).back() < kExperienceMax) return;
  object.value().report(
      fmt::format("found a curve that asks for more experience than {}, expected a smaller base, growth or level_max",
                  kExperienceMax));
}

const Description<ExperienceCurve>& curve_description() {
  using C = ExperienceCurve;
  static const Description<C> description{
      .help = "How much experience the levels take",
      .fields = {field("level_max", &C::level_max, {.min = 2, .max = kLevelMax, .help = "The highest level"}),
                 field("base", &C::base, {.min = 1, .max = 1'000'000, .help = "Experience from level 1 to 2"}),
                 field("growth_bp", &C::growth, share("Each further level costs this much more than the one before"))},
      .check = check_curve};
  return description;
}

std::vector<Field<BalanceDef>> character_fields() {
  using B = BalanceDef;
  return {stat_block_field("start", &B::start, {.help = "Stats of a character of level 1"}),
          stat_block_field("per_level", &B::per_level, {.help = "Added at each further level"}),
          object_field("experience", &B::experience, curve_description()),
          field("bag_capacity", &B::bag_capacity, {.min = 1, .max = kBagCapacityMax, .help = "Stacks in a bag"}),
          field("pickup_range_units", &B::pickup_range, {.min = 1, .max = 1000, .help = "How far a hand reaches"}),
          field("talk_range_units", &B::talk_range,
                {.min = 1, .max = 1000, .help = "How near one must be to talk and trade"}),
          field("buy_back_max", &B::buy_back_max,
                {.min = 0, .max = 50, .help = "Sold stacks that a shop keeps for its seller"})};
}

std::vector<Field<BalanceDef>> combat_fields() {
  using B = BalanceDef;
  return {field("melee_range_units", &B::melee_range, {.min = 1, .max = 1000, .help = "Reach of the basic attack"}),
          field("attack_cooldown_ms", &B::attack_cooldown_ms, milliseconds("Between two basic attacks", 50, 60'000)),
          field("defence_half", &B::defence_half,
                {.min = 1, .max = 1'000'000, .help = "This much defence halves damage: x half / (half + defence)"}),
          field("combat_ms", &B::combat_ms, milliseconds("A fight lasts this long after the last blow", 0, 600'000)),
          field("regen_in_combat_bp", &B::regen_in_combat, share("Share of the regeneration that a fight leaves")),
          field("pvp_damage_bp", &B::pvp_damage, share("Share of damage that players do to players", 0, 100'000))};
}

std::vector<Field<BalanceDef>> death_fields() {
  using B = BalanceDef;
  return {field("death_experience_loss_bp", &B::death_experience_loss,
                share("Share of the level's experience that a death costs; never the level itself")),
          field("death_durability_loss_bp", &B::death_durability_loss,
                share("Share of the durability of what is worn that a death costs")),
          field("respawn_ms", &B::respawn_ms, milliseconds("From death to standing at a spawn point", 0, 600'000)),
          field("respawn_health_bp", &B::respawn_health, share("Share of health on rising", 1)),
          field("drop_owned_ms", &B::drop_owned_ms, milliseconds("A drop is the killer's and the party's alone")),
          field("drop_free_ms", &B::drop_free_ms, milliseconds("Then everybody's, then it is gone", 1))};
}

std::vector<Field<BalanceDef>> party_fields() {
  using B = BalanceDef;
  return {field("party_size_max", &B::party_size_max, {.min = 2, .max = kPartySizeMax, .help = "Members of a party"}),
          field("party_range_units", &B::party_range,
                {.min = 0, .max = 100'000, .help = "How near a member must be for a share"}),
          field("party_bonus_bp", &B::party_bonus,
                share("More experience in total for each further member in range", 0, 100'000))};
}

}  // namespace

const Description<BalanceDef>& balance_description() {
  static const Description<BalanceDef> made = [] {
    Description<BalanceDef> description{.help = "Throng: the numbers behind levels, fights and death",
                                        .fields = {schema_reference_field<BalanceDef>(), version_field<BalanceDef>()},
                                        .check = {}};
    for (const auto& group : {character_fields(), combat_fields(), death_fields(), party_fields()}) {
      description.fields.insert(description.fields.end(), group.begin(), group.end());
    }
    return description;
  }();
  return made;
}

std::vector<std::int64_t> level_table(const ExperienceCurve& curve) {
  std::vector<std::int64_t> begins_at{0};
  std::int64_t cost = curve.base;
  while (static_cast<int>(begins_at.size()) < curve.level_max) {
    begins_at.push_back(std::min(begins_at.back() + cost, kExperienceMax));
    cost = std::min(cost + cost * curve.growth.value / kBasisPointsWhole, kExperienceMax);
  }
  return begins_at;
}

Result<BalanceDef> parse_balance(std::string_view text, std::string_view file) {
  THRONG_TRY(BalanceDef balance, parse_described(text, file, balance_description()));
  balance.level_at = level_table(balance.experience);
  return balance;
}

std::string json_schema_for_balance() { return schema_of(balance_description()); }

}  // namespace throng::content
