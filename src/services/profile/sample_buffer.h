#pragma once
// Where a signal handler puts stacks: a bounded piece of memory that is there before the first of them comes.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace throng::services {

/// Frames of a stack that are kept, innermost first; those beyond are left out.
inline constexpr std::size_t kStackFramesMax = 96;

class SampleBuffer {
 public:
  /// 8 MiB: about 40,000 stacks of the usual depth, which is 400 seconds of work of one core.
  static constexpr std::size_t kDefaultWords = std::size_t{1} << 20;

  explicit SampleBuffer(std::size_t words = kDefaultWords)
      : words_(std::make_unique<std::atomic<std::uintptr_t>[]>(words)), capacity_(words) {}

  /// From any thread, and from a signal handler. What does not fit is counted as lost.
  /// @param frames  1 to kStackFramesMax
  void add(std::uint32_t thread, std::span<const std::uintptr_t> frames) {
    const std::size_t need = frames.size() + 1;
    std::size_t at = used_.load(std::memory_order_relaxed);
    do {
      if (at + need > capacity_) {
        lost_.fetch_add(1, std::memory_order_relaxed);
        return;
      }
    } while (!used_.compare_exchange_weak(at, at + need, std::memory_order_relaxed));
    for (std::size_t i = 0; i < frames.size(); ++i) words_[at + 1 + i].store(frames[i], std::memory_order_relaxed);
    words_[at].store(std::uintptr_t{thread} << 8 | frames.size(), std::memory_order_relaxed);
  }

  /// When nobody adds any more.
  void for_each(const std::function<void(std::uint32_t thread, std::span<const std::uintptr_t> frames)>& take) const;
  std::uint64_t lost() const { return lost_.load(std::memory_order_relaxed); }

 private:
  static_assert(std::atomic<std::uintptr_t>::is_always_lock_free);  // a handler may not wait
  std::unique_ptr<std::atomic<std::uintptr_t>[]> words_;            // thread and number of frames, then the frames
  const std::size_t capacity_;
  std::atomic<std::size_t> used_{0};
  std::atomic<std::uint64_t> lost_{0};
};

}  // namespace throng::services
