#include "room/kinds/tick_tallies.h"

namespace throng::room {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<sim::Intent>> kIntentNames{
    "spawn_player", "remove_player", "move",    "attack",           "pick_up",    "use_item",  "equip",      "unequip",
    "arrange_bag",  "trade",         "talk",    "quest_step",       "party_step", "note_chat", "grant_item", "grant_xp",
    "grant_coins",  "summon",        "explain", "set_economy_open", "trade_step", "mail_step", "set_party"};

constexpr std::array<std::string_view, std::variant_size_v<sim::Event>> kEventNames{
    "player_spawned", "spawn_refused",  "monster_spawned", "entity_removed", "intent_refused", "damaged",
    "healed",         "status_changed", "cast_told",       "died",           "kill_credited",  "respawned",
    "monster_state",  "boss_phase",     "experience",      "level_reached",  "skill_learned",  "quest_changed",
    "achievement",    "talked",         "drop_appeared",   "picked_up",      "item_moved",     "coins_moved",
    "item_used",      "party_changed",  "portal",          "trade_changed"};

// A kind that is new in the world has a name here, in its place.
static_assert(!kIntentNames.back().empty() && !kEventNames.back().empty());

}  // namespace

std::string_view intent_kind_name(std::size_t kind) { return kind < kIntentNames.size() ? kIntentNames[kind] : ""; }
std::string_view event_kind_name(std::size_t kind) { return kind < kEventNames.size() ? kEventNames[kind] : ""; }

}  // namespace throng::room
