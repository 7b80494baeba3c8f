#include <fmt/format.h>

#include "content/game/checks/all_checks.h"

namespace throng::content {
namespace {

void check_book(const GameContent& content, const ItemDef& book, SetProblems& problems) {
  if (!is_set(book.teaches.ref)) return;
  const SkillDef& skill = content.skill(book.teaches.ref);
  if (skill.monsters_only) {
    problems.at(book.teaches.place, fmt::format("found {}, which only monsters have, expected a skill for characters",
                                                json_quoted(skill.id)));
  } else if (!skill.needs_book) {
    problems.at(book.teaches.place,
                fmt::format("found {}, which needs no book, expected a skill with \"needs_book\": true",
                            json_quoted(skill.id)));
  }
}

void check_taught(const GameContent& content, std::size_t number, SetProblems& problems) {
  const SkillDef& skill = content.skills[number];
  if (!skill.needs_book || problems.unknown("items.json")) return;
  for (const ItemDef& item : content.items) {
    if (!item.retired && item.teaches.ref.value == number) return;
  }
  problems.at("skills.json", {"skills", skill.id, "needs_book"},
              "found true, but no item teaches the skill, expected a book for it in items.json");
}

void check_mana(const GameContent& content, const MonsterDef& monster, SetProblems& problems) {
  const auto check = [&](const Reference<SkillRef>& reference) {
    if (!is_set(reference.ref) || content.skill(reference.ref).mana_cost <= monster.max_mana) return;
    problems.at(reference.place, fmt::format("found {}, which costs {} mana, expected at most max_mana {} of {}",
                                             json_quoted(reference.id), content.skill(reference.ref).mana_cost,
                                             monster.max_mana, json_quoted(monster.id)));
  };
  for (const MonsterSkillDef& skill : monster.skills) check(skill.skill);
}

}  // namespace

void check_skill_use(const GameContent& content, SetProblems& problems) {
  for (const ItemDef& item : content.items) {
    if (!item.retired) check_book(content, item, problems);
  }
  for (std::size_t i = 0; i < content.skills.size(); ++i) {
    if (!content.skills[i].retired) check_taught(content, i, problems);
  }
  for (const MonsterDef& monster : content.monsters) {
    if (!monster.retired) check_mana(content, monster, problems);
  }
}

}  // namespace throng::content
