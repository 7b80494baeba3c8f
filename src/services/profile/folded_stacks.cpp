#include "services/profile/folded_stacks.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace throng::services {
namespace {

std::string root_name(const std::map<std::uint32_t, std::string>& thread_names, std::uint32_t thread) {
  const auto found = thread_names.find(thread);
  std::string name = found == thread_names.end() || found->second.empty() ? "thread" : found->second;
  std::replace(name.begin(), name.end(), ';', ':');
  return name;
}

}  // namespace

FoldedStacks fold_stacks(const SampleBuffer& samples, const std::map<std::uint32_t, std::string>& thread_names,
                         const std::function<const std::string&(std::uintptr_t)>& name_of) {
  FoldedStacks folded;
  std::map<std::string, std::uint64_t> counts;
  samples.for_each([&](std::uint32_t thread, std::span<const std::uintptr_t> frames) {
    std::string stack = root_name(thread_names, thread);
    for (std::size_t i = frames.size(); i-- > 0;) {
      stack += ';';
      // A return address is behind the call, which may have been its function's last instruction.
      stack += name_of(i == 0 ? frames[i] : frames[i] - 1);
    }
    ++counts[stack];
    ++folded.samples;
  });
  std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [stack, count] : sorted) {
    const std::string line = fmt::format("{} {}\n", stack, count);
    if (folded.text.size() + line.size() > kFoldedBytesMax) break;
    folded.text += line;
  }
  return folded;
}

}  // namespace throng::services
