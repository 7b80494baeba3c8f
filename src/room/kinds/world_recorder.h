#pragma once
// Keeps a room's recording going: a tick's intents in, a chunk of bytes out about once a second.

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "room/ports.h"
#include "sim/recording.h"

namespace throng::room {

/// Does nothing without a sink, and nothing more once the sink has refused. Room's thread.
class WorldRecorder {
 public:
  WorldRecorder(RecordingSink* sink, std::string stream, const sim::World& world);

  /// After every tick, with the intents that it was given.
  void record(std::span<const sim::Intent> intents, const sim::World& after);
  /// After World::adopt, before the next tick.
  void record_content(const sim::World& adopted);
  /// Stores what is still pending.
  void finish() { store(); }

 private:
  void store();

  RecordingSink* sink_;
  const std::string stream_;
  const std::uint32_t ticks_per_chunk_;
  std::optional<sim::RecordingWriter> writer_;
};

}  // namespace throng::room
