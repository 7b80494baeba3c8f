#pragma once
// Result<T>: a value, or the environment's reason why there is none. The member names are those of
// std::expected, which g++ 12 lacks in C++20 mode, so that this file can be dropped later.

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace throng {

/// Why something that depends on the outside world failed, in words for the person who can mend it:
/// what, where (file, line, path, address), and what to do.
struct Error {
  std::string message;
};

/// The failure half of a Result while it travels up; made by `fail`.
struct Failure {
  Error error;
};

/// Builds a failure: `return fail("rooms.json:3: …");`
inline Failure fail(std::string message) { return Failure{Error{std::move(message)}}; }
inline Failure fail(Error error) { return Failure{std::move(error)}; }

/// A T or an Error. Asking for the half that is not there is a caller's bug (std::get throws, which
/// ends the process: no caller catches it).
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}            // NOLINT: implicit by design
  Result(Failure failure) : state_(std::in_place_index<1>, std::move(failure.error)) {}  // NOLINT

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Failure failure) : error_(std::move(failure.error)) {}  // NOLINT: implicit by design

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  const Error& error() const& { return *error_; }
  Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace throng

#define THRONG_CONCAT_INNER(a, b) a##b
#define THRONG_CONCAT(a, b) THRONG_CONCAT_INNER(a, b)

/// `THRONG_TRY(const int rolls, root.integer("rolls"));` declares `rolls`, or returns the error.
#define THRONG_TRY(declaration, expression)                                     \
  auto THRONG_CONCAT(result_, __LINE__) = (expression);                         \
  if (!THRONG_CONCAT(result_, __LINE__).has_value())                            \
    return ::throng::fail(std::move(THRONG_CONCAT(result_, __LINE__)).error()); \
  declaration = *std::move(THRONG_CONCAT(result_, __LINE__))

/// The same for a Result<void>.
#define THRONG_CHECK(expression)                                                                           \
  if (auto THRONG_CONCAT(result_, __LINE__) = (expression); !THRONG_CONCAT(result_, __LINE__).has_value()) \
  return ::throng::fail(std::move(THRONG_CONCAT(result_, __LINE__)).error())
