#pragma once
// config/content/items.json: what characters carry.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "content/game/refs.h"
#include "content/game/stats.h"

namespace throng::content {

enum class ItemType : std::uint8_t { Material, Consumable, Equipment, Book, Quest };
enum class Rarity : std::uint8_t { Common, Uncommon, Rare, Epic, Legendary };
inline constexpr std::size_t kRarities = 5;
std::string_view rarity_name(Rarity rarity);
/// The numbers are saved; new ones go at the end.
enum class EquipmentSlot : std::uint8_t { Weapon, Shield, Head, Chest, Legs, Feet, Ring, Amulet };
inline constexpr std::size_t kEquipmentSlots = 8;
std::string_view equipment_slot_name(EquipmentSlot slot);
/// When an item becomes its owner's for good: it cannot be traded, mailed or dropped then.
enum class Binding : std::uint8_t { Never, OnPickup, OnEquip };

struct ItemDef {
  std::string id;
  std::string name;
  std::string description;
  std::string icon;
  ItemType type = ItemType::Material;
  Rarity rarity = Rarity::Common;
  int level = 1;            ///< of the character, to use or wear it
  int stack_max = 1;        ///< 1..999
  Binding binding = Binding::Never;
  int price = 0;            ///< what a shop asks, in coins; 0 is not sold
  int sell_price = 0;       ///< what a shop pays; 0 is not bought
  // Equipment
  EquipmentSlot slot = EquipmentSlot::Weapon;
  StatBlock bonus;
  int durability_max = 0;   ///< 0: does not wear out
  // Consumable: drunk at once, with a cooldown shared by all consumables
  int heal_hp = 0;
  int heal_mana = 0;
  int use_cooldown_ms = 1000;
  // Book
  Reference<SkillRef> teaches;
  bool retired = false;
  friend bool operator==(const ItemDef&, const ItemDef&) = default;
};

Result<std::vector<ItemDef>> parse_items(std::string_view text, std::string_view file);
std::string json_schema_for_items();

}  // namespace throng::content
