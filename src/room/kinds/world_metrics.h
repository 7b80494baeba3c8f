#pragma once
// What happens in a world, as metrics: a fold over the events of its ticks. No player, no place, no text.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "content/game/items.h"
#include "room/ports.h"
#include "sim/ai/ai_state.h"
#include "sim/event.h"
#include "sim/world.h"

namespace throng::room {

/// Where a source of things and experience comes from, in a word.
std::string_view source_name(sim::Source source);

/// One world's. The room's thread. Finds its series when it is made and when the content changes; else allocates nothing.
class WorldMetrics {
 public:
  explicit WorldMetrics(const sim::World& world);
  ~WorldMetrics();
  WorldMetrics(const WorldMetrics&) = delete;
  WorldMetrics& operator=(const WorldMetrics&) = delete;

  void note(const sim::Event& event);
  /// After the world has taken up other content.
  void content_changed();

 private:
  static constexpr std::size_t kSources = sim::kSources;
  static constexpr std::size_t kQuestStates = 4;
  enum class Side : std::uint8_t { Player, Monster, Other };  ///< who takes part in a fight
  static constexpr std::size_t kSides = 3;
  enum class Combat : std::uint8_t {
    Hit,
    Critical,
    Absorbed,
    Heal,
    StatusBegan,
    StatusEnded,
    CastStarted,
    CastFinished,
    CastInterrupted,
    BossPhase,
    Count_
  };
  using BySource = std::array<CounterSeries, kSources>;

  template <typename T>
  void on(const T&) {}  // of no interest
  void on(const sim::MonsterSpawned& event);
  void on(const sim::EntityRemoved& event);
  void on(const sim::Damaged& event);
  void on(const sim::Healed& event);
  void on(const sim::StatusChanged& event);
  void on(const sim::CastTold& event);
  void on(const sim::BossPhaseBegan&) { count(combat(Combat::BossPhase)); }
  void on(const sim::Died& event);
  void on(const sim::KillCredited& event);
  void on(const sim::MonsterStateChanged& event);
  void on(const sim::ExperienceGained& event);
  void on(const sim::LevelReached& event);
  void on(const sim::QuestChanged& event);
  void on(const sim::AchievementEarned& event);
  void on(const sim::DropAppeared& event);
  void on(const sim::ItemMoved& event);
  void on(const sim::CoinsMoved& event);

  void find_series();
  void find_content_series();
  Side side_of(sim::ActorRef actor) const;
  CounterSeries combat(Combat kind) const { return combat_[static_cast<std::size_t>(kind)]; }
  void put_into(sim::EntityIndex index, sim::AiState state);

  const sim::World& world_;
  std::array<CounterSeries, static_cast<std::size_t>(Combat::Count_)> combat_;
  std::array<std::array<CounterSeries, kSides>, kSides> damage_;
  std::array<CounterSeries, kSides> healing_;
  std::array<CounterSeries, kSides> deaths_;
  std::array<CounterSeries, content::kRarities + 1> drops_;  ///< the last: coins
  std::array<CounterSeries, kQuestStates> quests_;
  BySource experience_, experience_lost_, currency_created_, currency_destroyed_, items_gained_, items_lost_;
  std::array<std::array<CounterSeries, sim::kAiStates>, sim::kAiStates> transitions_;
  std::array<GaugeSeries, sim::kAiStates> monsters_;
  std::vector<CounterSeries> skills_;  ///< by number
  std::vector<CounterSeries> kills_;  ///< by kind of monster
  std::vector<std::uint8_t> state_of_;  ///< by entity index: state and one; 0: no monster. Bound: entities_max
};

}  // namespace throng::room
