#include "services/accounts/personal_export.h"

#include <nlohmann/json.hpp>

#include "base/iso_time.h"
#include "services/mail/acquaintances.h"
#include "services/mail/mailbox.h"
#include "services/store/characters_repository.h"
#include "services/store/ledger_show.h"
#include "sim/character_sheet.h"

namespace throng::services {
namespace {

using ExportJson = nlohmann::ordered_json;

ExportJson exported_time(std::int64_t at) { return at > 0 ? ExportJson(iso_time(at)) : ExportJson(nullptr); }

ExportJson stacks_json(const std::vector<sim::SavedStack>& stacks) {
  ExportJson list = ExportJson::array();
  for (const sim::SavedStack& stack : stacks)
    list.push_back(
        {{"item", stack.item}, {"count", stack.count}, {"durability", stack.durability}, {"slot", stack.slot}});
  return list;
}

ExportJson sheet_json(const Blob& saved) {
  if (saved.empty()) return nullptr;
  const Result<sim::CharacterSheet> sheet = sim::restore_sheet(saved);
  if (!sheet) return "it cannot be read: " + sheet.error().message;
  ExportJson skills = ExportJson::array();
  for (const sim::SavedSkill& skill : sheet->skills) skills.push_back(skill.skill);
  ExportJson quests = ExportJson::array();
  for (const sim::SavedQuest& quest : sheet->quests)
    quests.push_back({{"quest", quest.quest},
                      {"state", static_cast<int>(quest.state)},
                      {"counts", quest.counts},
                      {"times_completed", quest.times_completed}});
  ExportJson achievements = ExportJson::array();
  for (const sim::SavedDeed& deed : sheet->deeds)
    achievements.push_back({{"achievement", deed.achievement}, {"count", deed.count}, {"earned", deed.earned}});
  return {{"experience", sheet->experience},
          {"hp", sheet->hp},
          {"mana", sheet->mana},
          {"coins", sheet->coins},
          {"bag", stacks_json(sheet->bag)},
          {"equipment", stacks_json(sheet->equipment)},
          {"skills", std::move(skills)},
          {"quests", std::move(quests)},
          {"achievements", std::move(achievements)}};
}

Result<ExportJson> possessions_json(Connection& connection, OwnerId owner) {
  THRONG_TRY(const std::vector<Possession> all, show_possessions(connection, owner));
  ExportJson list = ExportJson::array();
  for (const Possession& one : all) {
    list.push_back({{"asset", one.asset}, {"amount", one.amount}});
    if (one.item != 0) list.back()["piece"] = one.item;
  }
  return list;
}

Result<ExportJson> moves_json(Connection& connection, OwnerId owner) {
  ExportJson list = ExportJson::array();
  std::int64_t before = 0;
  for (;;) {
    THRONG_TRY(const std::vector<ShownMove> page, show_moves(connection, owner, before, kMovesPageMax));
    for (const ShownMove& move : page) {
      list.push_back({{"at", iso_time(move.at)},
                      {"from", move.from},
                      {"to", move.to},
                      {"asset", move.asset},
                      {"amount", move.amount},
                      {"piece", move.item},
                      {"reason", move.reason},
                      {"note", move.note}});
    }
    if (page.size() < kMovesPageMax) return list;
    before = page.back().id;
  }
}

Result<ExportJson> attachments_json(Connection& connection, MailId mail) {
  THRONG_TRY(const std::vector<MailAttachment> attached, attachments_of(connection, mail));
  ExportJson list = ExportJson::array();
  for (const MailAttachment& one : attached) {
    list.push_back({{"asset", one.asset}, {"amount", one.amount}});
    if (one.item_uid != 0) list.back()["piece"] = one.item_uid;
    if (one.durability) list.back()["durability"] = *one.durability;
  }
  return list;
}

/// Of a letter that they sent it is the other's own affair when it was read and claimed.
Result<ExportJson> letters_json(Connection& connection, std::int64_t character) {
  THRONG_TRY(const Rows rows, connection.run("SELECT id, recipient, sender_name, subject, body, sent_at, expires_at, "
                                             "COALESCE(read_at, 0), COALESCE(claimed_at, 0) FROM mail "
                                             "WHERE recipient = $1 OR sender = $2 ORDER BY id",
                                             {character, character}));
  ExportJson list = ExportJson::array();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    THRONG_TRY(ExportJson attachments, attachments_json(connection, {rows.integer(row, 0)}));
    const bool received = rows.integer(row, 1) == character;
    list.push_back({{"received", received},
                    {"from", rows.text(row, 2)},
                    {"subject", rows.text(row, 3)},
                    {"body", rows.text(row, 4)},
                    {"sent_at", iso_time(rows.integer(row, 5))},
                    {"expires_at", iso_time(rows.integer(row, 6))},
                    {"attachments", std::move(attachments)}});
    if (!received) continue;
    list.back()["read_at"] = exported_time(rows.integer(row, 7));
    list.back()["claimed_at"] = exported_time(rows.integer(row, 8));
  }
  return list;
}

/// Null: it is in none. Who else is in it is not theirs to hand out.
Result<ExportJson> party_json(Connection& connection, std::int64_t character) {
  THRONG_TRY(const Rows rows, connection.run("SELECT party.id, party_member.since, party.leader FROM party_member "
                                             "JOIN party ON party.id = party_member.party WHERE character = $1",
                                             {character}));
  if (rows.empty()) return ExportJson(nullptr);
  return ExportJson{{"id", rows.integer(0, 0)},
                    {"since", exported_time(rows.integer(0, 1))},
                    {"leads", rows.integer(0, 2) == character}};
}

Result<ExportJson> invitations_json(Connection& connection, std::int64_t character) {
  THRONG_TRY(const Rows rows,
             connection.run("SELECT inviter, inviting.name, invited.name, expires_at FROM party_invitation "
                            "JOIN character AS inviting ON inviting.id = party_invitation.inviter "
                            "JOIN character AS invited ON invited.id = party_invitation.character "
                            "WHERE party_invitation.character = $1 OR party_invitation.inviter = $2 "
                            "ORDER BY expires_at, inviter, party_invitation.character",
                            {character, character}));
  ExportJson list = ExportJson::array();
  for (std::size_t row = 0; row < rows.size(); ++row)
    list.push_back({{"received", rows.integer(row, 0) != character},
                    {"from", rows.text(row, 1)},
                    {"to", rows.text(row, 2)},
                    {"expires_at", exported_time(rows.integer(row, 3))}});
  return list;
}

/// Those that are still reserved, in the form by which names are compared; no others are kept.
Result<ExportJson> former_names_json(Connection& connection, std::int64_t character) {
  THRONG_TRY(
      const Rows rows,
      connection.run("SELECT name_key, free_at FROM given_up_name WHERE character = $1 ORDER BY free_at, name_key",
                     {character}));
  ExportJson list = ExportJson::array();
  for (std::size_t row = 0; row < rows.size(); ++row)
    list.push_back({{"name", rows.text(row, 0)}, {"reserved_until", exported_time(rows.integer(row, 1))}});
  return list;
}

Result<ExportJson> acquaintances_json(Connection& connection, std::int64_t character) {
  THRONG_TRY(const Acquaintances known, load_acquaintances(connection, {character}));
  ExportJson list = ExportJson::array();
  for (const room::Acquaintance& one : known.friends) list.push_back({{"name", one.name}, {"ignored", false}});
  for (const room::Acquaintance& one : known.ignored) list.push_back({{"name", one.name}, {"ignored", true}});
  return list;
}

/// What other tables have about a character.
Result<void> add_what_belongs_to(Connection& connection, std::int64_t character, ExportJson& json) {
  THRONG_TRY(json["former_names"], former_names_json(connection, character));
  THRONG_TRY(json["possessions"], possessions_json(connection, {character}));
  THRONG_TRY(json["letters"], letters_json(connection, character));
  THRONG_TRY(json["acquaintances"], acquaintances_json(connection, character));
  THRONG_TRY(json["party"], party_json(connection, character));
  THRONG_TRY(json["party_invitations"], invitations_json(connection, character));
  THRONG_TRY(json["ledger"], moves_json(connection, {character}));
  return {};
}

Result<ExportJson> characters_json(Connection& connection, AccountId account) {
  THRONG_TRY(const Rows rows,
             connection.run("SELECT id, name, level, map, created_at, played_at, renamed_at, delete_at, sheet "
                            "FROM character WHERE account = $1 ORDER BY id",
                            {account.value}));
  ExportJson list = ExportJson::array();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    list.push_back({{"id", rows.integer(row, 0)},
                    {"name", rows.text(row, 1)},
                    {"level", rows.integer(row, 2)},
                    {"map", rows.text(row, 3)},
                    {"created_at", exported_time(rows.integer(row, 4))},
                    {"played_at", exported_time(rows.integer(row, 5))},
                    {"renamed_at", exported_time(rows.integer(row, 6))},
                    {"delete_at", exported_time(rows.integer(row, 7))},
                    {"sheet", sheet_json(rows.blob(row, 8))}});
    THRONG_CHECK(add_what_belongs_to(connection, rows.integer(row, 0), list.back()));
  }
  return list;
}

Result<ExportJson> sessions_json(Connection& connection, AccountId account) {
  THRONG_TRY(const Rows rows, connection.run("SELECT purpose, created_at, last_used_at, expires_at FROM session_token "
                                             "WHERE account = $1 ORDER BY created_at",
                                             {account.value}));
  static constexpr const char* kPurposes[] = {"session", "password_reset", "email_confirmation"};
  ExportJson list = ExportJson::array();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::int64_t purpose = rows.integer(row, 0);
    list.push_back({{"kind", purpose >= 0 && purpose < 3 ? kPurposes[purpose] : "other"},
                    {"created_at", iso_time(rows.integer(row, 1))},
                    {"last_used_at", iso_time(rows.integer(row, 2))},
                    {"expires_at", iso_time(rows.integer(row, 3))}});
  }
  return list;
}

}  // namespace

Result<std::string> export_account(Connection& connection, AccountId id, std::int64_t now) {
  THRONG_TRY(const std::optional<Account> account, find_account(connection, id));
  if (!account) return fail("no such account");
  THRONG_TRY(ExportJson sessions, sessions_json(connection, id));
  THRONG_TRY(ExportJson characters, characters_json(connection, id));
  const ExportJson document{{"exported_at", iso_time(now)},
                            {"account",
                             {{"id", id.value},
                              {"email", account->email},
                              {"email_confirmed", account->email_confirmed},
                              {"name", account->name},
                              {"has_password", !account->password_hash.empty()},
                              {"role", role_name(account->role)},
                              {"created_at", exported_time(account->created_at)},
                              {"last_seen_at", exported_time(account->last_seen_at)},
                              {"erased", account->erased}}},
                            {"sessions", std::move(sessions)},
                            {"characters", std::move(characters)}};
  return document.dump(2, ' ', false, ExportJson::error_handler_t::replace) + "\n";
}

}  // namespace throng::services
