#include "services/reload/reloader.h"

#include <chrono>

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/counters.h"
#include "base/iso_time.h"
#include "base/log.h"
#include "base/thread_name.h"
#include "base/trace.h"
#include "services/content_store/content_diff.h"
#include "services/content_store/content_folder.h"
#include "services/reload/dry_run.h"

namespace throng::services {
namespace {

/// Waiting for workers whose mailboxes are full.
constexpr std::chrono::milliseconds kAdoptRetryInterval{10};
constexpr int kAdoptTriesMax = 100;

std::string time_of_failure() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return iso_time(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

/// `skills.json, maps/meadow.tmj`: for the history, when nobody gave a reason.
std::string changed_files(const content::ContentTexts& before, const content::ContentTexts& after) {
  std::string names;
  const auto add = [&names](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
  for (const auto& [name, text] : after) {
    const auto found = before.find(name);
    if (found == before.end() || found->second != text) add(name);
  }
  for (const auto& [name, text] : before) {
    if (!after.contains(name)) add(name);
  }
  return names;
}

void log_each_line(std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    log_error(line);
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
}

}  // namespace

Result<LiveSet> keep_as_live(ContentStore& store, const content::ContentTexts& texts,
                             const room::SharedContent& content, const VersionNote& note) {
  THRONG_TRY(const ContentStore::Kept kept, store.keep(texts, content->hash, note));
  THRONG_CHECK(store.set_live(kept.version.version));
  auto numbered = std::make_shared<content::GameContent>(*content);
  numbered->version = kept.version.version;
  return LiveSet{std::move(numbered), std::make_shared<const content::ContentTexts>(texts)};
}

Reloader::Reloader(ReloadSettings settings, ContentStore& store, LiveRooms& rooms, LiveSet live)
    : settings_(std::move(settings)),
      store_(store),
      rooms_(rooms),
      live_(std::move(live)),
      wake_fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  THRONG_ASSERT(wake_fd_ >= 0, "the process has no descriptor left for the reloader");
}

Reloader::~Reloader() {
  ending_.store(true);
  eventfd_write(wake_fd_, 1);
  if (thread_.joinable()) thread_.join();
  close(wake_fd_);
}

Result<void> Reloader::start() {
  Result<void> watched;
  if (settings_.watch) {
    Result<ContentWatcher> opened = ContentWatcher::open(settings_.folder);
    if (opened) {
      watcher_.emplace(*std::move(opened));
    } else {
      watched = fail(std::move(opened).error());
    }
  }
  thread_ = std::thread([this] { run(); });
  return watched;
}

bool Reloader::post(Request request) {
  if (requests_.post(std::move(request)) == Mailbox<Request>::Posted::Full) return false;
  eventfd_write(wake_fd_, 1);
  return true;
}

void Reloader::request(const VersionNote& note) {
  if (!post({note, nullptr})) count(Counter::MailboxFull);
}

Result<ReloadOutcome> Reloader::reload(const VersionNote& note) {
  auto answer = std::make_shared<std::promise<ReloadOutcome>>();
  std::future<ReloadOutcome> outcome = answer->get_future();
  if (!post({note, answer})) return fail("too many reloads wait already");
  return outcome.get();
}

DryRun Reloader::dry_run(const content::ContentTexts& texts) {
  const LiveSet now = live();
  DryRun result;
  const Result<room::SharedContent> loaded = settings_.load(texts, now.content.get());
  if (!loaded) result.problems = loaded.error().message;
  const std::vector<ContentChange> changes = content_changes(*now.texts, texts);
  for (const ContentChange& change : changes) result.changes.push_back(change.words);
  result.touched = touched_by(changes, *now.content, loaded ? loaded->get() : nullptr, rooms_.status());
  return result;
}

ReloadStatus Reloader::status() const {
  const std::lock_guard lock(mutex_);
  return {live_.content->version, live_.content->hash, reloads_, failure_};
}

LiveSet Reloader::live() const {
  const std::lock_guard lock(mutex_);
  return live_;
}

void Reloader::run() {
  name_this_thread("content");
  if (watcher_) look({"files", ""}, true);  // what changed between the start of the program and that of the watch
  while (!ending_.load()) {
    wait_for_work();
    answer_requests();
    if (watcher_ && watcher_->due(ContentWatcher::Clock::now())) look({"files", ""}, true);
  }
  answer_requests();  // nobody may be left waiting
}

void Reloader::wait_for_work() {
  pollfd fds[] = {{wake_fd_, POLLIN, 0}, {watcher_ ? watcher_->fd() : -1, POLLIN, 0}};
  const auto left = watcher_ ? watcher_->wait(ContentWatcher::Clock::now()) : std::nullopt;
  poll(fds, 2, left ? static_cast<int>(left->count()) : -1);
  if ((fds[1].revents & POLLIN) != 0) watcher_->read_events(ContentWatcher::Clock::now());
  eventfd_t ignored = 0;
  eventfd_read(wake_fd_, &ignored);
}

void Reloader::answer_requests() {
  std::vector<Request> waiting;
  requests_.drain(waiting);
  for (const Request& request : waiting) {
    const ReloadOutcome outcome = look(request.note, false);
    if (request.answer) request.answer->set_value(outcome);
  }
}

/// @param by_itself  the watch asked for it: what was said already is not said again
ReloadOutcome Reloader::look(const VersionNote& note, bool by_itself) {
  const Result<content::ContentTexts> texts = read_content_folder(settings_.folder);
  if (!texts) return refuse(texts.error().message, by_itself, texts.error().message);
  if (*texts != *live_.texts) return take(*texts, note, by_itself);
  const std::lock_guard lock(mutex_);
  failure_.reset();
  refused_id_.clear();
  return {true, false, live_.content->version, {}};
}

ReloadOutcome Reloader::take(const content::ContentTexts& texts, VersionNote note, bool by_itself) {
  Span span("content reload");
  const ContextScope scope(span.context());
  ReloadOutcome outcome = take_set(texts, std::move(note), by_itself);
  span.set("game.content.version", outcome.version).set("game.content.accepted", outcome.accepted);
  if (!outcome.accepted) span.fail(outcome.problems);
  return outcome;
}

ReloadOutcome Reloader::take_set(const content::ContentTexts& texts, VersionNote note, bool by_itself) {
  const Result<room::SharedContent> loaded = settings_.load(texts, live_.content.get());
  if (!loaded) return refuse(loaded.error().message, by_itself, texts_id(texts));
  if (note.reason.empty()) note.reason = changed_files(*live_.texts, texts);
  Result<LiveSet> next = keep_as_live(store_, texts, *loaded, note);
  if (!next) return refuse(next.error().message, by_itself, texts_id(texts));
  const std::uint32_t version = next->content->version;
  log_info("content: a version is live", {{"version", version}, {"hash", fmt::format("{:016x}", next->content->hash)}});
  const LiveSet before = live_;
  go_live(*std::move(next));
  for (const ContentChange& change : content_changes(*before.texts, texts)) log_info("content: " + change.words);
  count(Counter::ContentAccepted);
  return {true, true, version, {}};
}

ReloadOutcome Reloader::refuse(const std::string& problems, bool by_itself, std::string texts_id) {
  const std::lock_guard lock(mutex_);
  failure_ = ReloadFailure{time_of_failure(), problems};
  if (!by_itself || refused_id_ != texts_id) {
    count(Counter::ContentRefused);
    log_each_line(problems);
    log_error("content: the change is refused; the version before stays live", {{"version", live_.content->version}});
  }
  refused_id_ = std::move(texts_id);
  return {false, false, live_.content->version, problems};
}

void Reloader::go_live(LiveSet next) {
  for (int tries = 0; !rooms_.adopt(next.content) && tries < kAdoptTriesMax; ++tries)
    std::this_thread::sleep_for(kAdoptRetryInterval);
  const std::lock_guard lock(mutex_);
  before_ = std::exchange(live_, std::move(next)).content;
  failure_.reset();
  refused_id_.clear();
  ++reloads_;
}

}  // namespace throng::services
