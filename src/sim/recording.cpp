#include "sim/recording.h"

#include <utility>

#include <fmt/format.h>

#include "sim/intent_codec.h"
#include "sim/text_codec.h"
#include "sim/world_save.h"

namespace throng::sim {
namespace {

constexpr std::uint32_t kRecordingMagic = 0x43455254;  // "TREC"

enum class RecordTag : std::uint8_t { Tick = 1, Digest = 2, Content = 3 };

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

// --- contents and saves --------------------------------------------------------------------------------------------

void put_content(ByteWriter& out, const content::GameContent& content) {
  out.put(content.hash);
  out.put(content.version);
  put_names(out, content);
}

Result<RecordedContent> get_content(ByteReader& in) {
  RecordedContent content;
  content.hash = in.get<std::uint64_t>().value_or(0);
  content.version = in.get<std::uint32_t>().value_or(0);
  THRONG_TRY(content.names, get_names(in));
  return content;
}

void put_save(ByteWriter& out, const std::vector<std::uint8_t>& save) {
  out.put(static_cast<std::uint32_t>(save.size()));
  out.append(save);
}

/// Nothing, with the reader failed, when it is cut off.
std::optional<ByteSpan> get_save(ByteReader& in) { return in.take(in.get<std::uint32_t>().value_or(0)); }

/// Whether the content is the wanted one and means the same by every number.
bool is_wanted(const content::GameContent& content, const RecordedContent& wanted) {
  return content.hash == wanted.hash && names_of(content) == wanted.names;
}

// --- header --------------------------------------------------------------------------------------------------------

struct RecordingHeader {
  std::string_view map_name;
  std::uint64_t map_hash = 0;
  std::uint64_t seed = 0;
  WorldSettings settings;
  RecordedContent content;
  ByteSpan start;  // a saved world; empty: the world begins at tick 0
};

void put_header(ByteWriter& out, const World& world) {
  out.put(kRecordingMagic);
  out.put(kRecordingVersion);
  put_short_text(out, world.map().name);
  out.put(world.map().content_hash);
  out.put(world.seed());
  save_settings(world.settings(), out);
  put_content(out, world.content());
  put_save(out, world.now() == Tick{0} ? std::vector<std::uint8_t>{} : world.save());
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
  header.seed = in.get<std::uint64_t>().value_or(0);
  THRONG_TRY(header.settings, restore_settings(in));
  THRONG_TRY(header.content, get_content(in));
  const auto start = get_save(in);
  if (!start || in.failed()) return fail("the recording ends within its header");
  header.start = *start;
  return header;
}

Result<void> check_map(const RecordingHeader& header, const content::MapDef& map) {
  if (header.map_hash == map.content_hash) return {};
  return fail(fmt::format("the recording is of map \"{}\" with hash {:016x}; the map given is \"{}\" with {:016x}",
                          header.map_name, header.map_hash, map.name, map.content_hash));
}

Result<std::shared_ptr<const content::GameContent>> first_content(const RecordedContent& wanted,
                                                                  const ContentSource& contents) {
  std::shared_ptr<const content::GameContent> content = contents(wanted);
  if (content == nullptr || content->hash != wanted.hash) {
    return fail(fmt::format(
        "the recording was made with content of hash {:016x} (version {}){}: use the content version "
        "of its day",
        wanted.hash, wanted.version, content == nullptr ? "" : fmt::format("; that given has {:016x}", content->hash)));
  }
  if (!is_wanted(*content, wanted)) {
    return fail("the content given has other numbers for its definitions than the recording's");
  }
  return content;
}

Result<World> first_world(const RecordingHeader& header, std::shared_ptr<const content::MapDef> map,
                          std::shared_ptr<const content::GameContent> content) {
  if (!header.start.empty()) return World::restore(header.start, std::move(map), std::move(content));
  return World(std::move(map), std::move(content), header.settings, header.seed);
}

/// One replay under way.
struct Replay {
  ByteReader in;
  World world;
  std::shared_ptr<const content::MapDef> map;
  const ContentSource& contents;
  ReplaySummary summary;
  const ReplayObserver& observer;
  std::vector<Intent> intents;

  /// @return false when the records are over: at the end, cut off, or different
  Result<bool> next_record();
  Result<bool> replay_tick(std::size_t begin);
  Result<bool> compare_digest(std::size_t begin);
  Result<bool> change_content(std::size_t begin);
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

Result<bool> Replay::change_content(std::size_t begin) {
  Result<RecordedContent> wanted = get_content(in);
  if (!wanted && in.failed()) return cut_off();
  if (!wanted) return damaged_record(begin, wanted.error().message);
  const std::optional<ByteSpan> save = get_save(in);
  if (!save) return cut_off();
  std::shared_ptr<const content::GameContent> content = contents(*wanted);
  if (content == nullptr || !is_wanted(*content, *wanted)) {
    summary.missing_content = *std::move(wanted);
    return false;
  }
  Result<World> adopted = World::restore(*save, map, std::move(content));
  if (!adopted) return damaged_record(begin, adopted.error().message);
  if (adopted->now() != world.now()) return damaged_record(begin, "a change of content at another tick");
  world = *std::move(adopted);
  ++summary.contents;
  return true;
}

Result<bool> Replay::next_record() {
  const std::size_t begin = in.position();
  const auto tag = in.get<std::uint8_t>();
  if (!tag) return false;
  switch (static_cast<RecordTag>(*tag)) {
    case RecordTag::Tick: return replay_tick(begin);
    case RecordTag::Digest: return compare_digest(begin);
    case RecordTag::Content: return change_content(begin);
  }
  return damaged_record(begin, "unknown kind of record");
}

}  // namespace

RecordingWriter::RecordingWriter(const World& world) { put_header(out_, world); }

bool RecordingWriter::is_full() {
  overflowed_ |= out_.size() > kRecordingPendingBytesMax;
  return overflowed_;
}

void RecordingWriter::record_tick(std::span<const Intent> intents, const World& after) {
  if (is_full()) return;
  out_.put(RecordTag::Tick);
  put_count(out_, intents.size());
  for (const Intent& intent : intents) put_intent(out_, intent);
  if (after.now().value % kDigestEveryTicks != 0) return;
  out_.put(RecordTag::Digest);
  out_.put(after.now().value);
  out_.put(after.digest());
}

void RecordingWriter::record_content(const World& adopted) {
  if (is_full()) return;
  out_.put(RecordTag::Content);
  put_content(out_, adopted.content());
  put_save(out_, adopted.save());
}

Result<ReplaySummary> replay(ByteSpan recording, std::shared_ptr<const content::MapDef> map,
                             const ContentSource& contents, const ReplayObserver& observer) {
  ByteReader in(recording);
  THRONG_TRY(const RecordingHeader header, get_header(in));
  THRONG_CHECK(check_map(header, *map));
  THRONG_TRY(auto content, first_content(header.content, contents));
  THRONG_TRY(World world, first_world(header, map, std::move(content)));
  Replay run{in, std::move(world), std::move(map), contents, {}, observer, {}};
  run.summary.first = run.world.now();
  for (;;) {
    THRONG_TRY(const bool goes_on, run.next_record());
    if (!goes_on) break;
  }
  run.summary.last = run.world.now();
  run.summary.digest = run.world.digest();
  return run.summary;
}

Result<ReplaySummary> replay(ByteSpan recording, std::shared_ptr<const content::MapDef> map,
                             std::shared_ptr<const content::GameContent> content, const ReplayObserver& observer) {
  return replay(recording, std::move(map), [&](const RecordedContent&) { return content; }, observer);
}

std::shared_ptr<const content::GameContent> numbered_like(const ContentNames& names) {
  const auto ids = [&](NamedKind kind) -> const std::vector<std::string>& {
    return names.ids[static_cast<std::size_t>(kind)];
  };
  const auto fill = [&](auto& defs, NamedKind kind) {
    for (const std::string& id : ids(kind)) {
      auto& def = defs.emplace_back();
      def.id = id;
      def.retired = true;
    }
  };
  content::GameContent content;
  content.statuses = ids(NamedKind::Status);
  fill(content.skills, NamedKind::Skill);
  fill(content.items, NamedKind::Item);
  fill(content.monsters, NamedKind::Monster);
  fill(content.spawns, NamedKind::Spawn);
  fill(content.npcs, NamedKind::Npc);
  fill(content.quests, NamedKind::Quest);
  fill(content.achievements, NamedKind::Achievement);
  return std::make_shared<const content::GameContent>(std::move(content));
}

Result<RecordedContent> recorded_content(ByteSpan recording) {
  ByteReader in(recording);
  THRONG_TRY(RecordingHeader header, get_header(in));
  return std::move(header.content);
}

Result<std::string> recorded_map_name(ByteSpan recording) {
  ByteReader in(recording);
  THRONG_TRY(const RecordingHeader header, get_header(in));
  return std::string(header.map_name);
}

}  // namespace throng::sim
