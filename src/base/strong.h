#pragma once
// Strong numbers: a unit or an id is a type, so that a tick is never added to a distance.

#include <compare>
#include <cstddef>
#include <functional>

namespace throng {

/// A number that only meets its own kind. `Tag` is an empty struct; arithmetic is opted in by `Quantity`.
template <typename Tag, typename Rep>
struct Id {
  Rep value{};
  friend constexpr auto operator<=>(Id, Id) = default;
};

/// A strong number with the arithmetic of a quantity: sum, difference, scaling, ratio.
template <typename Tag, typename Rep>
struct Quantity {
  Rep value{};
  friend constexpr auto operator<=>(Quantity, Quantity) = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {static_cast<Rep>(a.value + b.value)}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {static_cast<Rep>(a.value - b.value)}; }
  friend constexpr Quantity operator*(Quantity a, Rep factor) { return {static_cast<Rep>(a.value * factor)}; }
  friend constexpr Rep operator/(Quantity a, Quantity b) { return a.value / b.value; }
  friend constexpr Quantity operator/(Quantity a, Rep divisor) { return {static_cast<Rep>(a.value / divisor)}; }
  constexpr Quantity& operator+=(Quantity b) {
    value = static_cast<Rep>(value + b.value);
    return *this;
  }
  constexpr Quantity& operator-=(Quantity b) {
    value = static_cast<Rep>(value - b.value);
    return *this;
  }
};

}  // namespace throng

template <typename Tag, typename Rep>
struct std::hash<throng::Id<Tag, Rep>> {
  std::size_t operator()(throng::Id<Tag, Rep> id) const noexcept { return std::hash<Rep>{}(id.value); }
};
