#pragma once
// Keeps the running world on what config/content says: watches it, checks every new set as a whole, keeps a version of
// what is good, and hands it to the rooms. A set with a mistake changes nothing but the log.

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/mailbox.h"
#include "base/result.h"
#include "content/game/game_content.h"
#include "services/reload/content_watcher.h"
#include "services/reload/ports.h"

namespace throng::services {

/// Texts to a set, with everything that this server asks of it. Any thread.
using ContentLoader = std::function<Result<room::SharedContent>(const content::ContentTexts& texts,
                                                                const content::GameContent* previous)>;

struct ReloadSettings {
  std::string folder;
  bool watch = true;  ///< false: only when asked to
  ContentLoader load;
};

/// A set that is played, and the texts it was made of.
struct LiveSet {
  room::SharedContent content;
  std::shared_ptr<const content::ContentTexts> texts;
};

/// What came of looking at the folder.
struct ReloadOutcome {
  bool accepted = false;     ///< what the folder holds is what is live now
  bool changed = false;      ///< and it was not before
  std::uint32_t version = 0; ///< that is live
  std::string problems;      ///< when not accepted, one per line
};

struct ReloadFailure {
  std::string time;  ///< ISO 8601, UTC
  std::string problems;
};

struct ReloadStatus {
  std::uint32_t version = 0;
  std::uint64_t hash = 0;
  std::uint64_t reloads = 0;               ///< sets that went live since the start
  std::optional<ReloadFailure> failure;    ///< of the newest look at the folder; nothing when that was fine
};

struct DryRun {
  std::string problems;              ///< empty: the set would be accepted
  std::vector<std::string> changes;  ///< against the live set, in words
  std::vector<std::string> touched;  ///< who would feel it
};

/// Gives a set its number: kept as a version, and named so in the content.
Result<LiveSet> keep_as_live(ContentStore& store, const content::ContentTexts& texts,
                             const room::SharedContent& content, const VersionNote& note);

/// Runs its own thread from `start` to its end. Store and rooms outlive it.
class Reloader {
 public:
  /// Looks at the folder that may wait; further requests are refused.
  static constexpr std::size_t kRequestsMax = 64;

  Reloader(ReloadSettings settings, ContentStore& store, LiveRooms& rooms, LiveSet live);
  ~Reloader();
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

  /// The error says why the folder cannot be watched; the reloader then runs all the same.
  Result<void> start();

  /// Any thread; does not wait. For signals.
  void request(const VersionNote& note);
  /// Any thread but the rooms'; waits until the folder was looked at. Fails when too many wait.
  Result<ReloadOutcome> reload(const VersionNote& note);
  /// Any thread but the rooms'. Changes nothing.
  DryRun dry_run(const content::ContentTexts& texts);

  ReloadStatus status() const;
  LiveSet live() const;

 private:
  struct Request {
    VersionNote note;
    std::shared_ptr<std::promise<ReloadOutcome>> answer;  ///< null: nobody waits
  };

  void run();
  void wait_for_work();
  void answer_requests();
  bool post(Request request);
  ReloadOutcome look(const VersionNote& note, bool by_itself);
  ReloadOutcome take(const content::ContentTexts& texts, VersionNote note, bool by_itself);
  ReloadOutcome take_set(const content::ContentTexts& texts, VersionNote note, bool by_itself);
  ReloadOutcome refuse(const std::string& problems, bool by_itself, std::string texts_id);
  void go_live(LiveSet next);

  const ReloadSettings settings_;
  ContentStore& store_;
  LiveRooms& rooms_;

  mutable std::mutex mutex_;  // live_, failure_, reloads_
  LiveSet live_;
  std::optional<ReloadFailure> failure_;
  std::uint64_t reloads_ = 0;

  // The thread's own. The set before the live one is freed here, long after the rooms have left it, and not in a tick.
  room::SharedContent before_;
  std::string refused_id_;  ///< texts that were refused last: said once, not at every event
  std::optional<ContentWatcher> watcher_;

  Mailbox<Request> requests_{kRequestsMax};
  int wake_fd_;
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace throng::services
