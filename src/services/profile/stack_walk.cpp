#include "services/profile/stack_walk.h"

#include <algorithm>
#include <array>

#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

namespace throng::services {
namespace {

constexpr std::uintptr_t kRecordBytes = 2 * sizeof(std::uintptr_t);  // the caller's frame pointer, the return address
constexpr std::uintptr_t kPageBytes = 4096;  // or a part of one: only so that no read depends on the page behind it

/// A copy of some of the stack, so that the kernel is asked once for several frames.
class StackCopy {
 public:
  /// Null: there is no such memory.
  const std::uintptr_t* record_at(std::uintptr_t at) {
    if (!holds(at)) copy_from(at);
    return holds(at) ? &words_[(at - begin_) / sizeof(std::uintptr_t)] : nullptr;
  }

 private:
  bool holds(std::uintptr_t at) const {
    return bytes_ >= kRecordBytes && at >= begin_ && at - begin_ <= bytes_ - kRecordBytes;
  }

  void copy_from(std::uintptr_t at) {
    const std::size_t to_page_end = std::min<std::uintptr_t>(sizeof words_, kPageBytes - at % kPageBytes);
    const iovec local{words_.data(), sizeof words_};
    const std::array<iovec, 2> remote{{{reinterpret_cast<void*>(at), to_page_end},
                                       {reinterpret_cast<void*>(at + to_page_end), sizeof words_ - to_page_end}}};
    const ssize_t got = process_vm_readv(getpid(), &local, 1, remote.data(), remote.size(), 0);
    begin_ = at;
    bytes_ = got > 0 ? static_cast<std::size_t>(got) : 0;
  }

  std::uintptr_t begin_ = 0;
  std::size_t bytes_ = 0;
  std::array<std::uintptr_t, 256> words_;
};

}  // namespace

InterruptedAt interrupted_at(const void* ucontext) {
  [[maybe_unused]] const auto& machine = static_cast<const ucontext_t*>(ucontext)->uc_mcontext;
#if defined(__x86_64__)
  return {static_cast<std::uintptr_t>(machine.gregs[REG_RIP]), static_cast<std::uintptr_t>(machine.gregs[REG_RBP]),
          static_cast<std::uintptr_t>(machine.gregs[REG_RSP])};
#elif defined(__aarch64__)
  return {machine.pc, machine.regs[29], machine.sp};
#else
  return {};
#endif
}

Result<void> can_walk_stacks() {
  const std::array<std::uintptr_t, 2> here{};
  StackCopy copy;
  if (copy.record_at(reinterpret_cast<std::uintptr_t>(here.data())) != nullptr) return {};
  return fail("the system does not let this program read its own stack: allow process_vm_readv in its seccomp profile");
}

std::size_t walk_stack(const InterruptedAt& from, std::span<std::uintptr_t> frames) {
  std::size_t count = 0;
  if (count < frames.size() && from.pc != 0) frames[count++] = from.pc;
  StackCopy stack;
  std::uintptr_t frame = from.frame;
  std::uintptr_t low = from.stack;
  while (count < frames.size()) {
    if (frame < low || frame - from.stack > kStackBytesMax || frame % sizeof(std::uintptr_t) != 0) break;
    const std::uintptr_t* const record = stack.record_at(frame);
    if (record == nullptr || record[1] == 0) break;
    frames[count++] = record[1];
    low = frame + kRecordBytes;  // so that a loop in the chain ends the walk
    frame = record[0];
  }
  return count;
}

}  // namespace throng::services
