#pragma once

#include <chrono>
#include <string>

namespace throng::services {

struct CharacterSettings {
  std::string node_id;                           ///< of this process, as StoreSettings has it
  bool guests = true;                            ///< whoever has no token plays all the same, and nothing is kept
  int characters_max = 8;                        ///< of an account, with those that are to be deleted
  std::chrono::hours deletion_grace{24 * 7};     ///< how long a deleted character can be taken back
  std::chrono::hours rename_cooldown{24};        ///< between two renames; the old name stays reserved so long
  std::chrono::milliseconds lease{30'000};       ///< of a character; renewed at a third of it
  std::chrono::milliseconds node_lease{9'000};   ///< of the node's rooms; the same
  std::chrono::milliseconds hand_over_max{3'000};  ///< how long a newer login waits for the older one's last word
};

}  // namespace throng::services
