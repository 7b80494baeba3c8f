#pragma once
// Numbers of definitions in a GameContent, and how one definition names another.

#include <cstdint>
#include <string>

#include "base/strong.h"

namespace throng::content {

// A number is a place in the array of its kind. It stays the same for the life of the process: a reload keeps the
// numbers of the ids that it knows, appends new ones, and keeps what a file no longer has as `retired`. So a world may
// hold a number across a reload without looking it up again.
using SkillRef = Id<struct SkillRefTag, std::uint16_t>;
using StatusRef = Id<struct StatusRefTag, std::uint16_t>;
using ItemRef = Id<struct ItemRefTag, std::uint16_t>;
using LootRef = Id<struct LootRefTag, std::uint16_t>;
using MonsterRef = Id<struct MonsterRefTag, std::uint16_t>;
using SpawnRef = Id<struct SpawnRefTag, std::uint16_t>;
using NpcRef = Id<struct NpcRefTag, std::uint16_t>;
using QuestRef = Id<struct QuestRefTag, std::uint16_t>;
using AchievementRef = Id<struct AchievementRefTag, std::uint16_t>;
using WorldEventRef = Id<struct WorldEventRefTag, std::uint16_t>;

inline constexpr std::uint16_t kNoNumber = 0xffff;
/// Of every kind; a set with more is refused.
inline constexpr int kDefsPerKindMax = 4000;

template <typename Ref>
constexpr bool is_set(Ref ref) {
  return ref.value != kNoNumber;
}

/// One definition named by another. Parsing fills `id` and `place`; linking the whole set fills `ref`.
template <typename Ref>
struct Reference {
  std::string id;          ///< empty: none
  Ref ref{kNoNumber};      ///< meaningful after linking; kNoNumber: none
  std::string place;       ///< `file:line:column: $.path`, for the linker's complaints

  bool named() const { return !id.empty(); }
  friend bool operator==(const Reference& a, const Reference& b) { return a.id == b.id; }
};

}  // namespace throng::content
