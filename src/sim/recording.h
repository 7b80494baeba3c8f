#pragma once
// A room's past as bytes: where it started, what was asked of it, and fingerprints on the way. Replaying it gives
// every state again, so an incident can be looked at as often as needed.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/units.h"
#include "sim/intent.h"
#include "sim/save/content_names.h"
#include "sim/world.h"

namespace throng::sim {

inline constexpr std::uint16_t kRecordingVersion = 4;
/// A digest is recorded after every tick whose number this divides.
inline constexpr std::uint32_t kDigestEveryTicks = 20;
/// What may wait for the caller to store it. A writer that nobody empties stops there, at the end of a tick.
inline constexpr std::size_t kRecordingPendingBytesMax = 16u << 20;

/// Turns the ticks of one world into bytes; the caller stores them, in order. Two bytes a tick plus the intents.
/// The room's thread. Knows no files.
class RecordingWriter {
 public:
  /// Begins with the header; with a save of the world too, unless it is at tick 0.
  explicit RecordingWriter(const World& world);

  /// Once after each tick, with the intents that the tick was given.
  void record_tick(std::span<const Intent> intents, const World& after);

  /// After World::adopt: what follows belongs to the new content. Writes a save of the world, so that a replay can go on
  /// from here.
  void record_content(const World& adopted);

  /// What was not stored yet. Chunks may be cut anywhere, for instance every second.
  ByteSpan pending() const { return out_.view(); }
  /// After `pending` was stored; keeps the memory.
  void clear_pending() { out_.clear(); }
  /// Recording ended because nobody emptied it. What was written remains a good recording.
  bool overflowed() const { return overflowed_; }

 private:
  bool is_full();

  ByteWriter out_;
  bool overflowed_ = false;
};

/// A content that a recording was made with, or went on with.
struct RecordedContent {
  std::uint64_t hash = 0;
  std::uint32_t version = 0;  ///< GameContent::version, for people
  ContentNames names;  ///< by the numbers that its worlds and intents use
};

/// Gives the content of a recording, or null when it is not to be had. Its definitions must have the numbers of
/// `wanted.names`: load it with `numbered_like(wanted.names)` as its previous content.
using ContentSource = std::function<std::shared_ptr<const content::GameContent>(const RecordedContent& wanted)>;

/// Retired definitions that have nothing but their ids: as the previous content of a load, it hands out those numbers.
std::shared_ptr<const content::GameContent> numbered_like(const ContentNames& names);

/// What a replay found.
struct ReplaySummary {
  Tick first;  ///< where the recording starts
  Tick last;  ///< where the replay ended
  std::uint64_t intents = 0;  ///< applied
  std::uint64_t digests = 0;  ///< compared and equal
  std::uint64_t digest = 0;  ///< of the world at `last`
  /// The tick of the first digest that differs; the replay stops there. The worlds parted in the
  /// kDigestEveryTicks ticks up to it.
  std::optional<Tick> first_difference;
  /// The recording ends within a record, as after a crash; everything before it was replayed.
  bool truncated = false;
  /// The room went on with a content that is not to be had; everything before it was replayed.
  std::optional<RecordedContent> missing_content;
  std::uint32_t contents = 1;  ///< that the replay went through
};

/// Called after each replayed tick, for tools that look at what happened.
using ReplayObserver = std::function<void(const World& world, const TickOutput& output)>;

/// Runs a recording again on the same map and contents. Any bytes are safe. Fails on another map or content than the
/// recording's, on other versions and on damaged records, with the byte where they begin. Any thread.
Result<ReplaySummary> replay(ByteSpan recording, std::shared_ptr<const content::MapDef> map,
                             const ContentSource& contents, const ReplayObserver& observer = {});
/// The same with one content, which must be the recording's first.
Result<ReplaySummary> replay(ByteSpan recording, std::shared_ptr<const content::MapDef> map,
                             std::shared_ptr<const content::GameContent> content, const ReplayObserver& observer = {});

/// The content that a recording begins with.
Result<RecordedContent> recorded_content(ByteSpan recording);
/// The name of the map that a recording needs, to load it before `replay`.
Result<std::string> recorded_map_name(ByteSpan recording);

}  // namespace throng::sim
