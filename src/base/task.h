#pragma once
// A call to make later, on another thread or at another time. Captures are values and ids, never `this`
// of something that may be gone.

#include <memory>
#include <type_traits>
#include <utility>

namespace throng {

/// Move-only `void()`; std::function cannot hold what is move-only and g++ 12 has no move_only_function.
class Task {
 public:
  Task() = default;
  template <typename F>
    requires(!std::is_same_v<std::decay_t<F>, Task> && std::is_invocable_v<std::decay_t<F>&>)
  Task(F&& function) : call_(std::make_unique<Holder<std::decay_t<F>>>(std::forward<F>(function))) {}  // NOLINT

  explicit operator bool() const { return call_ != nullptr; }
  void operator()() { call_->run(); }

 private:
  struct Base {
    virtual ~Base() = default;
    virtual void run() = 0;
  };
  template <typename F>
  struct Holder final : Base {
    explicit Holder(F&& f) : function(std::move(f)) {}
    explicit Holder(const F& f) : function(f) {}
    void run() override { function(); }
    F function;
  };

  std::unique_ptr<Base> call_;
};

}  // namespace throng
