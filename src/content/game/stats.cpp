#include "content/game/stats.h"

namespace throng::content {
namespace {

constexpr std::array<std::string_view, kStats> kStatNames = {
    "max_hp", "max_mana", "attack", "defence", "speed", "crit_chance", "crit_damage", "hp_regen", "mana_regen"};
constexpr std::array<std::string_view, kElements> kElementNames = {"physical", "fire", "frost",
                                                                   "nature",   "holy", "shadow"};

}  // namespace

std::string_view stat_name(Stat stat) { return kStatNames[static_cast<std::size_t>(stat)]; }

std::string_view element_name(Element element) { return kElementNames[static_cast<std::size_t>(element)]; }

}  // namespace throng::content
