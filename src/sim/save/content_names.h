#pragma once
// The ids behind the numbers of a content. Numbers hold for one process only, so what is stored carries its ids along.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "content/game/game_content.h"

namespace throng::sim {

/// Kinds of definitions that the state of a world, or an intent, names by number. The numbers are saved.
enum class NamedKind : std::uint8_t { Skill, Status, Item, Monster, Spawn, Npc, Quest, Achievement };
inline constexpr std::size_t kNamedKinds = 8;

constexpr NamedKind named_kind(content::SkillRef) { return NamedKind::Skill; }
constexpr NamedKind named_kind(content::StatusRef) { return NamedKind::Status; }
constexpr NamedKind named_kind(content::ItemRef) { return NamedKind::Item; }
constexpr NamedKind named_kind(content::MonsterRef) { return NamedKind::Monster; }
constexpr NamedKind named_kind(content::SpawnRef) { return NamedKind::Spawn; }
constexpr NamedKind named_kind(content::NpcRef) { return NamedKind::Npc; }
constexpr NamedKind named_kind(content::QuestRef) { return NamedKind::Quest; }
constexpr NamedKind named_kind(content::AchievementRef) { return NamedKind::Achievement; }

/// Number of definitions of a kind, and the id of one of them.
std::size_t count_of(const content::GameContent& content, NamedKind kind);
std::string_view id_of(const content::GameContent& content, NamedKind kind, std::size_t number);

/// All ids of a content, by kind and number.
struct ContentNames {
  std::array<std::vector<std::string>, kNamedKinds> ids;
  friend bool operator==(const ContentNames&, const ContentNames&) = default;
};

ContentNames names_of(const content::GameContent& content);
void put_names(ByteWriter& out, const content::GameContent& content);
/// Any bytes are safe; at most what the bytes hold.
Result<ContentNames> get_names(ByteReader& in);

/// From the number that an id had to the one that it has; content::kNoNumber where there is none.
struct NumberMap {
  std::array<std::vector<std::uint16_t>, kNamedKinds> now;
};
NumberMap map_numbers(const ContentNames& then, const content::GameContent& now);

/// Whether `after` means the same by every number of `before`.
bool follows_on(const content::GameContent& before, const content::GameContent& after);

}  // namespace throng::sim
