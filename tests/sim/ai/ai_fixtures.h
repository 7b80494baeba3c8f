#pragma once
// A field with monsters and players for the tests of src/sim/ai: a state that ticks with the systems monsters need.

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/ai/monsters.h"
#include "sim/ai/senses.h"
#include "sim/ai/transitions.h"
#include "sim/combat/combat_stats.h"
#include "sim/combat/damage.h"
#include "sim/combat/status.h"
#include "sim/sim_fixtures.h"
#include "sim/skill/casting.h"
#include "sim/space/move_bodies.h"

namespace throng::sim::test {

inline content::MonsterDef kind_named(std::string id, content::Aggression aggression) {
  content::MonsterDef kind;
  kind.id = kind.name = std::move(id);
  kind.aggression = aggression;
  kind.patrol = content::PatrolMode::None;
  kind.max_hp = 100;
  kind.attack = 5;
  kind.corpse_ms = 1000;
  return kind;
}

/// wolf (aggressive, pack), boar (neutral), goblin (neutral, flees), sheep (passive, flees), stroller (passive, random).
inline content::GameContent bestiary() {
  using content::Aggression;
  content::GameContent game = two_kinds();
  game.monsters.clear();
  content::MonsterDef wolf = kind_named("wolf", Aggression::Aggressive);
  wolf.pack = "wolves";
  content::MonsterDef goblin = kind_named("goblin", Aggression::Neutral);
  goblin.flee_below = {2'000};
  goblin.flee_ms = 1000;
  content::MonsterDef sheep = kind_named("sheep", Aggression::Passive);
  sheep.flee_below = {5'000};
  sheep.flee_ms = 1000;
  content::MonsterDef stroller = kind_named("stroller", Aggression::Passive);
  stroller.patrol = content::PatrolMode::Random;
  stroller.idle_ms_min = 100;
  stroller.idle_ms_max = 300;
  game.monsters = {wolf, kind_named("boar", Aggression::Neutral), goblin, sheep, stroller};
  return game;
}

struct Wilds : Scene {
  static constexpr Position kMiddle{units(1000), units(1000)};

  explicit Wilds(content::GameContent game = bestiary(), content::MapDef map = content::open_field("field", 2000, 2000))
      : Scene(std::move(map), std::move(game)) {
    state.now = Tick{1};
  }

  static Position at(int dx, int dy = 0) { return {kMiddle.x + units(dx), kMiddle.y + units(dy)}; }

  EntityIndex monster(std::string_view kind, Position where = kMiddle) {
    TickContext ctx = context();
    const EntityIndex index = *add_monster(state, ctx, *state.content->find_monster(kind), where, {content::kNoNumber});
    state.monster(index).decide_at = state.now + Tick{1'000'000};  // a test says when it strolls
    return index;
  }

  EntityIndex player(Position where, int hp = 1'000'000) {
    const EntityIndex index = *state.add_entity(EntityKind::Player, where);
    state.player(index).key = PlayerKey{++players_};
    state.players_by_key.insert(PlayerKey{players_}, index);
    refresh_stats(state, index);
    state.fighter(index).stats[content::Stat::MaxHp] = hp;
    state.fighter(index).hp = hp;
    return index;
  }

  void tick(int times = 1) {
    for (int i = 0; i < times; ++i) {
      state.now += Tick{1};
      events.clear();
      TickContext ctx = context();
      advance_statuses(state, ctx);
      advance_casts(state, ctx);
      run_spawners(state, ctx);
      think_monsters(state, ctx);
      move_bodies(state, ctx);
      history.insert(history.end(), events.begin(), events.end());
    }
  }

  /// A blow from one to another, between two ticks.
  void hit(EntityIndex from, EntityIndex to, int power) {
    events.clear();
    TickContext ctx = context();
    deal_damage(state, ctx, {.source = state.ref(from), .target = to, .power = power, .can_crit = false});
    history.insert(history.end(), events.begin(), events.end());
  }

  void fight(EntityIndex monster, EntityIndex target) {
    TickContext ctx = context();
    begin_fight(state, ctx, monster, state.ref(target), Reason::Provoked);
  }

  /// Ticks until the monster is in this state. @return whether it got there
  bool reaches(EntityIndex monster, AiState wanted, int ticks_max = 400) {
    for (int i = 0; i < ticks_max && ai(monster) != wanted; ++i) tick();
    return ai(monster) == wanted;
  }

  AiState ai(EntityIndex monster) const { return state.monster(monster).ai; }
  Position place(EntityIndex index) const { return state.positions[index.value]; }
  void put(EntityIndex index, Position where) { state.positions[index.value] = where; }
  void set_hp(EntityIndex index, int hp) { state.fighter(index).hp = hp; }

  template <typename T>
  std::vector<T> told() const {
    std::vector<T> found;
    for (const Event& event : history) {
      if (const T* wanted = std::get_if<T>(&event)) found.push_back(*wanted);
    }
    return found;
  }

  std::vector<Event> history;

 private:
  std::uint32_t players_ = 0;
};

}  // namespace throng::sim::test
