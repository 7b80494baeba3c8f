#pragma once
// What reloading needs: a place where versions are kept, and the rooms that play them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "content/game/game_content.h"
#include "room/room_host.h"

namespace throng::services {

/// Who made a version, and why.
struct VersionNote {
  std::string author;
  std::string reason;
};

/// What is known of one accepted set, without its texts.
struct ContentVersion {
  std::uint32_t version = 0;  ///< counts from 1
  std::string texts_id;       ///< sixty-four hexadecimal digits (content_folder.h: texts_id)
  std::string hash;           ///< GameContent::hash in sixteen hexadecimal digits
  std::string time;           ///< ISO 8601, UTC
  VersionNote note;
  std::string diff = "{}";    ///< against the version before, as content_diff.h: json_patches gives it
  friend bool operator==(const ContentVersion& a, const ContentVersion& b) {
    return a.version == b.version && a.texts_id == b.texts_id && a.hash == b.hash && a.time == b.time &&
           a.note.author == b.note.author && a.note.reason == b.note.reason && a.diff == b.diff;
  }
};

/// Versions beyond it are forgotten, the oldest first; never the live one.
inline constexpr std::size_t kVersionsKeptMax = 500;

/// Every set that was accepted. Several processes may use one store: the server, and the command line beside it. Each
/// call is whole: after a crash it has happened or it has not. May block; any thread.
class ContentStore {
 public:
  struct Kept {
    ContentVersion version;
    bool is_new = false;  ///< false: the newest version has these texts already
  };

  virtual ~ContentStore() = default;
  /// Makes the next version, unless the newest one has the same texts.
  virtual Result<Kept> keep(const content::ContentTexts& texts, std::uint64_t hash, const VersionNote& note) = 0;
  /// Oldest first.
  virtual Result<std::vector<ContentVersion>> list() = 0;
  /// Fails with words when there is no such version (any more).
  virtual Result<ContentVersion> find(std::uint32_t version) = 0;
  virtual Result<content::ContentTexts> texts(std::uint32_t version) = 0;
  /// The version that the server plays, or played last; nothing before the first.
  virtual Result<std::optional<std::uint32_t>> live() = 0;
  virtual Result<void> set_live(std::uint32_t version) = 0;
};

/// The rooms of the process. Any thread but theirs; may wait for them.
class LiveRooms {
 public:
  virtual ~LiveRooms() = default;
  /// Every room goes on with this set between two of its ticks. False: not all could be told; call again.
  virtual bool adopt(const room::SharedContent& content) = 0;
  virtual std::vector<room::RoomContentStatus> status() = 0;
};

}  // namespace throng::services
