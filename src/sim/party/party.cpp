#include "sim/party/party.h"

#include <algorithm>
#include <optional>

#include "sim/loot/drop_state.h"

namespace throng::sim {
namespace {

using PartyKeys = std::vector<PlayerKey>;

bool holds(const PartyKeys& keys, PlayerKey key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

PartyState* party_of(WorldState& state, EntityIndex player) {
  const std::uint16_t number = state.player(player).party;
  return number == kNoParty ? nullptr : &state.parties[number];
}

void tell_members(TickContext& ctx, const PartyState& party, PlayerKey about, PartyNews news) {
  for (const PlayerKey member : party.members) ctx.tell(PartyChanged{member, about, news});
}

/// A number without a party; nothing at kPartiesMax.
std::optional<std::uint16_t> free_number(WorldState& state) {
  const auto found = std::find_if(state.parties.begin(), state.parties.end(),
                                  [](const PartyState& party) { return party.members.empty(); });
  if (found != state.parties.end()) return static_cast<std::uint16_t>(found - state.parties.begin());
  if (state.parties.size() >= kPartiesMax) return std::nullopt;
  state.parties.emplace_back();
  state.parties.back().members.reserve(content::kPartySizeMax);
  state.parties.back().invited.reserve(content::kPartySizeMax);
  return static_cast<std::uint16_t>(state.parties.size() - 1);
}

bool is_kept(const PartyState& party) { return party.kept.value != 0; }

/// A group of one exists only while its invitations wait for an answer; it does not bind anybody.
bool in_real_party(WorldState& state, EntityIndex player) {
  const PartyState* party = party_of(state, player);
  return party != nullptr && (is_kept(*party) || party->members.size() > 1);
}

/// Ends a party of at most one member. Its number may serve another party soon, so drops must not name it any longer.
void dissolve(WorldState& state, TickContext& ctx, std::uint16_t number, bool told) {
  PartyState& party = state.parties[number];
  for (const PlayerKey member : party.members) {
    if (const auto index = state.players_by_key.find(member)) state.player(*index).party = kNoParty;
    if (told) ctx.tell(PartyChanged{member, member, PartyNews::Left});
  }
  for (const EntityIndex drop : state.entities.indexes(EntityKind::Drop)) {
    if (state.drop(drop).party == number) state.drop(drop).party = kNoParty;
  }
  party.members.clear();
  party.invited.clear();
  party.loot_rule = LootRule::Free;
  party.next_looter = 0;
  party.kept = {};
}

/// @return the place that it had
std::size_t erase_member(PartyState& party, PlayerState& who) {
  const auto place =
      static_cast<std::size_t>(std::find(party.members.begin(), party.members.end(), who.key) - party.members.begin());
  party.members.erase(party.members.begin() + static_cast<std::ptrdiff_t>(place));
  who.party = kNoParty;
  if (party.next_looter > place) --party.next_looter;
  return place;
}

/// From the group of those who are here.
void leave_kept(WorldState& state, TickContext& ctx, PlayerState& who) {
  const std::uint16_t number = who.party;
  erase_member(state.parties[number], who);
  if (state.parties[number].members.empty()) dissolve(state, ctx, number, false);
}

/// Nothing at kPartiesMax.
std::optional<std::uint16_t> kept_number(WorldState& state, PartyId kept) {
  const auto found = std::find_if(state.parties.begin(), state.parties.end(),
                                  [kept](const PartyState& party) { return party.kept == kept; });
  if (found != state.parties.end()) return static_cast<std::uint16_t>(found - state.parties.begin());
  const std::optional<std::uint16_t> number = free_number(state);
  if (number) state.parties[*number].kept = kept;
  return number;
}

/// Invitations to a party that nobody waits in are over.
void withdraw_invitation(WorldState& state, TickContext& ctx, std::uint16_t number, PlayerKey key) {
  PartyState& party = state.parties[number];
  if (std::erase(party.invited, key) == 0) return;
  if (party.members.size() == 1 && party.invited.empty()) dissolve(state, ctx, number, false);
}

void withdraw_invitations(WorldState& state, TickContext& ctx, PlayerKey key) {
  for (std::size_t number = 0; number < state.parties.size(); ++number) {
    withdraw_invitation(state, ctx, static_cast<std::uint16_t>(number), key);
  }
}

/// Takes a member out, told as `news` to everybody who was in; a party of one is none.
void remove_member(WorldState& state, TickContext& ctx, EntityIndex player, PartyNews news) {
  PlayerState& who = state.player(player);
  const std::uint16_t number = who.party;
  PartyState& party = state.parties[number];
  const bool was_real = party.members.size() > 1;
  if (was_real) tell_members(ctx, party, who.key, news);
  const std::size_t place = erase_member(party, who);
  if (party.members.size() <= 1) return dissolve(state, ctx, number, was_real);
  if (place == 0) tell_members(ctx, party, party.members.front(), PartyNews::Leader);
}

Verdict invite(WorldState& state, TickContext& ctx, EntityIndex player, const PartyStep& intent) {
  const std::optional<EntityIndex> other = state.players_by_key.find(intent.other);
  if (!other) return Verdict::NoSuchPlayer;
  if (*other == player) return Verdict::WrongTarget;
  if (in_real_party(state, *other)) return Verdict::AlreadyInParty;
  PartyState* party = party_of(state, player);
  if (party != nullptr && party->members.front() != intent.key) return Verdict::NotLeader;
  const auto size_max = static_cast<std::size_t>(state.content->balance.party_size_max);
  if (party != nullptr && party->members.size() >= size_max) return Verdict::PartyFull;
  if (party == nullptr) {
    const std::optional<std::uint16_t> number = free_number(state);
    if (!number) return Verdict::TooMany;
    state.player(player).party = *number;
    party = &state.parties[*number];
    party->members.push_back(intent.key);
  }
  if (!holds(party->invited, intent.other)) {
    // Those who never answer must not use up the invitations.
    if (party->invited.size() >= content::kPartySizeMax) party->invited.erase(party->invited.begin());
    party->invited.push_back(intent.other);
  }
  ctx.tell(PartyChanged{intent.other, intent.key, PartyNews::Invited});
  return Verdict::Accepted;
}

/// The number of the party of `inviter`, when it has invited `key`.
std::optional<std::uint16_t> invitation(const WorldState& state, PlayerKey inviter, PlayerKey key) {
  const std::optional<EntityIndex> index = state.players_by_key.find(inviter);
  if (!index) return std::nullopt;
  const std::uint16_t number = state.player(*index).party;
  if (number == kNoParty || !holds(state.parties[number].invited, key)) return std::nullopt;
  return number;
}

Verdict join(WorldState& state, TickContext& ctx, EntityIndex player, const PartyStep& intent) {
  if (!state.players_by_key.find(intent.other)) return Verdict::NoSuchPlayer;
  if (in_real_party(state, player)) return Verdict::AlreadyInParty;
  const std::optional<std::uint16_t> number = invitation(state, intent.other, intent.key);
  if (!number) return Verdict::NotInvited;
  PartyState& party = state.parties[*number];
  const auto size_max = static_cast<std::size_t>(state.content->balance.party_size_max);
  if (party.members.size() >= size_max) return Verdict::PartyFull;
  if (state.player(player).party != kNoParty) remove_member(state, ctx, player, PartyNews::Left);
  party.members.push_back(intent.key);
  state.player(player).party = *number;
  withdraw_invitations(state, ctx, intent.key);
  tell_members(ctx, party, intent.key, PartyNews::Joined);
  return Verdict::Accepted;
}

Verdict decline(WorldState& state, TickContext& ctx, const PartyStep& intent) {
  const std::optional<std::uint16_t> number = invitation(state, intent.other, intent.key);
  if (!number) return Verdict::NotInvited;
  ctx.tell(PartyChanged{state.parties[*number].members.front(), intent.key, PartyNews::Declined});
  withdraw_invitation(state, ctx, *number, intent.key);
  return Verdict::Accepted;
}

Verdict leave(WorldState& state, TickContext& ctx, EntityIndex player) {
  if (state.player(player).party == kNoParty) return Verdict::NoParty;
  remove_member(state, ctx, player, PartyNews::Left);
  return Verdict::Accepted;
}

/// What only a leader may do to another member.
Verdict check_leader(WorldState& state, EntityIndex player, const PartyStep& intent) {
  const PartyState* party = party_of(state, player);
  if (party == nullptr) return Verdict::NoParty;
  if (party->members.front() != intent.key) return Verdict::NotLeader;
  if (intent.action != PartyAction::Kick && intent.action != PartyAction::Lead) return Verdict::Accepted;
  if (!holds(party->members, intent.other)) return Verdict::NoSuchPlayer;
  return intent.other == intent.key ? Verdict::WrongTarget : Verdict::Accepted;
}

void lead(TickContext& ctx, PartyState& party, PlayerKey leader) {
  const PlayerKey whose_turn = party.members[party.next_looter % party.members.size()];
  const auto place = std::find(party.members.begin(), party.members.end(), leader);
  std::rotate(party.members.begin(), place, place + 1);
  const auto turn = std::find(party.members.begin(), party.members.end(), whose_turn);
  party.next_looter = static_cast<std::uint8_t>(turn - party.members.begin());
  tell_members(ctx, party, leader, PartyNews::Leader);
}

Verdict govern(WorldState& state, TickContext& ctx, EntityIndex player, const PartyStep& intent) {
  const Verdict verdict = check_leader(state, player, intent);
  if (verdict != Verdict::Accepted) return verdict;
  PartyState& party = *party_of(state, player);
  if (intent.action == PartyAction::Kick) {
    remove_member(state, ctx, *state.players_by_key.find(intent.other), PartyNews::Kicked);
  } else if (intent.action == PartyAction::Lead) {
    lead(ctx, party, intent.other);
  } else {
    party.loot_rule = intent.action == PartyAction::LootFree ? LootRule::Free : LootRule::RoundRobin;
    tell_members(ctx, party, intent.key, PartyNews::LootRule);
  }
  return Verdict::Accepted;
}

Verdict step(WorldState& state, TickContext& ctx, EntityIndex player, const PartyStep& intent) {
  const PartyState* const own = party_of(state, player);
  const bool answers = intent.action == PartyAction::Join || intent.action == PartyAction::Decline;
  if (own != nullptr && is_kept(*own) && !answers) return Verdict::PartyKept;
  switch (intent.action) {
    case PartyAction::Invite: return invite(state, ctx, player, intent);
    case PartyAction::Join: return join(state, ctx, player, intent);
    case PartyAction::Decline: return decline(state, ctx, intent);
    case PartyAction::Leave: return leave(state, ctx, player);
    default: return govern(state, ctx, player, intent);
  }
}

void leave_any(WorldState& state, TickContext& ctx, EntityIndex player) {
  const PartyState* const party = party_of(state, player);
  if (party == nullptr) return;
  if (is_kept(*party)) return leave_kept(state, ctx, state.player(player));
  remove_member(state, ctx, player, PartyNews::Left);
}

bool is_near(const WorldState& state, EntityIndex player, Position at) {
  const std::int64_t range = state.content->balance.party_range.value;
  return !state.fighter(player).dead() && distance_squared(state.positions[player.value], at) <= range * range;
}

}  // namespace

void step_party(WorldState& state, TickContext& ctx, const PartyStep& intent) {
  const std::optional<EntityIndex> player = state.players_by_key.find(intent.key);
  if (!player) return;
  const Verdict verdict = step(state, ctx, *player, intent);
  if (verdict != Verdict::Accepted) ctx.refuse(intent.key, verdict, intent.request);
}

void leave_party(WorldState& state, TickContext& ctx, EntityIndex player) {
  leave_any(state, ctx, player);
  withdraw_invitations(state, ctx, state.player(player).key);
}

void set_party(WorldState& state, TickContext& ctx, const SetParty& intent) {
  const std::optional<EntityIndex> player = state.players_by_key.find(intent.key);
  if (!player) return;
  PlayerState& who = state.player(*player);
  const PartyState* const own = party_of(state, *player);
  const bool was_kept = own != nullptr && is_kept(*own);
  if (intent.kept.value == 0 && !was_kept) return;
  if (!was_kept || own->kept != intent.kept) leave_any(state, ctx, *player);
  if (intent.kept.value == 0) return;
  const std::optional<std::uint16_t> number = kept_number(state, intent.kept);
  if (!number) return;
  PartyState& party = state.parties[*number];
  party.loot_rule = intent.loot_rule;
  if (who.party != kNoParty || party.members.size() >= content::kPartySizeMax) return;
  party.members.push_back(intent.key);
  who.party = *number;
}

bool same_party(const WorldState& state, EntityIndex a, EntityIndex b) {
  const std::uint16_t number = state.player(a).party;
  return number != kNoParty && number == state.player(b).party;
}

void party_near(const WorldState& state, EntityIndex player, Position at, std::vector<EntityIndex>& out) {
  out.assign(1, player);
  const PlayerState& who = state.player(player);
  if (who.party == kNoParty) return;
  for (const PlayerKey member : state.parties[who.party].members) {
    const std::optional<EntityIndex> index = state.players_by_key.find(member);
    if (index && *index != player && is_near(state, *index, at)) out.push_back(*index);
  }
  std::sort(out.begin(), out.end(),
            [&](EntityIndex a, EntityIndex b) { return state.player(a).key < state.player(b).key; });
}

EntityIndex next_looter(WorldState& state, EntityIndex killer, Position at) {
  PartyState* party = party_of(state, killer);
  if (party == nullptr || party->loot_rule == LootRule::Free) return killer;
  const std::size_t size = party->members.size();
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t place = (party->next_looter + i) % size;
    const std::optional<EntityIndex> index = state.players_by_key.find(party->members[place]);
    if (!index || !is_near(state, *index, at)) continue;
    party->next_looter = static_cast<std::uint8_t>((place + 1) % size);
    return *index;
  }
  return killer;
}

}  // namespace throng::sim
