// Deeds are counted, and what is worth a mention is earned.
#include <algorithm>

#include "sim/item/items.h"
#include "sim/progress/experience.h"
#include "sim/progress/progress_systems.h"

namespace throng::sim {
namespace {

using content::Deed;

constexpr std::size_t kDeeds = static_cast<std::size_t>(Deed::CoinsEarned) + 1;
/// A fight was close when less than this share of the health is left.
constexpr BasisPoints kCloseFight{1'000};

DeedEntry& entry_of(Journal& journal, content::AchievementRef achievement) {
  const auto at =
      std::lower_bound(journal.deeds.begin(), journal.deeds.end(), achievement,
                       [](const DeedEntry& entry, content::AchievementRef ref) { return entry.achievement < ref; });
  if (at != journal.deeds.end() && at->achievement == achievement) return *at;
  return *journal.deeds.insert(at, {achievement, 0, false});
}

void earn(WorldState& state, TickContext& ctx, EntityIndex player, content::AchievementRef ref) {
  const content::AchievementDef& achievement = state.content->achievement(ref);
  ctx.tell(AchievementEarned{state.player(player).key, ref});
  move_coins(state, ctx, player, achievement.coins, Source::Achievement);
  if (achievement.experience > 0) give_experience(state, ctx, player, achievement.experience, Source::Achievement);
}

/// Something that is worth counting.
struct Done {
  Deed deed;
  std::int64_t amount = 1;
  content::MonsterRef monster{content::kNoNumber};  ///< of Kills
};

bool is_about(const content::AchievementDef& achievement, const Done& done) {
  if (achievement.retired || achievement.deed != done.deed) return false;
  return !achievement.monster.named() || achievement.monster.ref == done.monster;
}

void count_deed(WorldState& state, TickContext& ctx, EntityIndex player, const Done& done) {
  const auto& achievements = state.content->achievements;
  for (std::size_t i = 0; i < achievements.size(); ++i) {
    if (!is_about(achievements[i], done)) continue;
    const content::AchievementRef ref{static_cast<std::uint16_t>(i)};
    DeedEntry& entry = entry_of(state.journal(player), ref);
    if (entry.earned) continue;
    const std::int64_t total =
        done.deed == Deed::Level ? std::max(entry.count, done.amount) : entry.count + done.amount;
    entry.count = std::min<std::int64_t>(total, achievements[i].count);
    if (entry.count < achievements[i].count) continue;
    entry.earned = true;
    earn(state, ctx, player, ref);  // may tell of more; the fold goes on to that
  }
}

/// Selling what one buys is no way to wealth, and gifts are no deeds.
bool is_earned(Source source) {
  return source == Source::Kill || source == Source::Quest || source == Source::Achievement || source == Source::Loot;
}

class DeedFold {
 public:
  DeedFold(WorldState& state, TickContext& ctx) : state_(state), ctx_(ctx) {
    for (const content::AchievementDef& achievement : state.content->achievements) {
      if (!achievement.retired) wanted_[static_cast<std::size_t>(achievement.deed)] = true;
    }
  }

  void run() {
    for (std::size_t i = 0; i < ctx_.events.size(); ++i) {
      const Event event = ctx_.events[i];  // a copy: what is told meanwhile may move the list
      std::visit([this](const auto& which) { read(which); }, event);
    }
  }

 private:
  void read(const KillCredited& kill) {
    const auto player = state_.players_by_key.find(kill.key);
    if (!player) return;
    count(*player, {.deed = Deed::Kills, .monster = kill.monster});
    const Fighter& fighter = state_.fighter(*player);
    const std::int64_t limit = std::int64_t{fighter.max_hp()} * kCloseFight.value;
    if (!fighter.dead() && std::int64_t{fighter.hp} * kBasisPointsWhole < limit) {
      count(*player, {.deed = Deed::SurvivedLow});
    }
  }

  void read(const Damaged& damaged) {
    if (damaged.amount <= 0) return;
    const bool by_itself = damaged.source == damaged.target;
    if (is_player(damaged.source) && !by_itself) {
      count(damaged.source.index, {.deed = Deed::DamageDealt, .amount = damaged.amount});
    }
    // Who is dead by the end of the tick has not survived it.
    if (is_player(damaged.target) && !state_.fighter(damaged.target.index).dead()) {
      count(damaged.target.index, {.deed = Deed::DamageTaken, .amount = damaged.amount});
    }
  }

  void read(const LevelReached& reached) { count_key(reached.key, {.deed = Deed::Level, .amount = reached.level}); }

  /// A character may bring its level along from elsewhere.
  void read(const PlayerSpawned& spawned) {
    const auto player = state_.players_by_key.find(spawned.key);
    if (player && state_.fighter(*player).level > 1) {
      count(*player, {.deed = Deed::Level, .amount = state_.fighter(*player).level});
    }
  }

  void read(const QuestChanged& changed) {
    if (changed.state == QuestState::Completed) count_key(changed.key, {.deed = Deed::QuestsCompleted});
  }

  void read(const PickedUp& picked) {
    if (content::is_set(picked.item)) count_key(picked.key, {.deed = Deed::ItemsLooted, .amount = picked.count});
  }

  void read(const CoinsMoved& moved) {
    if (moved.amount > 0 && is_earned(moved.source)) {
      count_key(moved.key, {.deed = Deed::CoinsEarned, .amount = moved.amount});
    }
  }

  template <typename Other>
  void read(const Other&) {}

  bool is_player(ActorRef actor) const {
    return state_.exists(actor) && state_.kind(actor.index) == EntityKind::Player;
  }

  void count_key(PlayerKey key, const Done& done) {
    if (const auto player = state_.players_by_key.find(key)) count(*player, done);
  }

  void count(EntityIndex player, const Done& done) {
    if (wanted_[static_cast<std::size_t>(done.deed)]) count_deed(state_, ctx_, player, done);
  }

  WorldState& state_;
  TickContext& ctx_;
  std::array<bool, kDeeds> wanted_{};
};

}  // namespace

void progress_deeds(WorldState& state, TickContext& ctx) { DeedFold(state, ctx).run(); }

void count_level(WorldState& state, TickContext& ctx, EntityIndex player) {
  count_deed(state, ctx, player, {.deed = Deed::Level, .amount = state.fighter(player).level});
}

void note_chat(WorldState& state, TickContext& ctx, const NoteChat& intent) {
  if (const auto player = state.players_by_key.find(intent.key)) {
    count_deed(state, ctx, *player, {.deed = Deed::ChatLines});
  }
}

}  // namespace throng::sim
