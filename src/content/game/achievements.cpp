#include "content/game/achievements.h"

#include "content/game/file_descriptions.h"
#include "content/game/game_fields.h"

namespace throng::content {
namespace {

ChoiceField<Deed> deeds() {
  return {.names = {{"kills", Deed::Kills},
                    {"damage_dealt", Deed::DamageDealt},
                    {"damage_taken", Deed::DamageTaken},
                    {"level", Deed::Level},
                    {"quests_completed", Deed::QuestsCompleted},
                    {"chat_lines", Deed::ChatLines},
                    {"survived_low", Deed::SurvivedLow},
                    {"items_looted", Deed::ItemsLooted},
                    {"coins_earned", Deed::CoinsEarned}},
          .required = true,
          .help = "What is counted"};
}

void check_deed(JsonObject& object, AchievementDef& achievement) {
  const std::optional<JsonValue> monster = object.optional("monster");
  if (monster && achievement.deed != Deed::Kills) {
    monster->report("found it with another deed, expected deed \"kills\"");
  }
}

}  // namespace

const Description<AchievementDef>& achievement_description() {
  using A = AchievementDef;
  static const Description<A> description{
      .help = "An achievement",
      .fields = {field("name", &A::name,
                       {.bytes_min = 1, .bytes_max = 64, .required = true, .help = "Shown to players"}),
                 field("description", &A::description, {.bytes_max = 400, .help = "Shown to players"}),
                 choice_field("deed", &A::deed, deeds()),
                 field("count", &A::count, {.min = 1, .max = 1'000'000'000, .help = "How much of it earns it"}),
                 reference_field("monster", &A::monster, {.help = "kills: of this monster only"}),
                 field("experience", &A::experience, {.min = 0, .max = 10'000'000, .help = "Reward"}),
                 field("coins", &A::coins, {.min = 0, .max = 10'000'000, .help = "Reward"})},
      .check = check_deed};
  return description;
}

Result<std::vector<AchievementDef>> parse_achievements(std::string_view text, std::string_view file) {
  return parse_defs(text, file, achievements_file());
}

std::string json_schema_for_achievements() { return schema_of(achievements_file()); }

}  // namespace throng::content
