#include "content/game/link_set.h"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "content/game/game_fields.h"
#include "content/game/references.h"
#include "content/game/statuses.h"

namespace throng::content {
namespace {

/// The numbers of one kind by id, without retired ones.
template <typename Ref>
class IdIndex {
 public:
  template <typename Def>
  explicit IdIndex(const std::vector<Def>& defs) {
    for (std::size_t i = 0; i < defs.size(); ++i) {
      if (!defs[i].retired) numbers_.emplace(defs[i].id, Ref{static_cast<std::uint16_t>(i)});
    }
  }

  void link(Reference<Ref>& reference, SetProblems& problems) const {
    reference.ref = Ref{kNoNumber};
    if (!reference.named()) return;
    const auto found = numbers_.find(reference.id);
    if (found != numbers_.end()) {
      reference.ref = found->second;
    } else if (!problems.unknown(file_of(Ref{}))) {
      problems.at(reference.place, fmt::format("found {}, expected the id of {} {}{}", json_quoted(reference.id),
                                               article(kind_name(Ref{})), kind_name(Ref{}), guess(reference.id)));
    }
  }

 private:
  static std::string_view article(std::string_view word) {
    return std::string_view("aeiou").find(word.front()) == std::string_view::npos ? "a" : "an";
  }
  std::string guess(std::string_view id) const {
    std::vector<std::string_view> ids;
    for (const auto& [known, ref] : numbers_) ids.push_back(known);
    return guess_of(id, ids);
  }

  std::map<std::string_view, Ref> numbers_;  ///< keys point into the definitions
};

template <typename... Refs>
struct SetIndex : IdIndex<Refs>... {
  explicit SetIndex(GameContent& content) : IdIndex<Refs>(defs_of(content, Refs{}))... {}
};
using FullIndex =
    SetIndex<SkillRef, ItemRef, LootRef, MonsterRef, SpawnRef, NpcRef, QuestRef, AchievementRef, WorldEventRef>;

void link_references(GameContent& content, SetProblems& problems) {
  const FullIndex index(content);
  for_each_kind(content, [&](auto& defs) {
    for (auto& def : defs) {
      if (def.retired) continue;
      for_each_reference(def, [&]<typename Ref>(Reference<Ref>& reference) {
        static_cast<const IdIndex<Ref>&>(index).link(reference, problems);
      });
    }
  });
}

/// Names that skills of this set leave; those that only retired ones left are not among them.
std::vector<std::string_view> living_statuses(const GameContent& content) {
  std::vector<std::string_view> names;
  for (const SkillDef& skill : content.skills) {
    for (const EffectDef& effect : skill.effects) {
      if (!skill.retired && !effect.status.empty()) names.push_back(effect.status);
    }
  }
  return names;
}

void link_set_conditions(GameContent& content, SetProblems& problems) {
  const std::vector<std::string_view> living = living_statuses(content);
  for_each_condition(content, [&](const SkillDef& skill, std::size_t effect, std::size_t number, ConditionDef& one) {
    if (skill.retired || one.status.empty()) return;
    if (std::find(living.begin(), living.end(), one.status) != living.end()) {
      one.status_ref = *content.find_status(one.status);
      return;
    }
    problems.at("skills.json", {"skills", skill.id, "effects", effect, "when", number, "status"},
                fmt::format("found {}, expected the name of a status that some effect leaves{}",
                            json_quoted(one.status), guess_of(one.status, living)));
  });
}

}  // namespace

void link_set(GameContent& content, std::span<const EffectFormat> effects, SetProblems& problems) {
  link_references(content, problems);
  number_statuses(content, effects);
  link_set_conditions(content, problems);
}

}  // namespace throng::content
