#include "room/kinds/possessions.h"

#include <algorithm>
#include <tuple>

namespace throng::room {
namespace {

bool holding_before(const Holding& a, const Holding& b) {
  return std::tuple(a.item.value, a.uid) < std::tuple(b.item.value, b.uid);
}

bool same_asset(const Holding& a, const Holding& b) { return a.item == b.item && a.uid == b.uid; }

/// Sorts, and adds up what is of one kind.
void settle_holdings(Holdings& holdings) {
  std::sort(holdings.begin(), holdings.end(), holding_before);
  std::size_t used = 0;
  for (const Holding& holding : holdings) {
    if (used > 0 && same_asset(holdings[used - 1], holding)) {
      holdings[used - 1].amount += holding.amount;
    } else {
      holdings[used++] = holding;
    }
  }
  holdings.resize(used);
}

void append_stacks(std::span<const sim::ItemStack> stacks, Holdings& out) {
  for (const sim::ItemStack& stack : stacks) {
    if (!stack.empty()) out.push_back({stack.item, stack.uid, stack.count});
  }
}

void append_saved(const std::vector<sim::SavedStack>& stacks, const content::GameContent& content, Holdings& out) {
  for (const sim::SavedStack& stack : stacks) {
    if (const auto item = content.find_item(stack.item)) out.push_back({*item, stack.uid, stack.count});
  }
}

}  // namespace

PossessionsView possessions_of(const sim::World& world, sim::EntityIndex player) {
  const sim::Inventory& inventory = world.state().inventory(player);
  const sim::PlayerState& state = world.player(player);
  return {.bag = inventory.bag,
          .worn = inventory.worn,
          .coins = inventory.coins,
          .quests = world.state().journal(player).quests,
          .skills = std::span(state.skills).first(state.skill_count),
          .experience = state.experience,
          .level = world.fighter(player).level};
}

void Possessions::take(const PossessionsView& from) {
  std::copy(from.bag.begin(), from.bag.end(), bag_.begin());
  std::copy(from.worn.begin(), from.worn.end(), worn_.begin());
  coins_ = from.coins;
  quests_.assign(from.quests.begin(), from.quests.end());
  std::copy(from.skills.begin(), from.skills.end(), skills_.begin());
  skill_count_ = from.skills.size();
  experience_ = from.experience;
  level_ = from.level;
}

PossessionsView Possessions::view() const {
  return {.bag = bag_,
          .worn = worn_,
          .coins = coins_,
          .quests = quests_,
          .skills = std::span(skills_).first(skill_count_),
          .experience = experience_,
          .level = level_};
}

void read_holdings(const sim::Inventory& inventory, Holdings& out) {
  out.clear();
  append_stacks(inventory.bag, out);
  append_stacks(inventory.worn, out);
  if (inventory.coins > 0) out.push_back({.amount = inventory.coins});
  settle_holdings(out);
}

Holdings holdings_of(const sim::CharacterSheet& sheet, const content::GameContent& content) {
  Holdings out;
  append_saved(sheet.bag, content, out);
  append_saved(sheet.equipment, content, out);
  if (sheet.coins > 0) out.push_back({.amount = sheet.coins});
  settle_holdings(out);
  return out;
}

void append_difference(const Holdings& before, const Holdings& after, Holdings& out) {
  auto old = before.begin();
  auto now = after.begin();
  while (old != before.end() || now != after.end()) {
    if (now == after.end() || (old != before.end() && holding_before(*old, *now))) {
      out.push_back({old->item, old->uid, -old->amount});
      ++old;
    } else if (old == before.end() || holding_before(*now, *old)) {
      out.push_back(*now);
      ++now;
    } else {
      if (now->amount != old->amount) out.push_back({now->item, now->uid, now->amount - old->amount});
      ++old;
      ++now;
    }
  }
}

}  // namespace throng::room
