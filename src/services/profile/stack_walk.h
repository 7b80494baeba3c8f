#pragma once
// The callers of an interrupted function, by the chain of frame pointers that our build keeps. Libraries keep none: their
// frame pointer may be any number, so the kernel reads the stack for us and says where there is nothing to be read.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"

namespace throng::services {

/// What a thread was doing when it was interrupted.
struct InterruptedAt {
  std::uintptr_t pc = 0;
  std::uintptr_t frame = 0;  ///< the frame pointer; anything at all in code that keeps none
  std::uintptr_t stack = 0;  ///< the stack pointer
};

/// From a `ucontext_t`; all zeroes on a processor that we do not know.
InterruptedAt interrupted_at(const void* ucontext);

/// No frame is looked for further from the stack pointer.
inline constexpr std::size_t kStackBytesMax = std::size_t{8} << 20;

/// Whether the system lets us read our own stacks (process_vm_readv); the error says what to do.
Result<void> can_walk_stacks();

/// The interrupted place, then return addresses, innermost first. Goes only upward from the stack pointer; any numbers are
/// safe. Async-signal-safe. @return how many of `frames` were filled
std::size_t walk_stack(const InterruptedAt& from, std::span<std::uintptr_t> frames);

}  // namespace throng::services
