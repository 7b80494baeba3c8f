#include "sim/ai/why.h"

#include <iterator>

#include <fmt/format.h>

#include "content/game/game_content.h"

namespace throng::sim {
namespace {

/// What the option's value means to a reader.
std::string shown_value(const WhyOption& option, const content::GameContent& content) {
  const std::string_view what = option.what;
  if (what == "cast" || what == "cast of its phase" || (what == "act" && option.value > 0)) {
    const bool known = option.value >= 0 && static_cast<std::size_t>(option.value) < content.skills.size();
    return known ? " " + content.skills[static_cast<std::size_t>(option.value)].id : std::string();
  }
  if (option.value == 0) return {};
  if (what == "target") return fmt::format(" with threat {}", option.value);
  return fmt::format(" ({})", option.value);
}

void append_entry(std::string& text, const WhyEntry& entry, const content::GameContent& content) {
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "tick {}: {}", entry.tick.value, ai_state_name(entry.before));
  if (entry.after != entry.before) fmt::format_to(out, " -> {}", ai_state_name(entry.after));
  fmt::format_to(out, ", health {}", entry.hp);
  if (entry.target.named()) fmt::format_to(out, ", target {}", entry.target.id.value);
  if (entry.target_distance_mu >= 0) fmt::format_to(out, " at {} units", entry.target_distance_mu / kMilliunitsPerUnit);
  text += '\n';
  for (std::size_t i = 0; i < entry.option_count; ++i) {
    const WhyOption& option = entry.options[i];
    fmt::format_to(out, "  {}{}: {}\n", option.what, shown_value(option, content), option.verdict);
  }
}

}  // namespace

std::string explain(const WhyLog& log, const content::GameContent& content) {
  std::string text;
  for (const WhyEntry& entry : log.entries) append_entry(text, entry, content);
  return text;
}

}  // namespace throng::sim
