#pragma once
// The numbers that fights are made of. Content, worlds and clients name them alike.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace throng::content {

/// The numbers are saved; new ones go at the end.
enum class Stat : std::uint8_t {
  MaxHp,
  MaxMana,
  Attack,
  Defence,
  Speed,         ///< share of the normal walking speed, basis points
  CritChance,    ///< basis points
  CritDamage,    ///< a critical hit's share of a normal one, basis points
  HpRegen,       ///< per second out of combat
  ManaRegen,     ///< per second
};
inline constexpr std::size_t kStats = 9;

/// As in the files: `max_hp`, `attack` …
std::string_view stat_name(Stat stat);

enum class Element : std::uint8_t { Physical, Fire, Frost, Nature, Holy, Shadow };
inline constexpr std::size_t kElements = 6;
std::string_view element_name(Element element);

/// One value per stat. A flat bonus, or the totals of somebody.
struct StatBlock {
  std::array<std::int32_t, kStats> values{};
  std::int32_t& operator[](Stat stat) { return values[static_cast<std::size_t>(stat)]; }
  std::int32_t operator[](Stat stat) const { return values[static_cast<std::size_t>(stat)]; }
  friend bool operator==(const StatBlock&, const StatBlock&) = default;
};

}  // namespace throng::content
