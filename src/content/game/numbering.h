#pragma once
// Which number a definition gets, so that a running world may hold numbers across a reload.

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "content/game/game_content.h"

namespace throng::content {

/// Numbers that a process may ever give within one kind: retired definitions keep theirs.
inline constexpr std::size_t kNumbersMax = 60'000;

/// Puts the definitions in the order of their numbers: each id that was there before keeps its number, and is copied as
/// `retired` where the new set lacks it; new ones follow in the order of their ids, which makes the numbers of a first
/// set independent of the order in its file.
template <typename Def>
void number_defs(std::vector<Def>& defs, const std::vector<Def>& before) {
  std::sort(defs.begin(), defs.end(), [](const Def& a, const Def& b) { return a.id < b.id; });
  std::vector<Def> numbered;
  numbered.reserve(before.size() + defs.size());
  std::vector<bool> placed(defs.size());
  for (const Def& old : before) {
    const auto found = std::lower_bound(defs.begin(), defs.end(), old.id,
                                        [](const Def& def, const std::string& id) { return def.id < id; });
    const auto index = static_cast<std::size_t>(found - defs.begin());
    if (found != defs.end() && found->id == old.id) {
      numbered.push_back(*found);
      placed[index] = true;
    } else {
      numbered.push_back(old);
      numbered.back().retired = true;
    }
  }
  for (std::size_t i = 0; i < defs.size(); ++i) {
    if (!placed[i]) numbered.push_back(std::move(defs[i]));
  }
  defs = std::move(numbered);
}

/// All kinds, and the names of statuses, which are kept but not numbered anew.
void number_content(GameContent& content, const GameContent& previous);

}  // namespace throng::content
