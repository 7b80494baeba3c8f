#include "sim/recording.h"

#include <utility>

#include <fmt/format.h>

#include "sim/intent_codec.h"
#include "sim/text_codec.h"
#include "sim/world_save.h"

namespace throng::sim {
namespace {

constexpr std::uint32_t kRecordingMagic = 0x43455254;  // "TREC"

enum class RecordTag : std::uint8_t { Tick = 1, Digest = 2 };

void put_count(ByteWriter& out, std::size_t count) {
  for (; count >= 0x80; count >>= 7) out.put(static_cast<std::uint8_t>(count | 0x80));
  out.put(static_cast<std::uint8_t>(count));
}

/// At most 32 bits in at most five bytes.
std::optional<std::uint32_t> get_count(ByteReader& in) {
  std::uint64_t count = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    const auto byte = in.get<std::uint8_t>();
    if (!byte) return std::nullopt;
    count |= std::uint64_t{*byte & 0x7fu} << shift;
    if (*byte < 0x80) return static_cast<std::uint32_t>(count);
  }
  return std::nullopt;
}

struct RecordingHeader {
  std::string_view map_name;
  std::uint64_t map_hash = 0;
  std::uint64_t monsters_hash = 0;
  std::uint64_t seed = 0;
  WorldSettings settings;
  ByteSpan start;  // a saved world; empty: the world begins at tick 0
};

void put_header(ByteWriter& out, const World& world) {
  out.put(kRecordingMagic);
  out.put(kRecordingVersion);
  put_short_text(out, world.map().name);
  out.put(world.map().content_hash);
  out.put(content::content_hash(world.monsters()));
  out.put(world.seed());
  save_settings(world.settings(), out);
  const std::vector<std::uint8_t> start = world.now() == Tick{0} ? std::vector<std::uint8_t>{} : world.save();
  out.put(static_cast<std::uint32_t>(start.size()));
  out.append(start);
}

Result<RecordingHeader> get_header(ByteReader& in) {
  if (in.get<std::uint32_t>().value_or(0) != kRecordingMagic) return fail("these bytes are not a recording");
  const auto version = in.get<std::uint16_t>().value_or(0);
  if (version != kRecordingVersion) {
    return fail(fmt::format("the recording has version {}, this program reads {}", version, kRecordingVersion));
  }
  RecordingHeader header;
  header.map_name = get_short_text(in);
  header.map_hash = in.get<std::uint64_t>().value_or(0);
  header.monsters_hash = in.get<std::uint64_t>().value_or(0);
  header.seed = in.get<std::uint64_t>().value_or(0);
  THRONG_TRY(header.settings, restore_settings(in));
  const auto start = in.take(in.get<std::uint32_t>().value_or(0));
  if (!start || in.failed()) return fail("the recording ends within its header");
  header.start = *start;
  return header;
}

Result<void> check_content(const RecordingHeader& header, const content::MapDef& map,
                           const content::MonstersDef& monsters) {
  if (header.map_hash != map.content_hash) {
    return fail(fmt::format("the recording is of map \"{}\" with hash {:016x}; the map given is \"{}\" with {:016x}",
                            header.map_name, header.map_hash, map.name, map.content_hash));
  }
  const std::uint64_t monsters_hash = content::content_hash(monsters);
  if (header.monsters_hash != monsters_hash) {
    return fail(
        fmt::format("the recording was made with monsters of hash {:016x}; those given have {:016x}: use "
                    "the content version of its day",
                    header.monsters_hash, monsters_hash));
  }
  return {};
}

Result<World> first_world(const RecordingHeader& header, std::shared_ptr<const content::MapDef> map,
                          std::shared_ptr<const content::MonstersDef> monsters) {
  if (!header.start.empty()) return World::restore(header.start, std::move(map), std::move(monsters));
  return World(std::move(map), std::move(monsters), header.settings, header.seed);
}

/// One replay under way.
struct Replay {
  ByteReader in;
  World world;
  ReplaySummary summary;
  const ReplayObserver& observer;
  std::vector<Intent> intents;

  /// @return false when the records are over: at the end, cut off, or different
  Result<bool> next_record();
  Result<bool> replay_tick(std::size_t begin);
  Result<bool> compare_digest(std::size_t begin);
  Result<bool> cut_off();
};

Failure damaged_record(std::size_t begin, std::string_view what) {
  return fail(fmt::format("the recording is damaged at byte {}: {}", begin, what));
}

Result<bool> Replay::cut_off() {
  summary.truncated = true;
  return false;
}

Result<bool> Replay::replay_tick(std::size_t begin) {
  const std::optional<std::uint32_t> count = get_count(in);
  if (!count && in.failed()) return cut_off();
  if (!count) return damaged_record(begin, "impossible number of intents");
  intents.clear();
  for (std::uint32_t i = 0; i < *count; ++i) {
    const std::optional<Intent> intent = get_intent(in);
    if (!intent && in.failed()) return cut_off();
    if (!intent) return damaged_record(begin, "unknown intent");
    intents.push_back(*intent);
  }
  const TickOutput& output = world.tick(intents);
  summary.intents += intents.size();
  if (observer) observer(world, output);
  return true;
}

Result<bool> Replay::compare_digest(std::size_t begin) {
  const auto tick = in.get<std::uint32_t>();
  const auto digest = in.get<std::uint64_t>();
  if (!tick || !digest) return cut_off();
  if (Tick{*tick} != world.now()) return damaged_record(begin, "a digest of another tick");
  if (*digest != world.digest()) {
    summary.first_difference = world.now();
    return false;
  }
  ++summary.digests;
  return true;
}

Result<bool> Replay::next_record() {
  const std::size_t begin = in.position();
  const auto tag = in.get<std::uint8_t>();
  if (!tag) return false;
  switch (static_cast<RecordTag>(*tag)) {
    case RecordTag::Tick: return replay_tick(begin);
    case RecordTag::Digest: return compare_digest(begin);
  }
  return damaged_record(begin, "unknown kind of record");
}

}  // namespace

RecordingWriter::RecordingWriter(const World& world) { put_header(out_, world); }

void RecordingWriter::record_tick(std::span<const Intent> intents, const World& after) {
  if (overflowed_) return;
  if (out_.size() > kRecordingPendingBytesMax) {
    overflowed_ = true;
    return;
  }
  out_.put(RecordTag::Tick);
  put_count(out_, intents.size());
  for (const Intent& intent : intents) put_intent(out_, intent);
  if (after.now().value % kDigestEveryTicks != 0) return;
  out_.put(RecordTag::Digest);
  out_.put(after.now().value);
  out_.put(after.digest());
}

Result<ReplaySummary> replay(ByteSpan recording, std::shared_ptr<const content::MapDef> map,
                             std::shared_ptr<const content::MonstersDef> monsters, const ReplayObserver& observer) {
  ByteReader in(recording);
  THRONG_TRY(const RecordingHeader header, get_header(in));
  THRONG_CHECK(check_content(header, *map, *monsters));
  THRONG_TRY(World world, first_world(header, std::move(map), std::move(monsters)));
  Replay run{in, std::move(world), {}, observer, {}};
  run.summary.first = run.world.now();
  for (;;) {
    THRONG_TRY(const bool goes_on, run.next_record());
    if (!goes_on) break;
  }
  run.summary.last = run.world.now();
  run.summary.digest = run.world.digest();
  return run.summary;
}

Result<std::string> recorded_map_name(ByteSpan recording) {
  ByteReader in(recording);
  THRONG_TRY(const RecordingHeader header, get_header(in));
  return std::string(header.map_name);
}

}  // namespace throng::sim
