#include "content/game/monsters.h"

#include <fmt/format.h>

#include "content/game/file_descriptions.h"
#include "content/game/game_fields.h"

namespace throng::content {
namespace {

const Description<MonsterSkillDef>& monster_skill_description() {
  using S = MonsterSkillDef;
  static const Description<S> description{
      .help = "A skill that it may use instead of its plain attack",
      .fields =
          {reference_field("skill", &S::skill, {.required = true, .help = "Id of the skill"}),
           field("priority", &S::priority, {.min = 0, .max = 100, .help = "The highest that may be used now is used"}),
           field("own_health_below_bp", &S::own_health_below, share("Only at or below this share of its health", 1)),
           field("target_health_below_bp", &S::target_health_below,
                 share("Only at or below this share of its target's health", 1)),
           field("phase_min", &S::phase_min, {.min = 0, .max = kBossPhasesMax, .help = "Bosses: from this phase on"})},
      .check = {}};
  return description;
}

const Description<BossPhaseDef>& phase_description() {
  using P = BossPhaseDef;
  static const Description<P> description{
      .help = "What changes when a boss has lost health",
      .fields = {field("health_below_bp", &P::health_below,
                       {.min = 1, .max = kBasisPointsWhole - 1, .required = true, .help = "Begins below this share"}),
                 field("damage_factor_bp", &P::damage_factor, share("Its damage from now on", 0, 100'000)),
                 field("speed_factor_bp", &P::speed_factor, share("Its speed from now on", 0, 100'000)),
                 reference_field("on_enter", &P::on_enter, {.help = "Id of a skill that it casts at once"}),
                 field("shout", &P::shout, {.bytes_max = 200, .help = "What it shouts"})},
      .check = {}};
  return description;
}

void check_phases(JsonObject& object, const MonsterDef& monster) {
  const std::optional<JsonValue> phases = object.optional("phases");
  if (!monster.phases.empty() && !monster.boss) {
    phases->report("found phases of a monster that is no boss, expected \"boss\": true beside them");
  }
  for (std::size_t i = 1; i < monster.phases.size(); ++i) {
    const BasisPoints before = monster.phases[i - 1].health_below;
    const BasisPoints here = monster.phases[i].health_below;
    if (here < before) continue;
    phases->array()[i].report(
        fmt::format("found health_below_bp {} after {}, expected falling shares", here.value, before.value));
  }
  for (std::size_t i = 0; i < monster.skills.size(); ++i) {
    const int phase = monster.skills[i].phase_min;
    if (phase <= static_cast<int>(monster.phases.size())) continue;
    object.optional("skills")->array()[i].report(
        fmt::format("found phase_min {}, expected at most {}, the number of phases", phase, monster.phases.size()));
  }
}

void check_monster(JsonObject& object, MonsterDef& monster) {
  if (monster.idle_ms_min > monster.idle_ms_max) {
    object.value().report(fmt::format("found idle_ms_min {} above idle_ms_max {}, expected at most as much",
                                      monster.idle_ms_min, monster.idle_ms_max));
  }
  if (monster.leash_range < monster.attack_range) {
    object.value().report(
        fmt::format("found leash_range_units {:g} below attack_range_units {:g}, expected at least "
                    "as much",
                    monster.leash_range.value / 1000.0, monster.attack_range.value / 1000.0));
  }
  check_phases(object, monster);
}

std::vector<Field<MonsterDef>> strength_fields() {
  using M = MonsterDef;
  return {
      field("name", &M::name, {.bytes_min = 1, .bytes_max = 64, .required = true, .help = "Shown to players"}),
      field("level", &M::level, {.min = 1, .max = kLevelMax, .help = "Shown to players"}),
      field("max_hp", &M::max_hp, {.min = 1, .max = 10'000'000, .required = true, .help = "Health"}),
      field("max_mana", &M::max_mana, {.min = 0, .max = 1'000'000, .help = "Mana for its skills"}),
      field("attack", &M::attack, {.min = 0, .max = 1'000'000, .help = "Power of its plain attack"}),
      field("defence", &M::defence, {.min = 0, .max = 1'000'000, .help = "See defence_half in balance.json"}),
      field("crit_chance_bp", &M::crit_chance, share("How likely its hits are critical")),
      field("attack_range_units", &M::attack_range, {.min = 0, .max = 10'000, .help = "Reach of its plain attack"}),
      field("attack_cooldown_ms", &M::attack_cooldown_ms, milliseconds("Between two plain attacks", 100, 60'000)),
      array_field("skills", &M::skills, monster_skill_description(),
                  {.size_min = 0, .size_max = kMonsterSkillsMax, .required = false, .help = "What else it can do"}),
      field("stun_resistance_bp", &M::stun_resistance, share("Stuns are shorter by this share; 10000: it is immune")),
      field("root_resistance_bp", &M::root_resistance, share("The same of roots")),
      field("silence_resistance_bp", &M::silence_resistance, share("The same of silence")),
      field("boss", &M::boss, {.help = "Has phases"}),
      array_field("phases", &M::phases, phase_description(),
                  {.size_min = 0, .size_max = kBossPhasesMax, .required = false, .help = "Bosses: by falling health"}),
  };
}

std::vector<Field<MonsterDef>> mind_fields() {
  using M = MonsterDef;
  return {
      choice_field("aggression", &M::aggression,
                   ChoiceField<Aggression>{.names = {{"passive", Aggression::Passive},
                                                     {"neutral", Aggression::Neutral},
                                                     {"aggressive", Aggression::Aggressive}},
                                           .required = false,
                                           .help = "passive: never fights; neutral: fights back; aggressive: starts"}),
      choice_field("patrol", &M::patrol,
                   ChoiceField<PatrolMode>{.names = {{"none", PatrolMode::None},
                                                     {"random", PatrolMode::Random},
                                                     {"waypoint", PatrolMode::Waypoint},
                                                     {"circle", PatrolMode::Circle}},
                                           .required = false,
                                           .help = "none: stands guard; random: strolls round its spawn; waypoint: "
                                                   "follows its spawn's route; circle: walks round its spawn"}),
      field("patrol_radius_units", &M::patrol_radius, {.min = 0, .max = 10'000, .help = "How far it strolls"}),
      field("detection_range_units", &M::detection_range,
            {.min = 0, .max = 10'000, .help = "Aggressive ones start within this"}),
      field("chase_range_units", &M::chase_range,
            {.min = 0, .max = 100'000, .help = "Gives up so far from where the chase began"}),
      field("leash_range_units", &M::leash_range, {.min = 1, .max = 100'000, .help = "Goes home when so far from it"}),
      field("flee_below_bp", &M::flee_below, share("Runs below this share of health; 0: never")),
      field("flee_ms", &M::flee_ms, milliseconds("How long it runs", 0, 60'000)),
      field("pack", &M::pack, {.form = TextForm::Name, .help = "Monsters of one pack help each other"}),
      field("pack_radius_units", &M::pack_radius, {.min = 0, .max = 10'000, .help = "How far it calls for help"}),
  };
}

std::vector<Field<MonsterDef>> pace_fields() {
  using M = MonsterDef;
  return {
      field("patrol_speed_units_per_s", &M::patrol_speed, {.min = 0, .max = 2000, .help = "On patrol"}),
      field("chase_speed_units_per_s", &M::chase_speed, {.min = 0, .max = 2000, .help = "Behind an enemy"}),
      field("flee_speed_units_per_s", &M::flee_speed, {.min = 0, .max = 2000, .help = "In flight"}),
      field("return_speed_units_per_s", &M::return_speed, {.min = 1, .max = 2000, .help = "On the way home"}),
      field("idle_ms_min", &M::idle_ms_min, milliseconds("Shortest pause between two strolls")),
      field("idle_ms_max", &M::idle_ms_max, milliseconds("Longest pause between two strolls", 1)),
  };
}

std::vector<Field<MonsterDef>> reward_fields() {
  using M = MonsterDef;
  return {
      reference_field("loot", &M::loot, {.help = "Id of the loot table"}),
      field("experience", &M::experience, {.min = 0, .max = 10'000'000, .help = "For its killers"}),
      field("respawn_ms", &M::respawn_ms, milliseconds("From death to the next one", 0, 86'400'000)),
      field("respawn_jitter_bp", &M::respawn_jitter, share("The time varies by this share, both ways")),
      field("corpse_ms", &M::corpse_ms, milliseconds("How long it lies there", 0, 600'000)),
  };
}

}  // namespace

const Description<MonsterDef>& monster_description() {
  static const Description<MonsterDef> made = [] {
    Description<MonsterDef> description{.help = "A kind of monster", .fields = {}, .check = check_monster};
    for (const auto& group : {strength_fields(), mind_fields(), pace_fields(), reward_fields()}) {
      description.fields.insert(description.fields.end(), group.begin(), group.end());
    }
    return description;
  }();
  return made;
}

Result<std::vector<MonsterDef>> parse_monsters(std::string_view text, std::string_view file) {
  return parse_defs(text, file, monsters_file());
}

std::string json_schema_for_monsters() { return schema_of(monsters_file()); }

}  // namespace throng::content
