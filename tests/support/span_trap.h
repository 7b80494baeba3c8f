#pragma once
// Catches the spans of a test.

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "base/trace.h"

namespace throng::test {

/// From its making to its end, spans come here.
class SpanTrap final : public SpanSink {
 public:
  explicit SpanTrap(const Sampler& sampler = {}) { start_tracing(*this, sampler); }
  ~SpanTrap() override { stop_tracing(); }

  void take(std::unique_ptr<SpanRecord> span) override {
    const std::lock_guard lock(mutex_);
    spans_.push_back(std::move(*span));
  }

  std::vector<SpanRecord> spans() const {
    const std::lock_guard lock(mutex_);
    return spans_;
  }
  /// The first of this name; an empty record when there is none.
  SpanRecord named(std::string_view name) const {
    for (const SpanRecord& span : spans()) {
      if (span.name == name) return span;
    }
    return {};
  }
  std::size_t count_named(std::string_view name) const {
    std::size_t count = 0;
    for (const SpanRecord& span : spans()) count += span.name == name ? 1 : 0;
    return count;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<SpanRecord> spans_;
};

/// The value of an attribute as text; empty when there is none.
inline std::string attribute_text(const SpanRecord& span, std::string_view key) {
  for (const SpanAttribute& attribute : span.attributes) {
    if (attribute.key != key) continue;
    if (const auto* number = std::get_if<std::int64_t>(&attribute.value)) return std::to_string(*number);
    if (const auto* truth = std::get_if<bool>(&attribute.value)) return *truth ? "true" : "false";
    return std::get<std::string>(attribute.value);
  }
  return {};
}

}  // namespace throng::test
