#pragma once
// Our own mistakes. THRONG_ASSERT stays on in release: a broken invariant must not reach a player's data.
// THRONG_ODD is for what surprises us and yet is safe to go on from. Neither is ever for outside input.

#include <string_view>

namespace throng {

/// Called once with a description just before an assertion ends the process, so that the owner can
/// write down room, tick and seed. Plain function pointer; set once at start-up.
using AssertHook = void (*)(std::string_view what);
void set_assert_hook(AssertHook hook);

/// When true (tests), a THRONG_ODD ends the process like an assertion.
void set_odd_is_fatal(bool fatal);

[[noreturn]] void assert_failed(const char* condition, const char* file, int line, std::string_view note);
void odd_happened(const char* condition, const char* file, int line, std::string_view note);

}  // namespace throng

#define THRONG_ASSERT(condition, note) \
  (static_cast<bool>(condition) ? void(0) : ::throng::assert_failed(#condition, __FILE__, __LINE__, note))

/// Evaluates to the condition, so that the caller can step round the doubt: `if (!THRONG_ODD(...)) return;`
#define THRONG_ODD(condition, note) \
  (static_cast<bool>(condition) ? true : (::throng::odd_happened(#condition, __FILE__, __LINE__, note), false))
