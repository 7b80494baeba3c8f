#pragma once
// What a cut of a room becomes in the database: characters written under their leases, and the moves in the ledger.

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "room/keeping.h"
#include "services/database/connection.h"
#include "services/store/ledger_batch.h"

namespace throng::services {

/// Of one connection, on its thread. The caller has the transaction: after either of the two it commits and says so, or
/// rolls back and says so.
class CutCommitter {
 public:
  /// @param node  of this process
  CutCommitter(const Clock& clock, std::string node) : clock_(clock), node_(std::move(node)) {}

  /// All of them as one, taking for granted that nothing stands against them, as is usual: one batch of statements. When
  /// something does it fails, and nothing is said about what.
  Result<void> apply_all(Connection& connection, std::span<const room::Cut* const> cuts);

  /// One of them, looking first: is it a repetition, who has lost the lease, does everybody have what they give. A failure is
  /// the connection's, by its trouble(): Busy when somebody came in between.
  Result<room::CutOutcome> apply_one(Connection& connection, const room::Cut& cut);

  /// What a cut is told that nothing but itself can have made fail; logged and counted.
  static room::CutOutcome refused(const room::Cut& cut, const std::string& why);

  void committed();
  void rolled_back() { assets_.rolled_back(); }

 private:
  using CharacterSet = std::unordered_set<std::int64_t>;

  Result<bool> is_repeated(Connection& connection, const room::Cut& cut) const;
  Result<CharacterSet> lost_leases(Connection& connection, const room::Cut& cut) const;
  Result<void> collect(Connection& connection, const room::Cut& cut, const CharacterSet& left_out);
  Result<void> run_collected(Connection& connection);
  Result<void> run_statements(Connection& connection);
  void tell_worlds_not_kept() const;
  void pass_failpoint(std::string_view name, room::LedgerSource reason) const;

  const Clock& clock_;
  const std::string node_;
  AssetIds assets_;
  // Of the batch that is being put together, kept for their memory.
  LedgerBatch batch_;
  std::vector<const room::Cut*> numbers_;
  std::vector<std::int64_t> worlds_kept_;  ///< of each of them; 0: its checkpoint was refused
  std::vector<const room::CharacterSave*> saves_;
  std::vector<SqlStatement> mails_;
  std::vector<SqlStatement> statements_;
};

/// Adds whoever exchanged something with one of `left_out` in this cut, by hand or over the ground, and whoever did with
/// those: none of theirs can stand alone.
void draw_in_partners(const room::Cut& cut, std::unordered_set<std::int64_t>& left_out);

}  // namespace throng::services
