#pragma once
// A call to make later, on another thread or at another time. Captures are values and ids, never `this`
// of something that may be gone.

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace throng {

/// Move-only `void()`; std::function cannot hold what is move-only and g++ 12 has no move_only_function.
/// Captures of up to kInlineBytes live inside, so timers and posts of the steady state do not allocate.
class Task {
 public:
  static constexpr std::size_t kInlineBytes = 48;

  Task() = default;
  template <typename F>
    requires(!std::is_same_v<std::decay_t<F>, Task> && std::is_invocable_v<std::decay_t<F>&>)
  Task(F&& function) {  // NOLINT: implicit by design
    using Stored = std::decay_t<F>;
    if constexpr (sizeof(Stored) <= kInlineBytes && std::is_nothrow_move_constructible_v<Stored>) {
      ::new (static_cast<void*>(storage_)) Stored(std::forward<F>(function));
      operations_ = &inline_operations<Stored>;
    } else {
      using Holder = std::unique_ptr<Stored>;
      ::new (static_cast<void*>(storage_)) Holder(std::make_unique<Stored>(std::forward<F>(function)));
      operations_ = &boxed_operations<Stored>;
    }
  }
  Task(Task&& other) noexcept { take(other); }
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      reset();
      take(other);
    }
    return *this;
  }
  ~Task() { reset(); }

  explicit operator bool() const { return operations_ != nullptr; }
  void operator()() { operations_->run(storage_); }

 private:
  struct Operations {
    void (*run)(void*);
    void (*move)(void* from, void* to);
    void (*destroy)(void*);
  };
  template <typename Stored>
  static constexpr Operations inline_operations{
      [](void* at) { (*static_cast<Stored*>(at))(); },
      [](void* from, void* to) { ::new (to) Stored(std::move(*static_cast<Stored*>(from))); },
      [](void* at) { static_cast<Stored*>(at)->~Stored(); }};
  template <typename Stored>
  static constexpr Operations boxed_operations{
      [](void* at) { (**static_cast<std::unique_ptr<Stored>*>(at))(); },
      [](void* from, void* to) {
        ::new (to) std::unique_ptr<Stored>(std::move(*static_cast<std::unique_ptr<Stored>*>(from)));
      },
      [](void* at) { std::destroy_at(static_cast<std::unique_ptr<Stored>*>(at)); }};

  void take(Task& other) {
    operations_ = other.operations_;
    if (operations_ != nullptr) operations_->move(other.storage_, storage_);
    other.reset();
  }
  void reset() {
    if (operations_ != nullptr) operations_->destroy(storage_);
    operations_ = nullptr;
  }

  alignas(std::max_align_t) std::byte storage_[kInlineBytes];
  const Operations* operations_ = nullptr;
};

}  // namespace throng
