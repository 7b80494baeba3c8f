#pragma once
// Fields that only the game's content has: references to other definitions, blocks of stats, the game's choices.

#include <string>
#include <string_view>
#include <utility>

#include "content/description.h"
#include "content/game/refs.h"
#include "content/game/skills.h"
#include "content/game/stats.h"

namespace throng::content {

struct ReferenceField {
  bool required = false;
  std::string_view help{};
};

/// What a kind of reference names, for people: `monster`, `loot table` …
std::string_view kind_name(SkillRef);
std::string_view kind_name(ItemRef);
std::string_view kind_name(LootRef);
std::string_view kind_name(MonsterRef);
std::string_view kind_name(SpawnRef);
std::string_view kind_name(NpcRef);
std::string_view kind_name(QuestRef);
std::string_view kind_name(AchievementRef);
std::string_view kind_name(WorldEventRef);

/// The file that the kind is read from: `monsters.json` …
std::string_view file_of(SkillRef);
std::string_view file_of(ItemRef);
std::string_view file_of(LootRef);
std::string_view file_of(MonsterRef);
std::string_view file_of(SpawnRef);
std::string_view file_of(NpcRef);
std::string_view file_of(QuestRef);
std::string_view file_of(AchievementRef);
std::string_view file_of(WorldEventRef);

void write_reference_schema(JsonWriter& out, std::string_view help);

/// The id of another definition. Whether there is one is seen when the whole set is linked.
template <typename T, typename Ref>
Field<T> reference_field(std::string name, Reference<Ref> T::* member, ReferenceField about) {
  return {std::move(name), about.required,
          [=](const JsonValue& json, T& value) {
            (value.*member).id = json.text({.form = TextForm::Name});
            (value.*member).place = json.where();
          },
          [=](JsonWriter& out, const T&) { write_reference_schema(out, about.help); },
          [=](Digest& digest, const T& value) { digest_text(digest, (value.*member).id); }};
}

struct StatBlockField {
  std::int64_t min = 0;
  std::int64_t max = 1'000'000;
  std::string_view help{};
};

/// The stat's key in a block: its name, with `_bp` where it is a share.
std::string_view stat_key(Stat stat);
/// Stats that the object leaves out keep the value that they have in `block`.
void read_stat_block(const JsonValue& json, StatBlock& block, const StatBlockField& about);
void write_stat_block_schema(JsonWriter& out, const StatBlockField& about, const StatBlock& otherwise);

template <typename T>
Field<T> stat_block_field(std::string name, StatBlock T::* member, StatBlockField about) {
  return {std::move(name), false, [=](const JsonValue& json, T& value) { read_stat_block(json, value.*member, about); },
          [=](JsonWriter& out, const T& defaults) { write_stat_block_schema(out, about, defaults.*member); },
          [=](Digest& digest, const T& value) {
            for (const std::int32_t one : (value.*member).values) digest_integer(digest, one);
          }};
}

// The game's choices, with the names that files use.
ChoiceField<Stat> stat_choice(std::string_view help);
ChoiceField<Element> element_choice(std::string_view help);
ChoiceField<Stacking> stacking_choice(std::string_view help);

// Most of the times and shares in the files are alike.
inline IntegerField milliseconds(std::string_view help, std::int64_t min = 0, std::int64_t max = 3'600'000) {
  return {.min = min, .max = max, .help = help};
}
inline IntegerField share(std::string_view help, std::int64_t min = 0, std::int64_t max = kBasisPointsWhole) {
  return {.min = min, .max = max, .help = help};
}

}  // namespace throng::content
