#include "sim/ai/find_paths.h"

#include <algorithm>

#include "sim/ai/steering.h"

namespace throng::sim {
namespace {

using Queue = std::vector<PathWanted>;

void sort_by_wait(Queue::iterator begin, Queue::iterator middle, Queue::iterator end) {
  std::nth_element(begin, middle, end, [](const PathWanted& a, const PathWanted& b) {
    return a.since != b.since ? a.since < b.since : a.monster < b.monster;
  });
}

/// The ones to be served now come to the front.
void choose_served(Queue& queue) {
  const auto oldest_end = queue.begin() + kSearchesForOldest;
  const auto served_end = queue.begin() + kSearchesMax;
  sort_by_wait(queue.begin(), oldest_end, queue.end());
  const auto near_end = std::partition(oldest_end, queue.end(), [](const PathWanted& one) { return one.near; });
  if (near_end > served_end) {
    sort_by_wait(oldest_end, served_end, near_end);
  } else {
    sort_by_wait(near_end, served_end, queue.end());
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
  if (queue.size() > kSearchesMax) choose_served(queue);
  std::uint32_t examined = 0;
  for (const PathWanted& next : queue) {
    if (examined >= kExaminedPerTickMax) return;
    find_path(state, ctx, next.monster);
    examined += ctx.paths.examined();
  }
}

}  // namespace throng::sim
