#include "sim/ai/find_paths.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"

namespace throng::sim::test {
namespace {

/// Monsters that all want a way: the first `near` of them beside the player, the rest far from everybody.
struct Crowd : Wilds {
  Crowd(int near, int far) : Wilds(bestiary(), content::open_field("wide", 8000, 8000)) {
    player({units(500), units(500)});
    for (int i = 0; i < near; ++i) add({units(400 + i), units(500)});
    for (int i = 0; i < far; ++i) add({units(7000), units(7000 + i)});
  }

  void add(Position where) {
    monsters.push_back(monster("boar", where));
    state.monster(monsters.back()).path_wanted = true;
    state.monster(monsters.back()).path_due = state.now;
    state.monster(monsters.back()).destination = {where.x + units(50), where.y};
  }

  void search() {
    TickContext ctx = context();
    state.monster_scratch.players.rebuild(state.map->width, state.map->height, state.positions, state.entities);
    state.monster_scratch.queue.clear();
    for (const EntityIndex index : monsters) {
      const MonsterState& monster = state.monster(index);
      const bool near = state.monster_scratch.players.anybody_near(state.positions[index.value]);
      if (monster.path_wanted) state.monster_scratch.queue.push_back({monster.path_due, index, near});
    }
    find_paths(state, ctx);
  }

  int served(std::size_t first, std::size_t last) const {
    return static_cast<int>(std::count_if(monsters.begin() + static_cast<std::ptrdiff_t>(first),
                                          monsters.begin() + static_cast<std::ptrdiff_t>(last),
                                          [&](EntityIndex i) { return !state.monster(i).path_wanted; }));
  }

  std::vector<EntityIndex> monsters;
};

TEST(FindPaths, ServesAllWhenTheyAreFew) {
  Crowd crowd(3, 3);
  crowd.search();
  EXPECT_EQ(crowd.served(0, 6), 6);
  EXPECT_EQ(crowd.state.monster(crowd.monsters[0]).path_length, 1);
}

TEST(FindPaths, UnderOverloadServesABoundedNumberAndTheSeenFirst) {
  Crowd crowd(40, 40);
  crowd.search();
  EXPECT_EQ(crowd.served(0, 80), static_cast<int>(kSearchesMax));
  EXPECT_GE(crowd.served(0, 40), static_cast<int>(kSearchesMax - kSearchesForOldest));
}

TEST(FindPaths, WhoHasWaitedLongestIsServedThoughNobodySeesIt) {
  Crowd crowd(200, 3);
  for (std::size_t i = 200; i < 203; ++i) crowd.state.monster(crowd.monsters[i]).path_due = Tick{0};
  crowd.search();
  EXPECT_EQ(crowd.served(200, 203), 3);
}

TEST(FindPaths, NobodyWaitsForEver) {
  Crowd crowd(100, 100);
  for (int i = 0; i < 200 && crowd.served(0, 200) < 200; ++i) {
    crowd.search();
    crowd.state.now += Tick{1};
    for (std::size_t n = 0; n < 100; ++n) {  // those near players want another way at once
      MonsterState& monster = crowd.state.monster(crowd.monsters[n]);
      if (!monster.path_wanted) monster.path_due = crowd.state.now;
    }
  }
  EXPECT_EQ(crowd.served(100, 200), 100);
}

}  // namespace
}  // namespace throng::sim::test
