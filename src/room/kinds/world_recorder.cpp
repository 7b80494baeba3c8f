#include "room/kinds/world_recorder.h"

namespace throng::room {

WorldRecorder::WorldRecorder(RecordingSink* sink, std::string stream, const sim::World& world)
    : sink_(sink),
      stream_(std::move(stream)),
      ticks_per_chunk_(static_cast<std::uint32_t>(world.settings().tick_rate_hz)) {
  if (sink_ != nullptr) writer_.emplace(world);
}

void WorldRecorder::record(std::span<const sim::Intent> intents, const sim::World& after) {
  if (!writer_) return;
  writer_->record_tick(intents, after);
  if (after.now().value % ticks_per_chunk_ == 0) store();
}

void WorldRecorder::record_content(const sim::World& adopted) {
  if (!writer_) return;
  writer_->record_content(adopted);
  store();
}

void WorldRecorder::store() {
  if (!writer_ || writer_->pending().empty()) return;
  const ByteSpan pending = writer_->pending();
  if (!sink_->append(stream_, {pending.begin(), pending.end()})) {
    writer_.reset();
    return;
  }
  writer_->clear_pending();
}

}  // namespace throng::room
