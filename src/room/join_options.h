#pragma once
// What a client asked for when it joined: the flat part of its JSON options. Untrusted; rooms check what they use.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/trace_context.h"
#include "room/arrival.h"

namespace throng::room {

class JoinOptions {
 public:
  using Value = std::variant<std::string, double, bool>;
  /// Options beyond the first 32 are ignored.
  static constexpr std::size_t kOptionsMax = 32;

  void add(std::string key, Value value) {
    if (values_.size() < kOptionsMax) values_.emplace_back(std::move(key), std::move(value));
  }
  std::optional<std::string_view> text(std::string_view key) const {
    const auto* value = find<std::string>(key);
    if (value == nullptr) return std::nullopt;
    return std::string_view(*value);
  }
  std::optional<double> number(std::string_view key) const {
    const auto* value = find<double>(key);
    if (value == nullptr) return std::nullopt;
    return *value;
  }

  /// Set by the server alone, for somebody who comes from another room; null for everybody else.
  std::shared_ptr<const Arrival> arrival;
  /// Set by the server alone: the match-making that gave out the seat, so that the join is part of its trace.
  SpanContext trace;

 private:
  template <typename T>
  const T* find(std::string_view key) const {
    for (const auto& [name, value] : values_) {
      if (name == key) return std::get_if<T>(&value);
    }
    return nullptr;
  }

  std::vector<std::pair<std::string, Value>> values_;
};

}  // namespace throng::room
