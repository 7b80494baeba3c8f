#pragma once
// Counts the heap allocations of a thread. Defines the program's operator new: one source file of a program may
// include it. The bench build counts by itself.

#include <cstdint>

#ifdef THRONG_BENCH

#include "base/allocations.h"

namespace throng::heap {
inline std::uint64_t allocations_so_far() { return allocations_of_this_thread(); }
}  // namespace throng::heap

#else

#include <cstdlib>
#include <new>

namespace throng::heap {

inline thread_local std::uint64_t t_allocations_so_far = 0;
inline std::uint64_t allocations_so_far() { return t_allocations_so_far; }

inline void* counted(void* memory) {
  ++t_allocations_so_far;
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
inline std::size_t at_least_one(std::size_t size) { return size == 0 ? 1 : size; }

}  // namespace throng::heap

// Not inlined: g++ would see free() meet its idea of operator new, and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
  return throng::heap::counted(std::malloc(throng::heap::at_least_one(size)));
}
[[gnu::noinline]] void* operator new[](std::size_t size) { return ::operator new(size); }
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto align = static_cast<std::size_t>(alignment);
  return throng::heap::counted(
      std::aligned_alloc(align, (throng::heap::at_least_one(size) + align - 1) / align * align));
}
[[gnu::noinline]] void* operator new[](std::size_t size, std::align_val_t alignment) {
  return ::operator new(size, alignment);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

#endif
