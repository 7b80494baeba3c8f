#include "sim/ai/find_paths.h"

#include <algorithm>

#include "sim/ai/steering.h"

namespace throng::sim {
namespace {

using Queue = std::vector<EntityIndex>;

void sort_by_wait(const WorldState& state, Queue::iterator begin, Queue::iterator middle, Queue::iterator end) {
  std::nth_element(begin, middle, end, [&](EntityIndex a, EntityIndex b) {
    const Tick since_a = state.monster(a).path_due;
    const Tick since_b = state.monster(b).path_due;
    return since_a != since_b ? since_a < since_b : a < b;
  });
}

/// The ones to be served now come to the front.
void choose_served(const WorldState& state, Queue& queue) {
  const auto oldest_end = queue.begin() + kSearchesForOldest;
  const auto served_end = queue.begin() + kSearchesMax;
  sort_by_wait(state, queue.begin(), oldest_end, queue.end());
  const Presence& players = state.monster_scratch.players;
  const auto near_end = std::partition(
      oldest_end, queue.end(), [&](EntityIndex index) { return players.anybody_near(state.positions[index.value]); });
  if (near_end > served_end) {
    sort_by_wait(state, oldest_end, served_end, near_end);
  } else {
    sort_by_wait(state, near_end, served_end, queue.end());
  }
  queue.resize(kSearchesMax);
}

void find_path(WorldState& state, TickContext& ctx, EntityIndex index) {
  MonsterState& monster = state.monster(index);
  std::vector<Position>& found = state.monster_scratch.waypoints;
  const PathOutcome outcome = ctx.paths.find(state.map->walk, state.positions[index.value], monster.destination,
                                             ctx.ground.body_half_size(), found);
  const std::size_t length = std::min(found.size(), kMonsterPathMax);
  std::copy_n(found.begin(), length, monster.path.begin());
  monster.path_length = static_cast<std::uint8_t>(length);
  monster.path_next = 0;
  monster.path_wanted = false;
  monster.path_due = state.now + state.ticks(kSearchPauseMs);
  monster.decide_at = state.now;
  if (outcome == PathOutcome::Reached) {
    monster.unreachable_since = {};
  } else if (monster.unreachable_since == Tick{}) {
    monster.unreachable_since = state.now;
  }
}

}  // namespace

void find_paths(WorldState& state, TickContext& ctx) {
  Queue& queue = state.monster_scratch.queue;
  if (queue.size() > kSearchesMax) choose_served(state, queue);
  for (const EntityIndex index : queue) find_path(state, ctx, index);
}

}  // namespace throng::sim
