#pragma once
// One client's `me` as it was told, and what it must be told next.

#include "protocol/state/private_rows.h"
#include "protocol/sync/private_map.h"

namespace throng::protocol {

/// Survives the socket: a reconnection gets it complete. Room's thread.
struct PrivateState {
  MeRow me;  ///< as it is now; written by the room before each patch
  PrivateMap<ItemSlotRow, kBagRefs> bag;
  PrivateMap<ItemSlotRow, kEquipmentRefs> equipment;
  PrivateMap<KnownSkillRow, kSkillsRefs> skills;
  PrivateMap<BuffRow, kBuffsRefs> buffs;
  PrivateMap<QuestRow, kQuestsRefs> quests;
  PrivateMap<PartyMemberRow, kPartyRefs> party;

  /// Appends what is new since the last call of either; nothing when nothing is.
  void write_changes(FrameBuffer& frame);
  /// Appends everything, for a snapshot in which the root names `me`.
  void write_complete(FrameBuffer& frame);

 private:
  MeRow told_;
};

}  // namespace throng::protocol
