#include "content/game/loot_tables.h"

#include <fmt/format.h>

#include "content/game/file_descriptions.h"
#include "content/game/game_fields.h"

namespace throng::content {
namespace {

void check_entry(JsonObject& object, LootEntry& entry) {
  const int kinds = (entry.item.named() ? 1 : 0) + (entry.table.named() ? 1 : 0) + (entry.coins ? 1 : 0);
  if (kinds != 1) {
    object.value().report(fmt::format("found {} of \"item\", \"table\" and \"coins\", expected exactly one",
                                      kinds == 0 ? "none" : "several"));
  }
  if (entry.min > entry.max) {
    object.value().report(fmt::format("found min {} above max {}, expected at most as much", entry.min, entry.max));
  }
  if (entry.level_min > entry.level_max) {
    object.value().report(fmt::format("found level_min {} above level_max {}, expected at most as much",
                                      entry.level_min, entry.level_max));
  }
}

/// An entry that names only `max` gives 1 to max, one that names only `min` gives exactly that many.
void complete_entry(JsonObject& object, LootEntry& entry) {
  if (object.has("min") && !object.has("max")) entry.max = entry.min;
  check_entry(object, entry);
}

std::vector<Field<LootEntry>> entry_fields() {
  using E = LootEntry;
  return {
      reference_field("item", &E::item, {.help = "Gives this item …"}),
      reference_field("table", &E::table, {.help = "… or what this table gives …"}),
      field("coins", &E::coins, {.help = "… or coins"}),
      field("min", &E::min, {.min = 1, .max = 1'000'000, .help = "How many at least"}),
      field("max", &E::max,
            {.min = 1, .max = 1'000'000, .help = "How many at most; as many as `min` when only that is given"}),
      field("level_min", &E::level_min, {.min = 1, .max = kLevelMax, .help = "Lowest level of the killer"}),
      field("level_max", &E::level_max, {.min = 1, .max = kLevelMax, .help = "Highest level of the killer"}),
      reference_field("event", &E::event, {.help = "Only while this world event runs"}),
  };
}

const Description<LootEntry>& entry_description() {
  static const Description<LootEntry> made = [] {
    Description<LootEntry> description{.help = "Rolled by itself", .fields = entry_fields(), .check = complete_entry};
    description.fields.push_back(field("chance_bp", &LootEntry::chance, share("How likely; 10,000 is guaranteed", 1)));
    return description;
  }();
  return made;
}

const Description<LootEntry>& choice_description() {
  static const Description<LootEntry> made = [] {
    Description<LootEntry> description{.help = "One of a group", .fields = entry_fields(), .check = complete_entry};
    description.fields.push_back(
        field("weight", &LootEntry::weight, {.min = 1, .max = 1'000'000, .help = "Against the others of the group"}));
    return description;
  }();
  return made;
}

const Description<LootGroup>& group_description() {
  static const Description<LootGroup> description{
      .help = "Gives one of its entries",
      .fields = {field("chance_bp", &LootGroup::chance, share("How likely it gives anything", 1)),
                 array_field("one_of", &LootGroup::one_of, choice_description(),
                             {.size_min = 1, .size_max = 64, .required = true, .help = "One of these, by weight"})},
      .check = {}};
  return description;
}

}  // namespace

const Description<LootTableDef>& loot_table_description() {
  static const Description<LootTableDef> description{
      .help = "What a monster leaves behind",
      .fields = {array_field("entries", &LootTableDef::entries, entry_description(),
                             {.size_min = 0, .size_max = 64, .required = false, .help = "Each rolled by itself"}),
                 array_field("groups", &LootTableDef::groups, group_description(),
                             {.size_min = 0, .size_max = 16, .required = false, .help = "Each gives one of several"})},
      .check = {}};
  return description;
}

Result<std::vector<LootTableDef>> parse_loot_tables(std::string_view text, std::string_view file) {
  return parse_defs(text, file, loot_tables_file());
}

std::string json_schema_for_loot_tables() { return schema_of(loot_tables_file()); }

}  // namespace throng::content
