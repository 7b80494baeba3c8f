#include "content/game/catalogue.h"

#include "content/json_writer.h"

namespace throng::content {
namespace {

void put_text(JsonWriter& out, std::string_view key, std::string_view value) {
  out.key(key);
  out.text(value);
}

void put_integer(JsonWriter& out, std::string_view key, std::int64_t value) {
  out.key(key);
  out.integer(value);
}

std::string_view target_name(TargetRule rule) {
  switch (rule) {
    case TargetRule::Enemy: return "enemy";
    case TargetRule::Ally: return "ally";
    case TargetRule::Self: return "self";
    case TargetRule::Any: break;
  }
  return "any";
}

std::string_view item_type_name(ItemType type) {
  switch (type) {
    case ItemType::Material: return "material";
    case ItemType::Consumable: return "consumable";
    case ItemType::Equipment: return "equipment";
    case ItemType::Book: return "book";
    case ItemType::Quest: break;
  }
  return "quest";
}

void write_fact(JsonWriter& out, const SkillDef& skill) {
  put_text(out, "name", skill.name);
  put_text(out, "description", skill.description);
  put_text(out, "icon", skill.icon);
  put_text(out, "target", target_name(skill.shape == SkillShape::Self ? TargetRule::Self : skill.target));
  put_integer(out, "mana", skill.mana_cost);
  put_integer(out, "cooldown_ms", skill.cooldown_ms);
  put_integer(out, "level", skill.level);
}

void write_fact(JsonWriter& out, const ItemDef& item) {
  put_text(out, "name", item.name);
  put_text(out, "description", item.description);
  put_text(out, "icon", item.icon);
  put_text(out, "type", item_type_name(item.type));
  put_text(out, "rarity", rarity_name(item.rarity));
  put_integer(out, "level", item.level);
  put_integer(out, "sell_price", item.sell_price);
  if (item.type == ItemType::Equipment) put_text(out, "slot", equipment_slot_name(item.slot));
}

void write_fact(JsonWriter& out, const MonsterDef& monster) {
  put_text(out, "name", monster.name);
  out.key("boss");
  out.boolean(monster.boss);
}

void write_fact(JsonWriter& out, const AchievementDef& achievement) {
  put_text(out, "name", achievement.name);
  put_text(out, "description", achievement.description);
}

/// Every definition of a kind that is in use, as a member of the object `name`.
template <typename Def, typename Write>
void write_kind(JsonWriter& out, std::string_view name, const std::vector<Def>& defs, Write&& write) {
  out.key(name);
  out.begin_object();
  for (const Def& def : defs) {
    if (def.retired) continue;
    out.key(def.id);
    out.begin_object();
    write(def);
    out.end_object();
  }
  out.end_object();
}

void write_npc(JsonWriter& out, const GameContent& content, const NpcDef& npc) {
  put_text(out, "name", npc.name);
  out.key("lines");
  out.texts(npc.lines);
  out.key("shop");
  out.begin_object();
  for (const ShopOffer& offer : npc.shop) {
    put_integer(out, offer.item.id, offer.price > 0 ? offer.price : content.item(offer.item.ref).price);
  }
  out.end_object();
}

void write_quest(JsonWriter& out, const QuestDef& quest) {
  put_text(out, "name", quest.name);
  put_text(out, "description", quest.description);
  put_text(out, "giver", quest.giver.id);
  put_text(out, "receiver", quest.receiver.named() ? quest.receiver.id : quest.giver.id);
  put_text(out, "after", quest.after.id);
  put_integer(out, "level", quest.level);
  out.key("repeatable");
  out.boolean(quest.repeatable);
  std::vector<std::string> texts;
  for (const ObjectiveDef& objective : quest.objectives) texts.push_back(objective.text);
  out.key("objectives");
  out.texts(texts);
  out.key("counts");
  out.begin_object();
  for (std::size_t i = 0; i < quest.objectives.size(); ++i) {
    put_integer(out, std::to_string(i), quest.objectives[i].count);
  }
  out.end_object();
}

}  // namespace

std::string player_catalogue(const GameContent& content) {
  JsonWriter out;
  out.begin_object();
  std::vector<SkillDef> of_players;
  for (const SkillDef& skill : content.skills) {
    if (!skill.monsters_only) of_players.push_back(skill);
  }
  write_kind(out, "skills", of_players, [&](const SkillDef& skill) { write_fact(out, skill); });
  write_kind(out, "items", content.items, [&](const ItemDef& item) { write_fact(out, item); });
  write_kind(out, "monsters", content.monsters, [&](const MonsterDef& monster) { write_fact(out, monster); });
  write_kind(out, "npcs", content.npcs, [&](const NpcDef& npc) { write_npc(out, content, npc); });
  write_kind(out, "quests", content.quests, [&](const QuestDef& quest) { write_quest(out, quest); });
  write_kind(out, "achievements", content.achievements,
             [&](const AchievementDef& achievement) { write_fact(out, achievement); });
  out.end_object();
  return out.take();
}

}  // namespace throng::content
