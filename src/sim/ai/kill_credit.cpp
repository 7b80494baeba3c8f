#include "sim/ai/kill_credit.h"

#include <algorithm>

#include "sim/ai/threat.h"
#include "sim/party/party.h"
#include "sim/progress/experience.h"

namespace throng::sim {
namespace {

using Entry = ThreatTable::Entry;

bool is_player(const WorldState& state, ActorRef actor) {
  return state.exists(actor) && state.kind(actor.index) == EntityKind::Player;
}

/// Whether the actor has a share of its own: a player, in this world, who did damage.
bool helped(const WorldState& state, const Entry& entry) { return entry.damage > 0 && is_player(state, entry.actor); }

ActorRef greatest(const WorldState& state, const ThreatTable& table) {
  const Entry* most = nullptr;
  for (std::size_t i = 0; i < table.count; ++i) {
    const Entry& entry = table.entries[i];
    if (helped(state, entry) && (most == nullptr || entry.damage > most->damage)) most = &entry;
  }
  return most == nullptr ? ActorRef{} : most->actor;
}

struct Kill {
  WorldState& state;
  TickContext& ctx;
  EntityIndex monster;
  ActorRef own;  // whose kill it is above all

  const ThreatTable& table() const { return state.threat(monster); }
  content::MonsterRef kind() const { return state.monster(monster).kind; }
  Position at() const { return state.positions[monster.value]; }

  std::int64_t damage_total() const {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < table().count; ++i) total += table().entries[i].damage;
    return total;
  }
  bool together(EntityIndex a, EntityIndex b) const { return a == b || same_party(state, a, b); }

  std::int64_t damage_of_party(EntityIndex member) const {
    std::int64_t damage = 0;
    for (std::size_t i = 0; i < table().count; ++i) {
      const Entry& entry = table().entries[i];
      if (helped(state, entry) && together(entry.actor.index, member)) damage += entry.damage;
    }
    return damage;
  }
  /// The party's pool is shared out when the first of it in the table comes.
  bool is_first_of_party(std::size_t place) const {
    for (std::size_t i = 0; i < place; ++i) {
      const Entry& entry = table().entries[i];
      if (helped(state, entry) && together(entry.actor.index, table().entries[place].actor.index)) return false;
    }
    return true;
  }
  void credit(EntityIndex player, std::int64_t experience) const {
    ctx.tell(KillCredited{state.player(player).key, kind(), state.ref(player) == own});
    const std::int32_t level = state.fighter(player).level;
    const std::int64_t amount = experience_for_level(experience, level, state.fighter(monster).level);
    if (amount > 0) give_experience(state, ctx, player, amount, Source::Kill);
  }
  /// Those who are near share; one who helped and is far away has the kill, but no part of the experience.
  void share(EntityIndex helper, std::int64_t damage, std::int64_t total) const {
    std::vector<EntityIndex>& members = state.monster_scratch.members;
    party_near(state, helper, at(), members);
    const content::GameContent& content = *state.content;
    const std::int64_t each = party_share(content.monster(kind()).experience, damage, total,
                                          std::max(1, static_cast<int>(members.size())), content.balance.party_bonus);
    for (const EntityIndex member : members) credit(member, each);
    for (std::size_t i = 0; i < table().count; ++i) {
      const Entry& entry = table().entries[i];
      if (!helped(state, entry) || !together(entry.actor.index, helper)) continue;
      if (std::find(members.begin(), members.end(), entry.actor.index) == members.end()) credit(entry.actor.index, 0);
    }
  }
};

}  // namespace

std::int64_t experience_for_level(std::int64_t experience, std::int32_t level, std::int32_t monster_level) {
  const std::int64_t above = std::max(0, level - monster_level - kLevelsWithoutLoss);
  const std::int64_t share =
      std::max<std::int64_t>(kLeastForLevel.value, kBasisPointsWhole - above * kLossPerLevel.value);
  return experience * share / kBasisPointsWhole;
}

std::int64_t party_share(std::int64_t experience, std::int64_t damage, std::int64_t damage_total, int members,
                         BasisPoints bonus) {
  if (damage_total <= 0) return 0;
  const std::int64_t more = kBasisPointsWhole + std::int64_t{members - 1} * bonus.value;
  // Per member first: damage is up to 10^12, so the order keeps the product within 64 bits.
  const std::int64_t pool = experience * more / kBasisPointsWhole;
  const std::int64_t share_bp = damage * 1'000'000 / damage_total;
  return pool * share_bp / 1'000'000 / members;
}

ActorRef credit_kill(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef killer) {
  ActorRef own = greatest(state, state.threat(monster));
  if (!own.named()) {
    if (!is_player(state, killer)) return {};
    add_threat(state.threat(monster), killer, 0, 1);
    own = killer;
  }
  const Kill kill{state, ctx, monster, own};
  const std::int64_t total = kill.damage_total();
  for (std::size_t i = 0; i < kill.table().count; ++i) {
    const Entry entry = kill.table().entries[i];
    if (!helped(state, entry) || !kill.is_first_of_party(i)) continue;
    kill.share(entry.actor.index, kill.damage_of_party(entry.actor.index), total);
  }
  return own;
}

}  // namespace throng::sim
