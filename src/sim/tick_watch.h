#pragma once
// Who wants to know how a tick gets on. The world has no clock: whoever watches has one.

#include <cstdint>

namespace throng::sim {

/// The parts of a tick, in their order.
enum class TickPhase : std::uint8_t {
  Input,     ///< intents
  Combat,    ///< statuses, casts, automatic attacks
  Ai,        ///< spawners, and monsters that think
  Movement,  ///< bodies, portals, respawns
  Loot,      ///< drops that rot, trades
  Progress,  ///< quests and deeds, folded from what happened
  Index,     ///< who stands where, for the next tick and for whoever looks
};

class TickWatch {
 public:
  virtual ~TickWatch() = default;
  /// The part before, if any, is over. Changes nothing in the world. The world's thread.
  virtual void begin(TickPhase phase) = 0;
};

}  // namespace throng::sim
