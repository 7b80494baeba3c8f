#include <algorithm>

#include <fmt/format.h>

#include "content/game/checks/all_checks.h"

namespace throng::content {
namespace {

/// The quests from `start` back to the first one that comes twice, or nothing when the chain ends.
std::vector<std::size_t> loop_from(const GameContent& content, std::size_t start) {
  std::vector<std::size_t> chain{start};
  while (is_set(content.quests[chain.back()].after.ref)) {
    const std::size_t before = content.quests[chain.back()].after.ref.value;
    if (std::find(chain.begin(), chain.end(), before) != chain.end()) return chain;
    chain.push_back(before);
  }
  return {};
}

}  // namespace

void check_quest_chains(const GameContent& content, SetProblems& problems) {
  for (std::size_t i = 0; i < content.quests.size(); ++i) {
    const QuestDef& quest = content.quests[i];
    if (quest.retired) continue;
    const std::vector<std::size_t> chain = loop_from(content, i);
    // Each quest of the loop would tell the same; the one with the lowest number does.
    const bool closes_here = !chain.empty() && content.quests[chain.back()].after.ref.value == i;
    if (!closes_here || *std::min_element(chain.begin(), chain.end()) != i) continue;
    std::string loop = quest.id;
    for (std::size_t k = 1; k < chain.size(); ++k) loop += " after " + content.quests[chain[k]].id;
    problems.at(quest.after.place, fmt::format("found a chain of quests that ends in itself, {} after {}, expected a "
                                               "first one",
                                               loop, quest.id));
  }
}

}  // namespace throng::content
