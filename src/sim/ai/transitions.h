#pragma once
// Why a monster goes from one state to another: the one table of it.

#include <cstdint>
#include <span>
#include <string_view>

#include "sim/ai/ai_state.h"
#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// What happened to the monster, or what it found out.
enum class Reason : std::uint8_t {
  PauseOver,
  OwnerLeft,
  Arrived,
  Noticed,
  Provoked,
  Called,
  OwnerFights,
  Afraid,
  InRange,
  OutOfRange,
  Recovered,
  Escaped,
  NobodyLeft,
  Leashed,
  Unreachable,
  Home,
  Died,
};
inline constexpr std::size_t kReasons = 17;

std::string_view reason_name(Reason reason);

struct Transition {
  AiState from;
  Reason reason;
  AiState to;
  std::string_view when;  ///< for the documentation
};

/// The whole table; at most one row for a state and a reason.
std::span<const Transition> transitions();

/// Whether the table has a row for it.
bool may_enter(AiState from, Reason reason);

/// Takes the monster into the state that the table says, with what belongs to every entry: it halts, drops its way,
/// and MonsterStateChanged is told. A reason for which its state has no row is a bug and asserts.
void enter(WorldState& state, TickContext& ctx, EntityIndex monster, Reason reason);

}  // namespace throng::sim
