#include "sim/save/content_names.h"

#include <algorithm>
#include <utility>

#include "sim/text_codec.h"

namespace throng::sim {
namespace {

constexpr NamedKind kEveryNamedKind[] = {NamedKind::Skill, NamedKind::Status, NamedKind::Item,  NamedKind::Monster,
                                         NamedKind::Spawn, NamedKind::Npc,    NamedKind::Quest, NamedKind::Achievement};

/// The ids of one kind with their numbers, to be searched.
std::vector<std::pair<std::string_view, std::uint16_t>> sorted_ids(const content::GameContent& content,
                                                                   NamedKind kind) {
  std::vector<std::pair<std::string_view, std::uint16_t>> ids;
  for (std::size_t i = 0; i < count_of(content, kind); ++i) {
    ids.emplace_back(id_of(content, kind, i), static_cast<std::uint16_t>(i));
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

std::size_t count_of(const content::GameContent& content, NamedKind kind) {
  switch (kind) {
    case NamedKind::Skill: return content.skills.size();
    case NamedKind::Status: return content.statuses.size();
    case NamedKind::Item: return content.items.size();
    case NamedKind::Monster: return content.monsters.size();
    case NamedKind::Spawn: return content.spawns.size();
    case NamedKind::Npc: return content.npcs.size();
    case NamedKind::Quest: return content.quests.size();
    case NamedKind::Achievement: return content.achievements.size();
  }
  return 0;
}

std::string_view id_of(const content::GameContent& content, NamedKind kind, std::size_t number) {
  switch (kind) {
    case NamedKind::Skill: return content.skills[number].id;
    case NamedKind::Status: return content.statuses[number];
    case NamedKind::Item: return content.items[number].id;
    case NamedKind::Monster: return content.monsters[number].id;
    case NamedKind::Spawn: return content.spawns[number].id;
    case NamedKind::Npc: return content.npcs[number].id;
    case NamedKind::Quest: return content.quests[number].id;
    case NamedKind::Achievement: return content.achievements[number].id;
  }
  return {};
}

ContentNames names_of(const content::GameContent& content) {
  ContentNames names;
  for (const NamedKind kind : kEveryNamedKind) {
    auto& ids = names.ids[static_cast<std::size_t>(kind)];
    for (std::size_t i = 0; i < count_of(content, kind); ++i) ids.emplace_back(id_of(content, kind, i));
  }
  return names;
}

void put_names(ByteWriter& out, const content::GameContent& content) {
  for (const NamedKind kind : kEveryNamedKind) {
    out.put(static_cast<std::uint16_t>(count_of(content, kind)));
    for (std::size_t i = 0; i < count_of(content, kind); ++i) put_short_text(out, id_of(content, kind, i));
  }
}

Result<ContentNames> get_names(ByteReader& in) {
  ContentNames names;
  for (auto& ids : names.ids) {
    const std::size_t count = in.get<std::uint16_t>().value_or(0);
    if (count > in.remaining() || count >= content::kNoNumber) return fail("impossible number of definitions");
    for (std::size_t i = 0; i < count; ++i) ids.emplace_back(get_short_text(in));
  }
  if (in.failed()) return fail("cut off within the ids of its definitions");
  return names;
}

NumberMap map_numbers(const ContentNames& then, const content::GameContent& now) {
  NumberMap map;
  for (const NamedKind kind : kEveryNamedKind) {
    const auto known = sorted_ids(now, kind);
    auto& numbers = map.now[static_cast<std::size_t>(kind)];
    for (const std::string& id : then.ids[static_cast<std::size_t>(kind)]) {
      const auto found =
          std::lower_bound(known.begin(), known.end(), std::pair{std::string_view(id), std::uint16_t{0}});
      const bool is_known = found != known.end() && found->first == id;
      numbers.push_back(is_known ? found->second : content::kNoNumber);
    }
  }
  return map;
}

bool follows_on(const content::GameContent& before, const content::GameContent& after) {
  for (const NamedKind kind : kEveryNamedKind) {
    if (count_of(after, kind) < count_of(before, kind)) return false;
    for (std::size_t i = 0; i < count_of(before, kind); ++i) {
      if (id_of(before, kind, i) != id_of(after, kind, i)) return false;
    }
  }
  return true;
}

}  // namespace throng::sim
