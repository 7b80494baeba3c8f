#pragma once
// Why a rule of the game said no. A verdict is play, not an error: it is counted and told to the player.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace throng::sim {

/// New ones go at the end; the texts and codes are in verdict.cpp.
enum class Verdict : std::uint8_t {
  Accepted,
  // everybody's
  Dead,
  Stunned,
  Silenced,
  NoSuchTarget,
  WrongTarget,
  OutOfRange,
  NotVisible,      ///< a wall stands between
  SafeZone,
  // skills
  UnknownSkill,
  NotLearned,
  AlreadyLearned,
  LevelTooLow,
  NotEnoughMana,
  OnCooldown,
  Busy,            ///< casting something else
  SkillsFull,
  // items
  NoSuchItem,
  NotUsable,
  BagFull,
  NotYours,        ///< a drop that belongs to others for now
  NothingThere,
  WrongSlot,
  Bound,
  NotForSale,
  NotEnoughCoins,
  NothingToRepair,
  // people
  NoSuchNpc,
  NoShop,
  // quests
  NoSuchQuest,
  QuestNotOpen,
  QuestActive,
  QuestNotActive,
  QuestUnfinished,
  QuestLogFull,
  // party
  NoSuchPlayer,
  NoParty,
  NotLeader,
  PartyFull,
  AlreadyInParty,
  NotInvited,
  TooMany,  ///< a bound of the world is reached
  Moving,   ///< a cast that takes time is begun standing still
  StoreBehind,  ///< what it would move cannot be kept now
  // trade
  TradeBusy,  ///< the other one trades with somebody
  NoTrade,
  NotLocked,  ///< confirms what not both have locked
  PartyKept,  ///< a guest cannot belong to it
};
inline constexpr std::size_t kVerdicts = 48;

/// Stable, for programs: `out_of_range`.
std::string_view verdict_code(Verdict verdict);
/// One sentence for the player.
std::string_view verdict_text(Verdict verdict);

}  // namespace throng::sim
