#include "room/kinds/world_metrics.h"

#include <algorithm>

#include "base/counters.h"

namespace throng::room {
namespace {

constexpr std::array<std::string_view, sim::kSources> kSourceNames{
    "kill", "quest", "achievement", "loot", "shop", "use", "death", "game_master", "destroy", "start", "trade", "mail"};
constexpr std::array<std::string_view, 4> kQuestStateNames{"none", "active", "ready", "completed"};
/// In the order of sim::AiState.
constexpr std::array<std::string_view, sim::kAiStates> kStateNames{"idle", "patrol", "chase", "attack",
                                                                   "flee", "return", "dead"};
constexpr std::array<std::string_view, 3> kSideNames{"player", "monster", "other"};
constexpr std::array<std::string_view, 10> kCombatNames{
    "hit",          "critical",      "absorbed",         "heal",      "status_began", "status_ended",
    "cast_started", "cast_finished", "cast_interrupted", "boss_phase"};

template <std::size_t N>
void find_all(CounterFamily family, const std::array<std::string_view, N>& names, std::array<CounterSeries, N>& to) {
  for (std::size_t i = 0; i < N; ++i) to[i] = series(family, {names[i]});
}

}  // namespace

std::string_view source_name(sim::Source source) { return kSourceNames[static_cast<std::size_t>(source)]; }

WorldMetrics::WorldMetrics(const sim::World& world) : world_(world), state_of_(world.settings().entities_max, 0) {
  find_series();
  find_content_series();
  for (const sim::EntityIndex index : world.entities().indexes(sim::EntityKind::Monster)) {
    if (world.entities().alive(index)) put_into(index, world.monster(index).ai);  // of a world that goes on
  }
}

WorldMetrics::~WorldMetrics() {
  for (const std::uint8_t state : state_of_) {
    if (state != 0) shift(monsters_[state - 1u], -1);
  }
}

void WorldMetrics::find_series() {
  find_all(CounterFamily::Combat, kCombatNames, combat_);
  find_all(CounterFamily::Quests, kQuestStateNames, quests_);
  find_all(CounterFamily::HealingDone, kSideNames, healing_);
  find_all(CounterFamily::Deaths, kSideNames, deaths_);
  find_all(CounterFamily::Experience, kSourceNames, experience_);
  find_all(CounterFamily::ExperienceLost, kSourceNames, experience_lost_);
  find_all(CounterFamily::CurrencyCreated, kSourceNames, currency_created_);
  find_all(CounterFamily::CurrencyDestroyed, kSourceNames, currency_destroyed_);
  find_all(CounterFamily::ItemsGained, kSourceNames, items_gained_);
  find_all(CounterFamily::ItemsLost, kSourceNames, items_lost_);
  for (std::size_t source = 0; source < kSides; ++source) {
    for (std::size_t target = 0; target < kSides; ++target)
      damage_[source][target] = series(CounterFamily::DamageDealt, {kSideNames[source], kSideNames[target]});
  }
  for (std::size_t i = 0; i < content::kRarities; ++i)
    drops_[i] = series(CounterFamily::Drops, {content::rarity_name(static_cast<content::Rarity>(i))});
  drops_.back() = series(CounterFamily::Drops, {"coins"});
  for (std::size_t from = 0; from < sim::kAiStates; ++from) {
    monsters_[from] = series(Gauge::Monsters, {kStateNames[from]});
    for (std::size_t to = 0; to < sim::kAiStates; ++to)
      transitions_[from][to] = series(CounterFamily::AiTransitions, {kStateNames[from], kStateNames[to]});
  }
}

void WorldMetrics::find_content_series() {
  const content::GameContent& content = world_.content();
  skills_.clear();
  for (const content::SkillDef& skill : content.skills)
    skills_.push_back(series(CounterFamily::SkillsUsed, {skill.id}));
  kills_.clear();
  for (const content::MonsterDef& monster : content.monsters)
    kills_.push_back(series(CounterFamily::Kills, {monster.id}));
}

void WorldMetrics::content_changed() { find_content_series(); }

void WorldMetrics::note(const sim::Event& event) {
  std::visit([this](const auto& which) { on(which); }, event);
}

WorldMetrics::Side WorldMetrics::side_of(sim::ActorRef actor) const {
  if (!actor.named() || !world_.state().exists(actor)) return Side::Other;
  switch (world_.entities().kind(actor.index)) {
    case sim::EntityKind::Player: return Side::Player;
    case sim::EntityKind::Monster: return Side::Monster;
    case sim::EntityKind::Npc:
    case sim::EntityKind::Drop: break;
  }
  return Side::Other;
}

// Monsters

void WorldMetrics::put_into(sim::EntityIndex index, sim::AiState state) {
  std::uint8_t& known = state_of_[index.value];
  if (known != 0) shift(monsters_[known - 1u], -1);
  known = static_cast<std::uint8_t>(static_cast<std::uint8_t>(state) + 1);
  shift(monsters_[static_cast<std::size_t>(state)], 1);
}

void WorldMetrics::on(const sim::MonsterSpawned& event) { put_into(event.index, sim::AiState::Idle); }

void WorldMetrics::on(const sim::EntityRemoved& event) {
  std::uint8_t& known = state_of_[event.index.value];
  if (known != 0) shift(monsters_[known - 1u], -1);
  known = 0;
}

void WorldMetrics::on(const sim::MonsterStateChanged& event) {
  count(transitions_[static_cast<std::size_t>(event.from)][static_cast<std::size_t>(event.to)]);
  if (world_.state().exists(event.monster)) put_into(event.monster.index, event.to);
}

// Fights

void WorldMetrics::on(const sim::Damaged& event) {
  count(combat(event.critical ? Combat::Critical : Combat::Hit));
  if (event.absorbed > 0) count(combat(Combat::Absorbed));
  const auto source = static_cast<std::size_t>(side_of(event.source));
  const auto target = static_cast<std::size_t>(side_of(event.target));
  if (event.amount > 0) count(damage_[source][target], static_cast<std::uint64_t>(event.amount));
}

void WorldMetrics::on(const sim::Healed& event) {
  count(combat(Combat::Heal));
  if (event.amount > 0)
    count(healing_[static_cast<std::size_t>(side_of(event.target))], static_cast<std::uint64_t>(event.amount));
}

void WorldMetrics::on(const sim::StatusChanged& event) {
  count(combat(event.stacks == 0 ? Combat::StatusEnded : Combat::StatusBegan));
}

void WorldMetrics::on(const sim::CastTold& event) {
  switch (event.stage) {
    case sim::CastStage::Started: return count(combat(Combat::CastStarted));
    case sim::CastStage::Interrupted: return count(combat(Combat::CastInterrupted));
    case sim::CastStage::Finished: break;
  }
  count(combat(Combat::CastFinished));
  if (content::is_set(event.skill) && event.skill.value < skills_.size()) count(skills_[event.skill.value]);
}

void WorldMetrics::on(const sim::Died& event) {
  const Side victim = event.kind == sim::EntityKind::Player    ? Side::Player
                      : event.kind == sim::EntityKind::Monster ? Side::Monster
                                                               : Side::Other;
  count(deaths_[static_cast<std::size_t>(victim)]);
}

void WorldMetrics::on(const sim::KillCredited& event) {
  if (event.own && event.monster.value < kills_.size()) count(kills_[event.monster.value]);
}

// Progress and things

void WorldMetrics::on(const sim::ExperienceGained& event) {
  const auto source = static_cast<std::size_t>(event.source);
  if (event.amount >= 0) return count(experience_[source], static_cast<std::uint64_t>(event.amount));
  count(experience_lost_[source], static_cast<std::uint64_t>(-event.amount));
}

void WorldMetrics::on(const sim::LevelReached&) { count(Counter::LevelsReached); }
void WorldMetrics::on(const sim::AchievementEarned&) { count(Counter::AchievementsEarned); }
void WorldMetrics::on(const sim::QuestChanged& event) { count(quests_[static_cast<std::size_t>(event.state)]); }

void WorldMetrics::on(const sim::DropAppeared& event) {
  if (!content::is_set(event.item)) return count(drops_.back());
  count(drops_[static_cast<std::size_t>(world_.content().item(event.item).rarity)]);
}

void WorldMetrics::on(const sim::ItemMoved& event) {
  const auto source = static_cast<std::size_t>(event.source);
  if (event.count >= 0) return count(items_gained_[source], static_cast<std::uint64_t>(event.count));
  count(items_lost_[source], static_cast<std::uint64_t>(-std::int64_t{event.count}));
}

void WorldMetrics::on(const sim::CoinsMoved& event) {
  const auto source = static_cast<std::size_t>(event.source);
  if (event.amount >= 0) return count(currency_created_[source], static_cast<std::uint64_t>(event.amount));
  count(currency_destroyed_[source], static_cast<std::uint64_t>(-event.amount));
}

}  // namespace throng::room
