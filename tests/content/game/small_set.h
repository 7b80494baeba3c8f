#pragma once
// A whole set of content in two screens, and formats of effects for it, for tests that load content from text.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/game/game_content.h"
#include "content/game/game_fields.h"

namespace throng::content::test {

/// Four types of effects: `damage`, `burn`, `buff` and `summon`.
inline std::span<const EffectFormat> small_formats() {
  using E = EffectDef;
  static const std::vector<EffectFormat> formats = {
      {"damage",
       "Takes hit points at once",
       {field("amount", &E::amount, {.min = 0, .max = 100'000, .required = true, .help = "Hit points"}),
        field("scaling_bp", &E::scaling, share("Share of a stat that is added", 0, 100'000)),
        choice_field("scale_by", &E::scale_by, stat_choice("Which stat")),
        choice_field("element", &E::element, element_choice("Of the damage"))}},
      {"burn",
       "Takes hit points over time",
       {field("amount", &E::amount, {.min = 0, .max = 100'000, .required = true, .help = "Hit points a step"}),
        field("duration_ms", &E::duration_ms, {.min = 1, .max = 600'000, .required = true, .help = "How long"}),
        field("status", &E::status, {.form = TextForm::Name, .help = "Its name"})}},
      {"buff",
       "Raises a stat for a time",
       {choice_field("stat", &E::stat, stat_choice("Which stat")),
        field("amount", &E::amount, {.min = 0, .max = 100'000, .required = true, .help = "By how much"}),
        field("duration_ms", &E::duration_ms, {.min = 1, .max = 600'000, .required = true, .help = "How long"}),
        choice_field("stacking", &E::stacking, stacking_choice("When it is there already"))}},
      {"summon",
       "Calls monsters",
       {reference_field("monster", &E::monster, {.required = true, .help = "Id of the monster"}),
        field("count", &E::count, {.min = 1, .max = 8, .help = "How many"})}},
  };
  return formats;
}

/// 20 by 15 tiles of 16 pixels without pictures: a wall at (160, 0) to (176, 120), areas `pond` and `wall_only`, the
/// place to visit `hill`, the route `round` and a portal to `cave`.
inline std::string small_field_map() {
  return R"({"type": "map", "orientation": "orthogonal", "infinite": false, "width": 20, "height": 15,
 "tilewidth": 16, "tileheight": 16, "tilesets": [], "layers": [
  {"id": 1, "name": "things", "type": "objectgroup", "objects": [
   {"id": 1, "name": "start", "type": "player_spawn", "x": 16, "y": 16, "width": 32, "height": 32},
   {"id": 2, "name": "", "type": "collision", "x": 160, "y": 0, "width": 16, "height": 120},
   {"id": 3, "name": "pond", "type": "monster_area", "x": 16, "y": 160, "width": 64, "height": 64},
   {"id": 4, "name": "hill", "type": "visit_area", "x": 256, "y": 16, "width": 32, "height": 32},
   {"id": 5, "name": "round", "type": "route", "x": 0, "y": 0,
    "polyline": [{"x": 200, "y": 40}, {"x": 280, "y": 40}, {"x": 280, "y": 200}]},
   {"id": 6, "name": "hole", "type": "portal", "x": 296, "y": 216, "width": 16, "height": 16,
    "properties": [{"name": "target_map", "type": "string", "value": "cave"},
                   {"name": "target_spawn", "type": "string", "value": "mouth"}]}]}]})";
}

inline std::string small_cave_map() {
  return R"({"type": "map", "orientation": "orthogonal", "infinite": false, "width": 10, "height": 10,
 "tilewidth": 16, "tileheight": 16, "tilesets": [], "layers": [
  {"id": 1, "name": "things", "type": "objectgroup", "objects": [
   {"id": 1, "name": "mouth", "type": "player_spawn", "x": 16, "y": 16, "width": 32, "height": 32},
   {"id": 2, "name": "lair", "type": "monster_area", "x": 80, "y": 80, "width": 64, "height": 64}]}]})";
}

inline const char* small_skills() {
  return R"({
  "$schema": "../schema/skills.schema.json",
  "version": 1,
  "skills": {
    "fireball": {
      "name": "Fireball", "type": "attack", "mana_cost": 20, "cooldown_ms": 3000, "range_units": 200,
      "shape": "target", "target": "enemy",
      "effects": [
        {"type": "damage", "amount": 30, "scaling_bp": 5000, "element": "fire"},
        {"type": "burn", "amount": 2, "duration_ms": 4000, "when": [{"type": "chance", "share_bp": 2500}]}
      ]
    },
    "rage": {
      "name": "Rage", "type": "defence", "level": 3, "needs_book": true, "shape": "self", "target": "self",
      "effects": [
        {"type": "buff", "stat": "attack", "amount": 5, "duration_ms": 8000, "stacking": "strongest"},
        {"type": "damage", "amount": 1, "when": [{"type": "has_buff", "status": "fireball_burn"}]}
      ]
    },
    "call_slimes": {
      "name": "Call slimes", "type": "summon", "monsters_only": true, "mana_cost": 10, "shape": "self",
      "target": "self",
      "effects": [{"type": "summon", "monster": "slimelet", "count": 2}]
    }
  }
})";
}

inline const char* small_monsters() {
  return R"({
  "version": 1,
  "monsters": {
    "slime": {"name": "Slime", "level": 3, "max_hp": 30, "attack": 3, "aggression": "passive", "flee_below_bp": 3000,
      "loot": "slime_loot"},
    "slimelet": {"name": "Slimelet", "max_hp": 8, "loot": "small_change"},
    "wolf": {"name": "Wolf", "level": 8, "max_hp": 80, "attack": 12, "aggression": "aggressive", "patrol": "waypoint",
      "pack": "wolves", "chase_speed_units_per_s": 120, "loot": "wolf_loot"},
    "king": {"name": "King Slime", "level": 10, "max_hp": 400, "max_mana": 40, "boss": true,
      "skills": [{"skill": "call_slimes", "priority": 2, "phase_min": 1}],
      "phases": [
        {"health_below_bp": 6000, "shout": "More!", "on_enter": "call_slimes"},
        {"health_below_bp": 2500, "damage_factor_bp": 15000}
      ]}
  }
})";
}

inline const char* small_items() {
  return R"({
  "version": 1,
  "items": {
    "jelly": {"name": "Jelly", "type": "material", "stack_max": 50, "sell_price": 2},
    "pelt": {"name": "Pelt", "type": "material", "rarity": "uncommon", "stack_max": 20, "sell_price": 9},
    "potion": {"name": "Potion", "type": "consumable", "stack_max": 10, "price": 20, "sell_price": 5, "heal_hp": 50},
    "sword": {"name": "Sword", "type": "equipment", "slot": "weapon", "level": 2, "price": 100, "sell_price": 30,
      "bonus": {"attack": 5, "crit_chance_bp": 300}, "durability_max": 100, "binding": "on_equip"},
    "rage_book": {"name": "Book of rage", "type": "book", "teaches": "rage", "price": 80}
  }
})";
}

inline const char* small_loot_tables() {
  return R"({
  "version": 1,
  "loot_tables": {
    "small_change": {"entries": [{"coins": true, "min": 1, "max": 4}]},
    "slime_loot": {
      "entries": [{"item": "jelly", "chance_bp": 6000, "min": 1, "max": 2}, {"table": "small_change"}]
    },
    "wolf_loot": {
      "entries": [{"item": "pelt"}, {"table": "slime_loot", "chance_bp": 100}],
      "groups": [{"chance_bp": 500, "one_of": [{"item": "sword", "weight": 1}, {"item": "potion", "weight": 9}]},
                 {"one_of": [{"item": "potion", "event": "feast"}]}]
    }
  }
})";
}

inline const char* small_spawns() {
  return R"({
  "version": 1,
  "spawns": {
    "pond_slimes": {"map": "field", "area": "pond", "monster": "slime", "count": 4,
      "alternates": [{"monster": "slimelet", "chance_bp": 500}]},
    "wolves": {"map": "field", "x_units": 240, "y_units": 120, "radius_units": 32, "monster": "wolf", "count": 2,
      "route": "round", "route_mode": "ping_pong", "route_wait_ms": 2000},
    "king": {"map": "cave", "area": "lair", "monster": "king", "respawn_ms": 60000}
  }
})";
}

inline const char* small_npcs() {
  return R"({
  "version": 1,
  "npcs": {
    "elder": {"name": "Elder", "map": "field", "x_units": 60, "y_units": 40, "lines": ["Welcome.", "Mind the pond."]},
    "smith": {"name": "Smith", "map": "field", "x_units": 90, "y_units": 40,
      "shop": [{"item": "potion"}, {"item": "sword", "price": 120}, {"item": "rage_book"}]}
  }
})";
}

inline const char* small_quests() {
  return R"({
  "version": 1,
  "quests": {
    "first_steps": {"name": "First steps", "giver": "elder", "receiver": "smith", "experience": 50,
      "objectives": [{"type": "visit", "map": "field", "area": "hill", "text": "Climb the hill"},
                     {"type": "talk", "npc": "smith"}]},
    "jelly": {"name": "Jelly", "giver": "elder", "after": "first_steps", "repeatable": true, "coins": 10,
      "objectives": [{"type": "collect", "item": "jelly", "count": 5}], "items": [{"item": "potion", "count": 2}]},
    "cull": {"name": "Cull", "giver": "smith", "level": 5, "after": "jelly", "experience": 300,
      "objectives": [{"type": "kill", "monster": "wolf", "count": 3}]}
  }
})";
}

inline const char* small_achievements() {
  return R"({
  "version": 1,
  "achievements": {
    "first_blood": {"name": "First blood", "deed": "kills", "count": 1, "experience": 10},
    "kingslayer": {"name": "Kingslayer", "deed": "kills", "monster": "king"},
    "level_5": {"name": "Seasoned", "deed": "level", "count": 5}
  }
})";
}

inline const char* small_balance() {
  return R"({
  "version": 1,
  "start": {"max_hp": 120, "attack": 8},
  "per_level": {"max_hp": 10},
  "experience": {"level_max": 20, "base": 100, "growth_bp": 5000},
  "bag_capacity": 30
})";
}

inline const char* small_chat() {
  return R"({
  "version": 1,
  "words": ["drat"],
  "channels": ["say", "party"]
})";
}

inline const char* small_events() {
  return R"({
  "version": 1,
  "events": {
    "feast": {"name": "Feast", "description": "Cake for everybody.", "running": true, "experience_percent": 150},
    "hunt": {"name": "Hunt", "drop_chance_percent": 300}
  }
})";
}

/// Everything together; loads with small_formats().
inline ContentTexts small_set() {
  return {{"skills.json", small_skills()},    {"monsters.json", small_monsters()},
          {"items.json", small_items()},      {"loot_tables.json", small_loot_tables()},
          {"spawns.json", small_spawns()},    {"npcs.json", small_npcs()},
          {"quests.json", small_quests()},    {"achievements.json", small_achievements()},
          {"balance.json", small_balance()},  {"chat.json", small_chat()},
          {"events.json", small_events()},    {"maps/field.tmj", small_field_map()},
          {"maps/cave.tmj", small_cave_map()}};
}

/// The small set with one passage of one file replaced; the passage must be there.
inline ContentTexts small_set_with(const std::string& file, std::string_view passage, std::string_view instead) {
  ContentTexts texts = small_set();
  std::string& text = texts.at(file);
  text.replace(text.find(passage), passage.size(), instead);  // throws when the passage is not there
  return texts;
}

/// What is wrong with a set, or `none`.
inline std::string set_problems(const ContentTexts& texts) {
  const Result<std::shared_ptr<const GameContent>> content = load_content(texts, small_formats(), nullptr);
  return content ? "none" : content.error().message;
}

}  // namespace throng::content::test
