#pragma once
// What a room lives among, faked: a transport and a directory that remember, and a scheduler that is told the time.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "room/client_frames.h"
#include "room/ports.h"

namespace throng::room::test {

struct Closed {
  LinkId link;
  int code = 0;
  std::string reason;
};

/// Links answer Sent unless `answers` says otherwise.
class RecordingTransport final : public SessionTransport {
 public:
  LinkStatus send(LinkId link, FrameBuffer& frame) override {
    const auto found = answers.find(link);
    const LinkStatus answer = found == answers.end() ? LinkStatus::Sent : found->second;
    if (answer == LinkStatus::Full || answer == LinkStatus::Gone) return answer;
    const ByteSpan bytes = frame.view();
    sent_[link].emplace_back(bytes.begin(), bytes.end());
    return answer;
  }
  void close(LinkId link, std::uint16_t code, std::string_view reason) override {
    closed.push_back({link, code, std::string(reason)});
  }
  void abandon(LinkId link) override { abandoned.push_back(link); }

  const std::vector<Bytes>& to(LinkId link) { return sent_[link]; }
  std::vector<Bytes> to(LinkId link, protocol::Opcode opcode) {
    std::vector<Bytes> found = sent_[link];
    std::erase_if(found, [opcode](const Bytes& frame) { return opcode_of(frame) != opcode; });
    return found;
  }
  /// The texts of the `type` messages that reached the link, by the payload's `key`.
  std::vector<std::string> texts(LinkId link, const std::string& type, const std::string& key) {
    std::vector<std::string> found;
    for (const Bytes& frame : to(link, protocol::Opcode::RoomData)) {
      if (type_of(frame) == type) found.push_back(text_in(payload_of(frame), key));
    }
    return found;
  }
  void forget() { sent_.clear(); }
  /// Code that the link was closed with; zero when it was not.
  int close_code(LinkId link) const {
    const auto found =
        std::find_if(closed.begin(), closed.end(), [link](const Closed& one) { return one.link == link; });
    return found == closed.end() ? 0 : found->code;
  }

  std::map<LinkId, LinkStatus> answers;
  std::vector<Closed> closed;
  std::vector<LinkId> abandoned;

 private:
  std::map<LinkId, std::vector<Bytes>> sent_;
};

class RecordingDirectory final : public DirectoryOutlet {
 public:
  void publish(const DirectoryChange& change) override { changes.push_back(change); }
  std::vector<DirectoryChange> changes;
};

/// Remembers who wants to go where; the test answers.
class RecordingTravel final : public Travel {
 public:
  void find_seat(TravelRequest request) override { requests.push_back(std::move(request)); }
  std::vector<TravelRequest> requests;
};

/// Runs what is due when the time is moved on, in order of time.
class ManualScheduler final : public Scheduler {
 public:
  explicit ManualScheduler(ManualClock& clock) : clock_(clock) {}

  MonotonicTime now() const override { return clock_.now(); }
  void call_at(MonotonicTime when, Task task) override { tasks_.emplace(when, std::move(task)); }
  void poll_inputs() override { ++polls; }

  /// To the given time, stopping at every task on the way.
  void advance(Nanoseconds by) {
    const MonotonicTime end = clock_.now() + by;
    while (!tasks_.empty() && tasks_.begin()->first <= end) {
      if (tasks_.begin()->first > clock_.now()) clock_.advance(tasks_.begin()->first - clock_.now());
      run_first();
    }
    clock_.advance(end - clock_.now());
  }
  /// To the given time in one leap, as when the thread was held up; only then what is due runs.
  void stall(Nanoseconds by) {
    clock_.advance(by);
    while (!tasks_.empty() && tasks_.begin()->first <= clock_.now()) run_first();
  }

  int polls = 0;

 private:
  void run_first() {
    Task task = std::move(tasks_.extract(tasks_.begin()).mapped());
    task();
  }

  ManualClock& clock_;
  std::multimap<MonotonicTime, Task> tasks_;
};

}  // namespace throng::room::test
