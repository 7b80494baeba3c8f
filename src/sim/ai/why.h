#pragma once
// Why a monster did what it did: the last decisions of the one that somebody asked about.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/units.h"
#include "sim/actors.h"
#include "sim/ai/ai_state.h"

namespace throng::content {
struct GameContent;
}

namespace throng::sim {

/// An option that was weighed. Texts are constants of the program.
struct WhyOption {
  const char* what = "";     ///< `attack`, `cast` …
  const char* verdict = "";  ///< `chosen`, `target out of range` …
  std::int64_t value = 0;    ///< what it was weighed by; meaning by `what`: of a cast the SkillRef
};

struct WhyEntry {
  static constexpr std::size_t kOptionsMax = 8;
  Tick tick;
  AiState before = AiState::Idle;
  AiState after = AiState::Idle;
  ActorRef target;
  std::int32_t hp = 0;
  std::int64_t target_distance_mu = -1;  ///< milliunits; -1: no target
  std::array<WhyOption, kOptionsMax> options{};
  std::uint8_t option_count = 0;
};

/// Outside of the state: it changes nothing, is not saved and not in the digest.
struct WhyLog {
  static constexpr std::size_t kEntriesMax = 64;  ///< the oldest goes
  ActorRef monster;       ///< none: nobody is watched
  std::vector<WhyEntry> entries;
};

/// One paragraph per decision, oldest first: for people. Empty when nobody is watched.
std::string explain(const WhyLog& log, const content::GameContent& content);

}  // namespace throng::sim
