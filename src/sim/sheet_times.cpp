#include "sim/sheet_times.h"

#include <algorithm>

#include "sim/combat/status.h"

namespace throng::sim {
namespace {

constexpr std::int32_t kBuffAmountMax = 1'000'000;
constexpr std::uint32_t kBuffRestMsMax = 7u * 24 * 3600 * 1000;

bool has_steps(StatusKind kind) { return kind == StatusKind::DamageOverTime || kind == StatusKind::HealOverTime; }

/// As the content of today knows it; nothing when it does not.
std::optional<ActiveStatus> status_from(const WorldState& state, const SavedBuff& saved) {
  const std::vector<std::string>& names = state.content->statuses;
  const auto name = std::find(names.begin(), names.end(), saved.status);
  if (name == names.end() || saved.rest_ms == 0) return std::nullopt;
  ActiveStatus status;
  status.status = {static_cast<std::uint16_t>(name - names.begin())};
  status.kind = saved.kind;
  status.stat = saved.stat;
  status.element = saved.element;
  status.harmful = saved.harmful;
  status.stacks = std::max<std::uint8_t>(saved.stacks, 1);
  status.amount = std::clamp(saved.amount, -kBuffAmountMax, kBuffAmountMax);
  status.until = tick_in(state, std::min(saved.rest_ms, kBuffRestMsMax));
  if (has_steps(saved.kind)) {
    status.interval = std::max(Tick{1}, ticks_from_ms(saved.interval_ms, state.settings.tick_rate_hz));
    status.next_step = state.now + ticks_from_ms(std::max(1u, saved.next_step_in_ms), state.settings.tick_rate_hz);
  }
  if (const auto skill = state.content->find_skill(saved.skill)) status.skill = *skill;
  return status;
}

std::uint32_t ms_of(const WorldState& state, Tick ticks) {
  const std::uint64_t ms = std::uint64_t{ticks.value} * 1000 / static_cast<std::uint64_t>(state.settings.tick_rate_hz);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(ms, UINT32_MAX));
}

}  // namespace

std::uint32_t ms_until(const WorldState& state, Tick ready) {
  return ready <= state.now ? 0 : ms_of(state, ready - state.now);
}

Tick tick_in(const WorldState& state, std::uint32_t ms) {
  return ms == 0 ? Tick{0} : state.now + ticks_from_ms(ms, state.settings.tick_rate_hz);
}

std::vector<SavedBuff> saved_buffs(const WorldState& state, EntityIndex player) {
  std::vector<SavedBuff> saved;
  const content::GameContent& content = *state.content;
  for (std::size_t i = 0; i < state.fighter(player).status_count; ++i) {
    const ActiveStatus& status = state.statuses[player.value][i];
    saved.push_back({.status = content.statuses[status.status.value],
                     .skill = content::is_set(status.skill) ? content.skill(status.skill).id : std::string(),
                     .kind = status.kind,
                     .stat = status.stat,
                     .element = status.element,
                     .harmful = status.harmful,
                     .stacks = status.stacks,
                     .amount = status.amount,
                     .rest_ms = ms_until(state, status.until),
                     .next_step_in_ms = has_steps(status.kind) ? ms_until(state, status.next_step) : 0,
                     .interval_ms = has_steps(status.kind) ? ms_of(state, status.interval) : 0});
  }
  return saved;
}

void apply_buffs(WorldState& state, EntityIndex player, std::span<const SavedBuff> buffs) {
  std::array<ActiveStatus, kStatusesMax> row{};
  std::size_t count = 0;
  for (const SavedBuff& saved : buffs) {
    if (count == row.size()) break;
    if (const std::optional<ActiveStatus> status = status_from(state, saved)) row[count++] = *status;
  }
  set_statuses(state, player, std::span(row).first(count));
}

}  // namespace throng::sim
