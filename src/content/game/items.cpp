#include "content/game/items.h"

#include <array>

#include <fmt/format.h>

#include "content/game/file_descriptions.h"
#include "content/game/game_fields.h"

namespace throng::content {
namespace {

constexpr std::array<std::string_view, kRarities> kRarityNames = {"common", "uncommon", "rare", "epic", "legendary"};
constexpr std::array<std::string_view, kEquipmentSlots> kSlotNames = {"weapon", "shield", "head", "chest",
                                                                      "legs",   "feet",   "ring", "amulet"};

ChoiceField<ItemType> item_types() {
  return {.names = {{"material", ItemType::Material},
                    {"consumable", ItemType::Consumable},
                    {"equipment", ItemType::Equipment},
                    {"book", ItemType::Book},
                    {"quest", ItemType::Quest}},
          .required = true,
          .help = "What it is for"};
}

template <typename E, std::size_t n>
ChoiceField<E> numbered_choice(const std::array<std::string_view, n>& names, std::string_view help) {
  ChoiceField<E> choice{.names = {}, .required = false, .help = help};
  for (std::size_t i = 0; i < n; ++i) choice.names.emplace_back(names[i], static_cast<E>(i));
  return choice;
}

/// Members that mean something for one type of item only are refused for others.
void check_members_of(JsonObject& object, bool of_this_type, std::string_view type,
                      std::initializer_list<std::string_view> members) {
  if (of_this_type) return;
  for (const std::string_view name : members) {
    const std::optional<JsonValue> member = object.optional(name);
    if (member) member->report(fmt::format("found it on an item of another type, expected type \"{}\"", type));
  }
}

void check_item(JsonObject& object, ItemDef& item) {
  check_members_of(object, item.type == ItemType::Equipment, "equipment", {"slot", "bonus", "durability_max"});
  check_members_of(object, item.type == ItemType::Consumable, "consumable",
                   {"heal_hp", "heal_mana", "use_cooldown_ms"});
  check_members_of(object, item.type == ItemType::Book, "book", {"teaches"});
  if (item.type == ItemType::Equipment && !object.has("slot")) {
    object.value().report("found equipment without a slot, expected the member \"slot\"");
  }
  if (item.type == ItemType::Equipment && item.stack_max > 1) {
    object.value().report(fmt::format("found stack_max {} on equipment, expected 1", item.stack_max));
  }
  if (item.type == ItemType::Book && !item.teaches.named()) {
    object.value().report("found a book that teaches nothing, expected the member \"teaches\"");
  }
  if (item.price > 0 && item.sell_price > item.price) {
    object.value().report(
        fmt::format("found sell_price {} above price {}, expected at most as much: shops would give "
                    "away money",
                    item.sell_price, item.price));
  }
}

std::vector<Field<ItemDef>> item_fields() {
  using I = ItemDef;
  return {
      field("name", &I::name, {.bytes_min = 1, .bytes_max = 64, .required = true, .help = "Shown to players"}),
      field("description", &I::description, {.bytes_max = 400, .help = "Shown to players"}),
      field("icon", &I::icon, {.bytes_max = 64, .help = "Name of the picture"}),
      choice_field("type", &I::type, item_types()),
      choice_field("rarity", &I::rarity, numbered_choice<Rarity>(kRarityNames, "How rare it is; colours its name")),
      field("level", &I::level, {.min = 1, .max = kLevelMax, .help = "Level of a character that uses or wears it"}),
      field("stack_max", &I::stack_max, {.min = 1, .max = 999, .help = "How many fit one place of a bag"}),
      choice_field(
          "binding", &I::binding,
          ChoiceField<Binding>{
              .names = {{"never", Binding::Never}, {"on_pickup", Binding::OnPickup}, {"on_equip", Binding::OnEquip}},
              .required = false,
              .help = "When it becomes its owner's for good"}),
      field("price", &I::price, {.min = 0, .max = 100'000'000, .help = "What a shop asks; 0: not sold"}),
      field("sell_price", &I::sell_price, {.min = 0, .max = 100'000'000, .help = "What a shop pays; 0: not bought"}),
  };
}

std::vector<Field<ItemDef>> use_fields() {
  using I = ItemDef;
  return {
      choice_field("slot", &I::slot, numbered_choice<EquipmentSlot>(kSlotNames, "Equipment: where it is worn")),
      stat_block_field("bonus", &I::bonus,
                       {.min = -100'000, .max = 100'000, .help = "Equipment: added to its wearer's stats"}),
      field("durability_max", &I::durability_max,
            {.min = 0, .max = 100'000, .help = "Equipment: wear that it stands; 0: any"}),
      field("heal_hp", &I::heal_hp, {.min = 0, .max = 1'000'000, .help = "Consumable: health that it gives"}),
      field("heal_mana", &I::heal_mana, {.min = 0, .max = 1'000'000, .help = "Consumable: mana that it gives"}),
      field("use_cooldown_ms", &I::use_cooldown_ms,
            milliseconds("Consumable: until the next one of any kind", 0, 600'000)),
      reference_field("teaches", &I::teaches, {.help = "Book: the skill that reading it teaches"}),
  };
}

}  // namespace

const Description<ItemDef>& item_description() {
  static const Description<ItemDef> made = [] {
    Description<ItemDef> description{.help = "An item", .fields = item_fields(), .check = check_item};
    for (Field<ItemDef>& one : use_fields()) description.fields.push_back(std::move(one));
    return description;
  }();
  return made;
}

std::string_view rarity_name(Rarity rarity) { return kRarityNames[static_cast<std::size_t>(rarity)]; }

std::string_view equipment_slot_name(EquipmentSlot slot) { return kSlotNames[static_cast<std::size_t>(slot)]; }

Result<std::vector<ItemDef>> parse_items(std::string_view text, std::string_view file) {
  return parse_defs(text, file, items_file());
}

std::string json_schema_for_items() { return schema_of(items_file()); }

}  // namespace throng::content
