#include "net/timer_queue.h"

#include "base/assert.h"

namespace throng::net {

TimerId TimerQueue::add(MonotonicTime when, Task task) {
  THRONG_ASSERT(heap_.size() < kTimersMax, "timers are set without end");
  const std::uint32_t slot = take_slot();
  slots_[slot].task = std::move(task);
  heap_.push_back({when, next_sequence_++, slot});
  slots_[slot].heap_index = static_cast<std::uint32_t>(heap_.size() - 1);
  sift_up(heap_.size() - 1);
  return {slot, slots_[slot].generation};
}

void TimerQueue::cancel(TimerId id) {
  if (id.slot >= slots_.size() || slots_[id.slot].generation != id.generation || !slots_[id.slot].task) return;
  remove_at(slots_[id.slot].heap_index);
}

std::optional<MonotonicTime> TimerQueue::next_time() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().when;
}

Task TimerQueue::pop_due(MonotonicTime now, std::uint64_t mark) {
  if (heap_.empty() || heap_.front().when > now || heap_.front().sequence >= mark) return {};
  return remove_at(0);
}

std::uint32_t TimerQueue::take_slot() {
  if (free_slots_.empty()) {
    slots_.emplace_back();
    return static_cast<std::uint32_t>(slots_.size() - 1);
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  return slot;
}

Task TimerQueue::remove_at(std::size_t index) {
  Slot& slot = slots_[heap_[index].slot];
  Task task = std::move(slot.task);
  slot.task = Task();
  ++slot.generation;
  free_slots_.push_back(heap_[index].slot);
  const Entry last = heap_.back();
  heap_.pop_back();
  if (index < heap_.size()) {
    place(index, last);
    sift_up(index);
    sift_down(index);
  }
  return task;
}

void TimerQueue::place(std::size_t index, const Entry& entry) {
  heap_[index] = entry;
  slots_[entry.slot].heap_index = static_cast<std::uint32_t>(index);
}

void TimerQueue::sift_up(std::size_t index) {
  const Entry entry = heap_[index];
  while (index > 0 && entry.before(heap_[(index - 1) / 2])) {
    place(index, heap_[(index - 1) / 2]);
    index = (index - 1) / 2;
  }
  place(index, entry);
}

void TimerQueue::sift_down(std::size_t index) {
  const Entry entry = heap_[index];
  for (std::size_t child = 2 * index + 1; child < heap_.size(); child = 2 * index + 1) {
    if (child + 1 < heap_.size() && heap_[child + 1].before(heap_[child])) ++child;
    if (!heap_[child].before(entry)) break;
    place(index, heap_[child]);
    index = child;
  }
  place(index, entry);
}

}  // namespace throng::net
