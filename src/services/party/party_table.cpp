#include "services/party/party_table.h"

#include <algorithm>
#include <string>
#include <utility>

#include "services/accounts/names.h"
#include "services/store/characters_repository.h"

namespace throng::services {
namespace {

using room::PartyWish;
using sim::PartyAction;
using sim::PartyNews;
using sim::Verdict;

Result<std::int64_t> change_rows(Connection& connection, std::string_view sql, std::initializer_list<SqlValue> values) {
  THRONG_TRY(const Rows changed, connection.run(sql, values));
  return changed.changed();
}

/// Held until the transaction ends. False: there is no such party.
Result<bool> hold_party(Connection& connection, PartyId party) {
  THRONG_TRY(const std::int64_t held,
             change_rows(connection, "UPDATE party SET version = version + 1 WHERE id = $1", {party.value}));
  return held > 0;
}

Result<CharacterId> leader_of(Connection& connection, PartyId party) {
  THRONG_TRY(const Rows rows, connection.run("SELECT leader FROM party WHERE id = $1", {party.value}));
  return CharacterId{rows.empty() ? 0 : rows.integer(0, 0)};
}

Result<std::size_t> count_members(Connection& connection, PartyId party) {
  THRONG_TRY(const Rows rows, connection.run("SELECT count(*) FROM party_member WHERE party = $1", {party.value}));
  return static_cast<std::size_t>(rows.integer(0, 0));
}

Result<void> delete_party(Connection& connection, PartyId party) {
  THRONG_CHECK(change_rows(connection, "DELETE FROM party_member WHERE party = $1", {party.value}));
  THRONG_CHECK(change_rows(connection, "DELETE FROM party WHERE id = $1", {party.value}));
  return {};
}

/// A party of one is none. Whoever was in it longest leads when the leader has gone.
Result<void> take_out(Connection& connection, PartyId party, CharacterId member) {
  THRONG_CHECK(change_rows(connection, "DELETE FROM party_member WHERE character = $1 AND party = $2",
                           {member.value, party.value}));
  THRONG_TRY(const std::size_t left, count_members(connection, party));
  if (left <= 1) return delete_party(connection, party);
  THRONG_CHECK(change_rows(connection,
                           "UPDATE party SET leader = (SELECT character FROM party_member WHERE party = $1 "
                           "ORDER BY since, character LIMIT 1) WHERE id = $2 AND leader = $3",
                           {party.value, party.value, member.value}));
  return {};
}

/// Fails with kPartyRace when it has come to be in another one meanwhile.
Result<void> put_in(Connection& connection, PartyId party, CharacterId member, std::int64_t now) {
  THRONG_TRY(const std::int64_t put, change_rows(connection,
                                                 "INSERT INTO party_member (character, party, since) "
                                                 "VALUES ($1, $2, $3) ON CONFLICT (character) DO NOTHING",
                                                 {member.value, party.value, now}));
  if (put == 0) return fail(std::string(kPartyRace));
  return {};
}

/// One wish on its way through the tables.
class PartyJob {
 public:
  PartyJob(Connection& connection, CharacterId self, const PartyWish& wish, std::int64_t now)
      : connection_(connection), self_(self), wish_(wish), now_(now) {}

  Result<PartyOutcome> run() {
    THRONG_TRY(own_, party_of(connection_, self_));
    switch (wish_.action) {
      case PartyAction::Invite: return invite();
      case PartyAction::Join: return join();
      case PartyAction::Decline: return decline();
      case PartyAction::Leave: return leave();
      default: return govern();
    }
  }

 private:
  static Result<PartyOutcome> no(Verdict verdict) { return PartyOutcome{verdict, {}}; }

  /// Whom the wish is about. Nothing: nobody who exists.
  Result<std::optional<CharacterRow>> find_other() {
    std::optional<CharacterRow> found;
    if (wish_.other.value != 0) {
      THRONG_TRY(found, find_character(connection_, wish_.other));
    } else {
      const NameVerdict verdict = normalise_staff_name(wish_.other_name);
      const Name* const known = std::get_if<Name>(&verdict);
      if (known == nullptr) return found;
      THRONG_TRY(found, find_character(connection_, known->key));
    }
    if (found && found->delete_at != 0) found.reset();
    return found;
  }

  Result<room::PartyMate> mate_of(CharacterId character) {
    THRONG_TRY(const Rows rows, connection_.run("SELECT name, level FROM character WHERE id = $1", {character.value}));
    room::PartyMate mate{.character = character, .name = {}, .level = 1, .map = {}};
    if (rows.empty()) return mate;
    mate.name = rows.text(0, 0);
    mate.level = static_cast<std::int32_t>(rows.integer(0, 1));
    return mate;
  }

  Result<PartyOutcome> told(PartyNews news, CharacterId about, CharacterId to) {
    THRONG_TRY(room::PartyMate mate, mate_of(about));
    return PartyOutcome{Verdict::Accepted, room::PartyTold{news, std::move(mate), to, nullptr}};
  }

  /// To all members of the party, as it is now.
  Result<PartyOutcome> told_all(PartyNews news, CharacterId about, PartyId party) {
    THRONG_TRY(PartyOutcome outcome, told(news, about, {}));
    THRONG_TRY(room::PartyRoster roster, load_party(connection_, party, now_));
    outcome.told->roster = std::make_shared<const room::PartyRoster>(std::move(roster));
    return outcome;
  }

  /// Whether it plays: nobody else could answer an invitation.
  Result<bool> plays(CharacterId character) {
    THRONG_TRY(const Rows rows,
               connection_.run("SELECT 1 FROM character WHERE id = $1 AND node IS NOT NULL AND leased_until > $2",
                               {character.value, now_}));
    return !rows.empty();
  }

  Result<PartyOutcome> invite() {
    THRONG_TRY(const std::optional<CharacterRow> other, find_other());
    if (!other) return no(Verdict::NoSuchPlayer);
    if (other->id == self_) return no(Verdict::WrongTarget);
    THRONG_TRY(const bool there, plays(other->id));
    if (!there) return no(Verdict::NoSuchPlayer);
    THRONG_TRY(const PartyId theirs, party_of(connection_, other->id));
    if (theirs.value != 0) return no(Verdict::AlreadyInParty);
    if (own_.value != 0) {
      THRONG_TRY(const CharacterId leader, leader_of(connection_, own_));
      if (leader != self_) return no(Verdict::NotLeader);
      THRONG_TRY(const std::size_t size, count_members(connection_, own_));
      if (size >= wish_.size_max) return no(Verdict::PartyFull);
    }
    THRONG_CHECK(note_invitation(other->id));
    return told(PartyNews::Invited, self_, other->id);
  }

  Result<void> note_invitation(CharacterId other) {
    THRONG_CHECK(change_rows(connection_, "DELETE FROM party_invitation WHERE expires_at <= $1", {now_}));
    THRONG_CHECK(change_rows(connection_,
                             "INSERT INTO party_invitation (character, inviter, expires_at) VALUES ($1, $2, $3) "
                             "ON CONFLICT (character, inviter) DO UPDATE SET expires_at = excluded.expires_at",
                             {other.value, self_.value, now_ + kInvitationMs}));
    THRONG_CHECK(change_rows(connection_,
                             "DELETE FROM party_invitation WHERE inviter = $1 AND character NOT IN "
                             "(SELECT character FROM party_invitation WHERE inviter = $2 "
                             "ORDER BY expires_at DESC, character LIMIT $3)",
                             {self_.value, self_.value, kInvitationsMax}));
    return {};
  }

  Result<bool> take_invitation(CharacterId inviter) {
    THRONG_TRY(const std::int64_t taken,
               change_rows(connection_,
                           "DELETE FROM party_invitation WHERE character = $1 AND inviter = $2 AND expires_at > $3",
                           {self_.value, inviter.value, now_}));
    return taken > 0;
  }

  Result<bool> is_invited(CharacterId inviter) {
    THRONG_TRY(const Rows rows, connection_.run("SELECT 1 FROM party_invitation WHERE character = $1 AND inviter = $2 "
                                                "AND expires_at > $3",
                                                {self_.value, inviter.value, now_}));
    return !rows.empty();
  }

  Result<PartyOutcome> join() {
    THRONG_TRY(const std::optional<CharacterRow> other, find_other());
    if (!other) return no(Verdict::NoSuchPlayer);
    if (own_.value != 0) return no(Verdict::AlreadyInParty);
    THRONG_TRY(const bool invited, is_invited(other->id));
    if (!invited) return no(Verdict::NotInvited);
    THRONG_TRY(PartyId party, party_of(connection_, other->id));
    if (party.value != 0) {
      THRONG_TRY(const bool there, hold_party(connection_, party));
      if (!there) return fail(std::string(kPartyRace));
      THRONG_TRY(const CharacterId leader, leader_of(connection_, party));
      if (leader != other->id) return no(Verdict::NotInvited);
      THRONG_TRY(const std::size_t size, count_members(connection_, party));
      if (size >= wish_.size_max) return no(Verdict::PartyFull);
    } else {
      THRONG_TRY(party, found(other->id));
    }
    THRONG_CHECK(put_in(connection_, party, self_, now_ + 1));  // after whoever founded it just now
    THRONG_CHECK(change_rows(connection_, "DELETE FROM party_invitation WHERE character = $1 OR inviter = $2",
                             {self_.value, self_.value}));
    return told_all(PartyNews::Joined, self_, party);
  }

  Result<PartyId> found(CharacterId leader) {
    THRONG_TRY(const Rows made,
               connection_.run("INSERT INTO party (leader, loot_rule, version) VALUES ($1, 0, 1) RETURNING id",
                               {leader.value}));
    const PartyId party{made.integer(0, 0)};
    THRONG_CHECK(put_in(connection_, party, leader, now_));
    return party;
  }

  Result<PartyOutcome> decline() {
    THRONG_TRY(const std::optional<CharacterRow> other, find_other());
    if (!other) return no(Verdict::NoSuchPlayer);
    THRONG_TRY(const bool invited, take_invitation(other->id));
    if (!invited) return no(Verdict::NotInvited);
    return told(PartyNews::Declined, self_, other->id);
  }

  Result<PartyOutcome> leave() {
    if (own_.value == 0) return no(Verdict::NoParty);
    THRONG_TRY(const bool there, hold_party(connection_, own_));
    if (!there) return no(Verdict::NoParty);
    THRONG_CHECK(take_out(connection_, own_, self_));
    return told_all(PartyNews::Left, self_, own_);
  }

  Result<PartyOutcome> govern() {
    if (own_.value == 0) return no(Verdict::NoParty);
    THRONG_TRY(const bool there, hold_party(connection_, own_));
    THRONG_TRY(const CharacterId leader, leader_of(connection_, own_));
    if (!there || leader != self_) return no(Verdict::NotLeader);
    if (wish_.action == PartyAction::LootFree || wish_.action == PartyAction::LootRoundRobin) return set_rule();
    THRONG_TRY(const std::optional<CharacterRow> other, find_other());
    if (!other) return no(Verdict::NoSuchPlayer);
    THRONG_TRY(const PartyId theirs, party_of(connection_, other->id));
    if (theirs != own_) return no(Verdict::NoSuchPlayer);
    if (other->id == self_) return no(Verdict::WrongTarget);
    if (wish_.action == PartyAction::Kick) {
      THRONG_CHECK(take_out(connection_, own_, other->id));
      return told_all(PartyNews::Kicked, other->id, own_);
    }
    THRONG_CHECK(change_rows(connection_, "UPDATE party SET leader = $1 WHERE id = $2", {other->id.value, own_.value}));
    return told_all(PartyNews::Leader, other->id, own_);
  }

  Result<PartyOutcome> set_rule() {
    const auto rule = wish_.action == PartyAction::LootFree ? sim::LootRule::Free : sim::LootRule::RoundRobin;
    THRONG_CHECK(change_rows(connection_, "UPDATE party SET loot_rule = $1 WHERE id = $2",
                             {static_cast<std::int64_t>(rule), own_.value}));
    return told_all(PartyNews::LootRule, self_, own_);
  }

  Connection& connection_;
  const CharacterId self_;
  const PartyWish& wish_;
  const std::int64_t now_;
  PartyId own_;
};

}  // namespace

Result<PartyId> party_of(Connection& connection, CharacterId character) {
  THRONG_TRY(const Rows rows, connection.run("SELECT party FROM party_member WHERE character = $1", {character.value}));
  return PartyId{rows.empty() ? 0 : rows.integer(0, 0)};
}

Result<room::PartyRoster> load_party(Connection& connection, PartyId party, std::int64_t now) {
  room::PartyRoster roster;
  roster.id = party;
  THRONG_TRY(const Rows head,
             connection.run("SELECT leader, loot_rule, version FROM party WHERE id = $1", {party.value}));
  if (head.empty()) return roster;
  roster.loot_rule = head.integer(0, 1) == 0 ? sim::LootRule::Free : sim::LootRule::RoundRobin;
  roster.version = head.integer(0, 2);
  THRONG_TRY(
      const Rows rows,
      connection.run("SELECT id, name, level, map, CASE WHEN node IS NOT NULL AND leased_until > $1 THEN 1 ELSE 0 "
                     "END FROM party_member JOIN character ON character.id = party_member.character "
                     "WHERE party = $2 ORDER BY since, id",
                     {now, party.value}));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const bool plays = rows.integer(row, 4) != 0;
    roster.mates.push_back({.character = {rows.integer(row, 0)},
                            .name = rows.text(row, 1),
                            .level = static_cast<std::int32_t>(rows.integer(row, 2)),
                            .map = plays ? rows.text(row, 3) : std::string()});
  }
  const auto leader = std::find_if(roster.mates.begin(), roster.mates.end(), [&](const room::PartyMate& mate) {
    return mate.character.value == head.integer(0, 0);
  });
  if (leader != roster.mates.end()) std::rotate(roster.mates.begin(), leader, leader + 1);
  return roster;
}

Result<room::SharedRoster> load_party_of(Connection& connection, CharacterId character, std::int64_t now) {
  THRONG_TRY(const PartyId party, party_of(connection, character));
  if (party.value == 0) return room::SharedRoster();
  THRONG_TRY(room::PartyRoster roster, load_party(connection, party, now));
  return room::SharedRoster(std::make_shared<const room::PartyRoster>(std::move(roster)));
}

Result<PartyOutcome> carry_out(Connection& connection, CharacterId self, const PartyWish& wish, std::int64_t now) {
  return PartyJob(connection, self, wish, now).run();
}

Result<void> leave_party_for_good(Connection& connection, CharacterId character) {
  THRONG_CHECK(change_rows(connection, "DELETE FROM party_invitation WHERE character = $1 OR inviter = $2",
                           {character.value, character.value}));
  THRONG_TRY(const PartyId party, party_of(connection, character));
  if (party.value == 0) return {};
  THRONG_TRY(const bool there, hold_party(connection, party));
  return there ? take_out(connection, party, character) : Result<void>();
}

Result<std::int64_t> end_forgotten_parties(Connection& connection, std::int64_t since, std::int64_t now) {
  THRONG_CHECK(change_rows(connection, "DELETE FROM party_invitation WHERE expires_at <= $1", {now}));
  THRONG_TRY(
      const Rows forgotten,
      connection.run("SELECT id FROM party WHERE NOT EXISTS (SELECT 1 FROM party_member JOIN character ON "
                     "character.id = party_member.character WHERE party_member.party = party.id AND "
                     "((node IS NOT NULL AND leased_until > $1) OR saved_at > $2 OR played_at > $3)) ORDER BY id",
                     {now, since, since}));
  for (std::size_t row = 0; row < forgotten.size(); ++row)
    THRONG_CHECK(delete_party(connection, PartyId{forgotten.integer(row, 0)}));
  return static_cast<std::int64_t>(forgotten.size());
}

}  // namespace throng::services
