#include "sim/ai/transitions.h"

#include <algorithm>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"

namespace throng::sim::test {
namespace {

/// How a row of the table comes about: brings a monster to `from`, and then what makes it change.
struct HowItHappens {
  AiState from;
  Reason reason;
  std::function<EntityIndex(Wilds&)> make;
};

EntityIndex walker(Wilds& wilds, std::string_view kind) {
  const EntityIndex monster = wilds.monster(kind);
  TickContext ctx = wilds.context();
  enter(wilds.state, ctx, monster, Reason::PauseOver);
  wilds.state.monster(monster).destination = Wilds::at(0, 300);
  return monster;
}

EntityIndex resting(Wilds& wilds, std::string_view kind) { return wilds.monster(kind); }

using Make = std::function<EntityIndex(Wilds&, std::string_view)>;

auto noticing(const Make& make) {
  return [=](Wilds& wilds) {
    const EntityIndex monster = make(wilds, "wolf");
    wilds.player(Wilds::at(100));
    return monster;
  };
}
auto provoked(const Make& make) {
  return [=](Wilds& wilds) {
    const EntityIndex monster = make(wilds, "boar");
    wilds.hit(wilds.player(Wilds::at(100)), monster, 5);
    return monster;
  };
}
auto called(const Make& make) {
  return [=](Wilds& wilds) {
    const EntityIndex monster = make(wilds, "wolf");
    const EntityIndex first = wilds.monster("wolf", Wilds::at(200));
    wilds.hit(wilds.player(Wilds::at(390)), first, 5);
    return monster;
  };
}
auto owner_fights(const Make& make) {
  return [=](Wilds& wilds) {
    const EntityIndex monster = make(wilds, "wolf");
    const EntityIndex owner = wilds.player(Wilds::at(30));
    wilds.state.monster(monster).owner = wilds.state.ref(owner);
    wilds.state.player(owner).auto_target = wilds.state.ref(wilds.monster("boar", Wilds::at(200)));
    return monster;
  };
}
auto afraid(const Make& make) {
  return [=](Wilds& wilds) {
    const EntityIndex monster = make(wilds, "sheep");
    wilds.hit(wilds.player(Wilds::at(30)), monster, 60);
    return monster;
  };
}

EntityIndex chasing(Wilds& wilds, std::string_view kind, int distance = 300) {
  const EntityIndex monster = wilds.monster(kind);
  wilds.fight(monster, wilds.player(Wilds::at(distance)));
  return monster;
}
EntityIndex attacking(Wilds& wilds, std::string_view kind) {
  const EntityIndex monster = chasing(wilds, kind, 20);
  EXPECT_TRUE(wilds.reaches(monster, AiState::Attack));
  return monster;
}
EntityIndex fleeing(Wilds& wilds, std::string_view kind) {
  const EntityIndex monster = attacking(wilds, kind);
  wilds.set_hp(monster, 10);
  EXPECT_TRUE(wilds.reaches(monster, AiState::Flee));
  return monster;
}
EntityIndex the_player(Wilds& wilds) { return wilds.state.entities.indexes(EntityKind::Player).front(); }

EntityIndex killed(Wilds& wilds, EntityIndex monster) {
  wilds.hit(the_player(wilds), monster, 1'000'000);
  return monster;
}

const std::vector<HowItHappens> kWays = {
    {AiState::Idle, Reason::PauseOver,
     [](Wilds& w) {
       const EntityIndex monster = w.monster("stroller");
       w.state.monster(monster).decide_at = w.state.now;
       return monster;
     }},
    {AiState::Idle, Reason::OwnerLeft,
     [](Wilds& w) {
       const EntityIndex monster = w.monster("wolf");
       w.state.monster(monster).owner = w.state.ref(w.player(Wilds::at(200)));
       w.state.monster(monster).decide_at = w.state.now;
       return monster;
     }},
    {AiState::Patrol, Reason::Arrived, [](Wilds& w) { return walker(w, "boar"); }},
    {AiState::Idle, Reason::Noticed, noticing(resting)},
    {AiState::Patrol, Reason::Noticed, noticing(walker)},
    {AiState::Idle, Reason::Provoked, provoked(resting)},
    {AiState::Patrol, Reason::Provoked, provoked(walker)},
    {AiState::Idle, Reason::Called, called(resting)},
    {AiState::Patrol, Reason::Called, called(walker)},
    {AiState::Idle, Reason::OwnerFights, owner_fights(resting)},
    {AiState::Patrol, Reason::OwnerFights, owner_fights(walker)},
    {AiState::Chase, Reason::InRange, [](Wilds& w) { return chasing(w, "boar"); }},
    {AiState::Attack, Reason::OutOfRange,
     [](Wilds& w) {
       const EntityIndex monster = attacking(w, "boar");
       w.put(the_player(w), Wilds::at(150));
       return monster;
     }},
    {AiState::Idle, Reason::Afraid, afraid(resting)},
    {AiState::Patrol, Reason::Afraid, afraid(walker)},
    {AiState::Chase, Reason::Afraid,
     [](Wilds& w) {
       const EntityIndex monster = chasing(w, "goblin");
       w.set_hp(monster, 20);
       return monster;
     }},
    {AiState::Attack, Reason::Afraid,
     [](Wilds& w) {
       const EntityIndex monster = attacking(w, "goblin");
       w.set_hp(monster, 20);
       return monster;
     }},
    {AiState::Flee, Reason::Recovered, [](Wilds& w) { return fleeing(w, "goblin"); }},
    {AiState::Flee, Reason::Escaped,
     [](Wilds& w) {
       const EntityIndex monster = fleeing(w, "goblin");
       w.put(the_player(w), Wilds::at(-500));
       return monster;
     }},
    {AiState::Flee, Reason::Leashed,
     [](Wilds& w) {
       const EntityIndex monster = fleeing(w, "goblin");
       w.state.monster(monster).home = Wilds::at(0, 620);
       return monster;
     }},
    {AiState::Chase, Reason::NobodyLeft,
     [](Wilds& w) {
       const EntityIndex monster = chasing(w, "boar");
       w.set_hp(the_player(w), 0);
       return monster;
     }},
    {AiState::Attack, Reason::NobodyLeft,
     [](Wilds& w) {
       const EntityIndex monster = attacking(w, "boar");
       w.set_hp(the_player(w), 0);
       return monster;
     }},
    {AiState::Chase, Reason::Leashed,
     [](Wilds& w) {
       const EntityIndex monster = chasing(w, "boar");
       w.put(the_player(w), Wilds::at(900));
       return monster;
     }},
    {AiState::Attack, Reason::Leashed,
     [](Wilds& w) {
       const EntityIndex monster = attacking(w, "boar");
       w.state.monster(monster).home = Wilds::at(0, 620);
       return monster;
     }},
    {AiState::Chase, Reason::Unreachable,
     [](Wilds& w) {
       const EntityIndex monster = chasing(w, "boar");
       w.state.monster(monster).unreachable_since = w.state.now;  // path_finding_test.cpp does it with walls
       w.state.monster(monster).state_since = Tick{0};
       w.state.now += Tick{60};
       return monster;
     }},
    {AiState::Return, Reason::Home,
     [](Wilds& w) {
       const EntityIndex monster = chasing(w, "boar");
       w.set_hp(the_player(w), 0);
       EXPECT_TRUE(w.reaches(monster, AiState::Return));
       return monster;
     }},
    {AiState::Idle, Reason::Died,
     [](Wilds& w) {
       w.player(Wilds::at(30));
       return killed(w, w.monster("sheep"));
     }},
    {AiState::Patrol, Reason::Died,
     [](Wilds& w) {
       w.player(Wilds::at(30));
       return killed(w, walker(w, "sheep"));
     }},
    {AiState::Chase, Reason::Died, [](Wilds& w) { return killed(w, chasing(w, "boar")); }},
    {AiState::Attack, Reason::Died, [](Wilds& w) { return killed(w, attacking(w, "boar")); }},
    {AiState::Flee, Reason::Died, [](Wilds& w) { return killed(w, fleeing(w, "goblin")); }},
    {AiState::Return, Reason::Died,
     [](Wilds& w) {
       const EntityIndex monster = chasing(w, "boar");
       w.set_hp(the_player(w), 0);
       EXPECT_TRUE(w.reaches(monster, AiState::Return));
       TickContext ctx = w.context();
       w.events.clear();
       monster_died(w.state, ctx, monster, {});
       w.history.insert(w.history.end(), w.events.begin(), w.events.end());
       return monster;
     }},
};

bool happened(const Wilds& wilds, EntityIndex monster, const Transition& row) {
  const auto changes = wilds.told<MonsterStateChanged>();
  return std::any_of(changes.begin(), changes.end(), [&](const MonsterStateChanged& change) {
    return change.monster.index == monster && change.from == row.from && change.to == row.to;
  });
}

TEST(Transitions, HaveOneRowForAStateAndAReason) {
  for (const Transition& a : transitions()) {
    const auto same = std::count_if(transitions().begin(), transitions().end(),
                                    [&](const Transition& b) { return a.from == b.from && a.reason == b.reason; });
    EXPECT_EQ(same, 1) << ai_state_name(a.from) << " " << reason_name(a.reason);
    EXPECT_NE(a.from, a.to);
    EXPECT_NE(a.from, AiState::Dead);
  }
}

TEST(Transitions, EachRowHappens) {
  for (const Transition& row : transitions()) {
    SCOPED_TRACE(std::string(ai_state_name(row.from)) + " " + std::string(reason_name(row.reason)));
    const auto way = std::find_if(kWays.begin(), kWays.end(), [&](const HowItHappens& candidate) {
      return candidate.from == row.from && candidate.reason == row.reason;
    });
    ASSERT_NE(way, kWays.end()) << "a row without a test";
    Wilds wilds;
    const EntityIndex monster = way->make(wilds);
    for (int i = 0; i < 400 && !happened(wilds, monster, row); ++i) wilds.tick();
    EXPECT_TRUE(happened(wilds, monster, row));
  }
}

TEST(TransitionsDeathTest, OneThatIsNotInTheTableIsABug) {
  Wilds wilds;
  const EntityIndex monster = wilds.monster("boar");
  TickContext ctx = wilds.context();
  EXPECT_DEATH(enter(wilds.state, ctx, monster, Reason::InRange), "not in the table");
}

TEST(Transitions, AFightThatIsGivenUpLeavesNothingBehind) {
  Wilds wilds;
  const EntityIndex monster = attacking(wilds, "boar");
  wilds.hit(the_player(wilds), monster, 30);
  wilds.set_hp(the_player(wilds), 0);
  ASSERT_TRUE(wilds.reaches(monster, AiState::Return));
  EXPECT_EQ(wilds.state.threat(monster).count, 0);
  EXPECT_FALSE(wilds.state.monster(monster).target.named());
  ASSERT_TRUE(wilds.reaches(monster, AiState::Idle));
  EXPECT_EQ(wilds.state.fighter(monster).hp, 100);
}

}  // namespace
}  // namespace throng::sim::test
