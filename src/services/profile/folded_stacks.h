#pragma once
// Stacks as text, which speedscope and flame graph programs open: a line for each different stack, root first, frames apart
// by `;`, and behind a space how often it was seen.

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "services/profile/sample_buffer.h"

namespace throng::services {

/// Size of the text; the rarest stacks are left out when there is more.
inline constexpr std::size_t kFoldedBytesMax = 16u << 20;

struct FoldedStacks {
  std::string text;  ///< the most frequent stack first
  std::uint64_t samples = 0;  ///< all that were taken, those left out too
};

/// @param thread_names  roots of the stacks; a thread without name is `thread`
/// @param name_of       of an address inside of a function
FoldedStacks fold_stacks(const SampleBuffer& samples, const std::map<std::uint32_t, std::string>& thread_names,
                         const std::function<const std::string&(std::uintptr_t)>& name_of);

}  // namespace throng::services
