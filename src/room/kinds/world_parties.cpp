#include "room/kinds/world_parties.h"

#include <algorithm>

#include "room/kinds/accepted.h"

namespace throng::room {
namespace {

using sim::PartyAction;
using sim::PartyNews;

/// Between two who know each other; the rest is done to the party.
bool is_between_two(PartyAction action) {
  return action == PartyAction::Invite || action == PartyAction::Join || action == PartyAction::Decline;
}

bool is_about_one(PartyAction action) {
  return is_between_two(action) || action == PartyAction::Kick || action == PartyAction::Lead;
}

/// Whether what is known is newer than what comes now. Numbers of parties grow.
bool is_stale(const PartyRoster& known, const PartyRoster& now) {
  if (known.id != now.id) return now.id < known.id;
  return !now.mates.empty() && now.version < known.version;
}

bool is_ignored(const Member& member, CharacterId character) {
  const std::vector<Acquaintance>& ignored = member.circle.ignored;
  return std::any_of(ignored.begin(), ignored.end(),
                     [character](const Acquaintance& one) { return one.character == character; });
}

sim::SetParty group_intent(const Member& member) {
  if (member.party == nullptr) return {member.key, {}, {}};
  return {member.key, member.party->id, member.party->loot_rule};
}

}  // namespace

// What players wish

/// A guest's party, or one with guests, lives in the world alone.
bool WorldParties::is_worlds(const Member& member, const protocol::PartyMessage& message) const {
  if (!member.lease.held() || (is_about_one(message.action) && !message.target)) return true;
  if (is_between_two(message.action)) {
    const std::optional<SessionSlot> other = members_.find(*message.target);
    return other && !members_.at(*other).lease.held();
  }
  if (member.party != nullptr || member.index == sim::kNoEntity) return false;
  return world_.player(member.index).party != sim::kNoParty;
}

std::optional<MessageVerdict> WorldParties::message(SessionSlot slot, const protocol::ClientFrame& frame) {
  const auto message = protocol::decode_message<protocol::PartyMessage>(frame, scratch_);
  if (!message) return verdict_of(message.refusal());
  const Member& member = members_.at(slot);
  if (is_worlds(member, *message)) return std::nullopt;
  const auto waiting =
      std::count_if(wishes_.begin(), wishes_.end(), [&](const Wish& wish) { return wish.key == member.key; });
  if (waiting >= static_cast<std::ptrdiff_t>(kWishesPerPlayerMax)) return game_verdict(sim::Verdict::StoreBehind);
  PartyWish wish{.action = message->action,
                 .other = {},
                 .other_name = message->target.value_or(""),
                 .size_max = static_cast<std::size_t>(world_.content().balance.party_size_max)};
  const std::optional<SessionSlot> other =
      is_about_one(message->action) ? members_.find(*message->target) : std::nullopt;
  if (other) wish.other = members_.at(*other).lease.character;
  const std::uint64_t number = next_number_++;
  wishes_.push_back({number, member.key, question_of(frame, protocol::kServerParty)});  // the reply may come at once
  if (control_.ask_parties({{}, number, member.lease, std::move(wish)})) return pending_verdict();
  wishes_.pop_back();
  return std::nullopt;
}

// What the registry says

void WorldParties::spawned(const Member& member) {
  if (member.party != nullptr) inbox_.push_back(group_intent(member));
}

void WorldParties::replied(const PartyReply& reply) {
  if (reply.number == look_) {
    look_ = 0;
    for (const SharedRoster& roster : reply.rosters) {
      members_.for_each([&](SessionSlot slot, Member& member) {
        if (member.party != nullptr && member.party->id == roster->id) take_roster(slot, member, roster, nullptr);
      });
    }
    return;
  }
  const auto wish =
      std::find_if(wishes_.begin(), wishes_.end(), [&](const Wish& one) { return one.number == reply.number; });
  if (wish == wishes_.end()) return;
  const Wish done = *wish;
  wishes_.erase(wish);
  const std::optional<SessionSlot> slot = members_.slot_of(done.key);
  if (!slot) return;
  for (const SharedRoster& roster : reply.rosters) hear_of(*slot, roster, nullptr);
  if (reply.verdict != sim::Verdict::Accepted) {
    control_.answer(*slot, done.question, game_verdict(reply.verdict));
  } else if (done.question.request_id) {
    control_.answer(*slot, done.question, {});
  }
}

void WorldParties::told(const PartyTold& told) {
  members_.for_each([&](SessionSlot slot, Member& member) {
    if (!member.lease.held()) return;
    if (told.roster == nullptr) {
      const bool heard = member.lease.character == told.to && !is_ignored(member, told.about.character);
      if (heard && !member.travels) tell_line(slot, told.news, told.about);
      return;
    }
    hear_of(slot, told.roster, &told);
  });
}

void WorldParties::hear_of(SessionSlot slot, const SharedRoster& roster, const PartyTold* told) {
  Member& member = members_.at(slot);
  const bool was_in = member.party != nullptr && member.party->id == roster->id;
  if (was_in || roster->find(member.lease.character) != nullptr) take_roster(slot, member, roster, told);
}

/// @param told  the change that made it so; null: it was found at a look
void WorldParties::take_roster(SessionSlot slot, Member& member, const SharedRoster& roster, const PartyTold* told) {
  const SharedRoster before = member.party;
  if (before != nullptr && is_stale(*before, *roster)) return;
  const sim::SetParty grouped = group_intent(member);
  member.party = roster->find(member.lease.character) != nullptr ? roster : nullptr;
  member.dirty = true;
  const sim::SetParty group = group_intent(member);
  if (member.travels) return;  // it is told where it arrives
  if (group.kept != grouped.kept || group.loot_rule != grouped.loot_rule) inbox_.push_back(group);
  tell_changes(slot, member, before.get(), *roster, told);
}

// What members are told

void WorldParties::tell_line(SessionSlot slot, PartyNews news, const PartyMate& about) {
  std::string_view session_id;
  members_.for_each([&](SessionSlot other, const Member& member) {
    if (member.lease.held() && member.lease.character == about.character) session_id = control_.session_id(other);
  });
  news_.send(slot, protocol::kServerParty, protocol::PartyNewsLine{party_news_word(news), session_id, about.name});
}

/// From what the member was shown to what is so now.
void WorldParties::tell_changes(SessionSlot slot, const Member& member, const PartyRoster* before,
                                const PartyRoster& now, const PartyTold* told) {
  const CharacterId self = member.lease.character;
  if (before == nullptr || before->id != now.id) {
    if (told != nullptr) tell_line(slot, told->news, told->about);
    return;
  }
  const bool went_itself = told != nullptr && told->about.character == self;
  const bool is_out = member.party == nullptr;
  if (!(is_out && went_itself)) tell_in_party(slot, *before, now, told);
  if (!is_out) return;
  const PartyMate* const own = before->find(self);
  const bool kicked = went_itself && told->news == PartyNews::Kicked;
  if (own != nullptr) tell_line(slot, kicked ? PartyNews::Kicked : PartyNews::Left, *own);
}

void WorldParties::tell_in_party(SessionSlot slot, const PartyRoster& before, const PartyRoster& now,
                                 const PartyTold* told) {
  const CharacterId self = members_.at(slot).lease.character;
  const auto is_about = [told](CharacterId character, PartyNews news) {
    return told != nullptr && told->news == news && told->about.character == character;
  };
  for (const PartyMate& mate : before.mates) {
    // Of a party that has ended only whoever ended it has gone.
    const bool stays = now.mates.empty() ? told != nullptr && told->about.character != mate.character
                                         : now.find(mate.character) != nullptr;
    if (stays || mate.character == self) continue;
    tell_line(slot, is_about(mate.character, PartyNews::Kicked) ? PartyNews::Kicked : PartyNews::Left, mate);
  }
  for (const PartyMate& mate : now.mates) {
    if (before.find(mate.character) == nullptr) tell_line(slot, PartyNews::Joined, mate);
  }
  if (now.mates.empty() || now.find(self) == nullptr) return;
  if (now.mates.front().character != before.mates.front().character)
    tell_line(slot, PartyNews::Leader, now.mates.front());
  if (now.loot_rule != before.loot_rule) tell_line(slot, PartyNews::LootRule, now.mates.front());
}

// Who has come and gone elsewhere

void WorldParties::end_tick() {
  const std::uint32_t interval = kLookSeconds * static_cast<std::uint32_t>(control_.def().tick_rate_hz);
  if (look_ == 0 && world_.now().value % interval == 0) look();
}

void WorldParties::look() {
  LookAtParties wanted;
  members_.for_each([&](SessionSlot, const Member& member) {
    if (member.party != nullptr) wanted.parties.push_back(member.party->id);
  });
  if (wanted.parties.empty()) return;
  std::sort(wanted.parties.begin(), wanted.parties.end());
  wanted.parties.erase(std::unique(wanted.parties.begin(), wanted.parties.end()), wanted.parties.end());
  look_ = next_number_++;
  if (!control_.ask_parties({{}, look_, {}, std::move(wanted)})) look_ = 0;
}

}  // namespace throng::room
