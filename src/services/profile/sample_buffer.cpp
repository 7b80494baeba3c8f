#include "services/profile/sample_buffer.h"

#include <algorithm>
#include <array>

namespace throng::services {

void SampleBuffer::for_each(
    const std::function<void(std::uint32_t thread, std::span<const std::uintptr_t> frames)>& take) const {
  std::array<std::uintptr_t, kStackFramesMax> frames;
  const std::size_t end = used_.load();
  for (std::size_t at = 0; at < end;) {
    const std::uintptr_t head = words_[at].load();
    const std::size_t count = std::min<std::size_t>(head & 0xff, kStackFramesMax);
    for (std::size_t i = 0; i < count; ++i) frames[i] = words_[at + 1 + i].load();
    take(static_cast<std::uint32_t>(head >> 8), std::span(frames.data(), count));
    at += count + 1;
  }
}

}  // namespace throng::services
