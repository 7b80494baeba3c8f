#pragma once
// Things to do later, earliest first. Used by the event loop; one thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/task.h"

namespace throng::net {

/// A timer that was set; the default is none. Ids of timers that ran or were cancelled are harmless.
struct TimerId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
  friend bool operator==(TimerId, TimerId) = default;
};

/// Timers that may wait at once; more is a leak of ours and asserts.
inline constexpr std::size_t kTimersMax = 1u << 20;

/// Min-heap with positions kept in slots, so that cancelling takes the entry out at once.
/// Timers of equal time run in the order in which they were set.
class TimerQueue {
 public:
  TimerId add(MonotonicTime when, Task task);
  void cancel(TimerId id);

  std::size_t size() const { return heap_.size(); }
  std::optional<MonotonicTime> next_time() const;

  /// A mark that separates the timers set so far from later ones.
  std::uint64_t mark() const { return next_sequence_; }
  /// Removes and returns the earliest timer that is due at `now`, if it was set before `mark`; else an empty task.
  Task pop_due(MonotonicTime now, std::uint64_t mark);

 private:
  struct Entry {
    MonotonicTime when;
    std::uint64_t sequence;
    std::uint32_t slot;
    bool before(const Entry& other) const { return when != other.when ? when < other.when : sequence < other.sequence; }
  };
  struct Slot {
    Task task;
    std::uint32_t generation = 1;
    std::uint32_t heap_index = 0;
  };

  std::uint32_t take_slot();
  Task remove_at(std::size_t index);
  void place(std::size_t index, const Entry& entry);
  void sift_up(std::size_t index);
  void sift_down(std::size_t index);

  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace throng::net
