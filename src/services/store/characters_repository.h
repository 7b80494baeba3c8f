#pragma once
// Rows of characters. All of it within jobs of the store; times are Unix milliseconds. Who may do what to whose is decided
// above: these check only that a character belongs to the account that is named.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "room/keeping.h"
#include "services/database/connection.h"

namespace throng::services {

struct CharacterRow {
  CharacterId id;
  AccountId account;
  std::string name;  ///< shown
  std::int32_t level = 1;
  std::string map;  ///< where it stands; empty: it has never played
  std::int64_t created_at = 0;
  std::int64_t played_at = 0;
  std::int64_t delete_at = 0;  ///< 0: it lives
  std::int64_t renamed_at = 0;  ///< the last time; 0: never
};

inline constexpr std::size_t kCharactersListedMax = 64;

/// What a caller can tell its user; other failures are the database's.
inline constexpr std::string_view kNameTaken = "name_taken";
inline constexpr std::string_view kNoSuchCharacter = "no_such_character";
inline constexpr std::string_view kCharacterPlays = "character_plays";
inline constexpr std::string_view kRenamedLately = "renamed_lately";

/// Whether a new character can have it: nobody has it, nor has given it up lately.
Result<bool> is_name_free(Connection& connection, const std::string& name_key, std::int64_t now);

/// @param name_key  the name as it may exist once; fails with kNameTaken when it does
Result<CharacterRow> create_character(Connection& connection, AccountId account, const std::string& name,
                                      const std::string& name_key, std::int64_t now);

/// Of an account: the one that played last first; those that are to be deleted as well. At most kCharactersListedMax.
Result<std::vector<CharacterRow>> list_characters(Connection& connection, AccountId account);
Result<std::optional<CharacterRow>> find_character(Connection& connection, CharacterId id);
/// By the name as it may exist once.
Result<std::optional<CharacterRow>> find_character(Connection& connection, const std::string& name_key);

/// To play it: what was kept of it, and the right to write it, as long as the lease is renewed.
struct LoadedCharacter {
  CharacterRow row;
  room::CharacterLease lease;
  std::vector<std::uint8_t> sheet;  ///< empty: it has never played
};
struct CharacterHeld {
  std::string node;  ///< that has the lease
  std::int64_t until = 0;
};
struct LoadAnswer {
  std::optional<LoadedCharacter> loaded;
  CharacterHeld held;  ///< when it was not loaded
};
enum class TakeOver : std::uint8_t {
  WhenFree,  ///< nobody's, of a lease that has run out, or of this node itself
  Always,  ///< whoever has it: that one's next cut is fenced off
};
/// Fails with kNoSuchCharacter when it is not that account's, or is to be deleted.
Result<LoadAnswer> load_character(Connection& connection, CharacterId id, AccountId account, const std::string& node,
                                  std::int64_t lease_until, std::int64_t now, TakeOver take_over);

/// Moves the end of leases that are still held; the others are left as they are.
/// @return the characters whose lease is lost
Result<std::vector<CharacterId>> renew_leases(Connection& connection, std::span<const room::CharacterLease> leases,
                                              const std::string& node, std::int64_t lease_until);
/// Ends it. Nothing happens when it is lost already.
Result<void> release_lease(Connection& connection, const room::CharacterLease& lease);
/// Ends those of a node that is known to be gone. @return how many
Result<std::int64_t> release_leases_of(Connection& connection, const std::string& node);
struct HeldLeases {
  std::int64_t count = 0;
  std::int64_t until = 0;  ///< when the last of them runs out, unless it is renewed; Unix milliseconds
};
/// Those that are held at `now`, by whichever node.
Result<HeldLeases> held_leases(Connection& connection, std::int64_t now);

struct NewName {
  std::string name;  ///< shown
  std::string name_key;
  std::int64_t now = 0;
  std::int64_t cooldown_ms = 0;  ///< until the next rename; so long nobody else can have the old name
};
/// Fails with kNameTaken, kNoSuchCharacter or kRenamedLately. Nothing happens when it is called so already.
Result<void> rename_character(Connection& connection, CharacterId id, AccountId account, const NewName& wish);
/// It can be taken back until `delete_at`. Fails with kCharacterPlays while somebody holds it.
Result<void> mark_for_deletion(Connection& connection, CharacterId id, AccountId account, std::int64_t delete_at,
                               std::int64_t now);
Result<void> take_deletion_back(Connection& connection, CharacterId id, AccountId account);

/// Ends characters whose grace is over: what they own goes to the source `destroy`, their names are free. The row stays,
/// without name and sheet, for the ledger names it.
/// @return how many; at most `max`, so that a transaction stays short
Result<std::size_t> purge_characters(Connection& connection, std::int64_t now, std::size_t max = 100);
/// The same at once, for whoever asks to be forgotten. Fails with kCharacterPlays while somebody holds it.
Result<void> purge_character(Connection& connection, CharacterId id, std::int64_t now);

}  // namespace throng::services
