#pragma once
// Named instants at which a test ends the process as kill -9 would: `THRONG_FAILPOINT=store.before_commit:3` at the third
// time that it comes by. Compiled in by the CMake option THRONG_FAILPOINTS (debug and sanitizer presets), else nothing.

#include <array>
#include <string_view>

namespace throng::services {

/// Does not come back when this is the instant that the environment names. Any thread.
void reach_failpoint(std::string_view name);

/// Whether the environment names this one. Always false when the build has none.
bool failpoint_armed(std::string_view name);

/// Whether this build has them.
bool has_failpoints();

/// Every one of a group of works, in the order in which it passes them.
inline constexpr std::array<std::string_view, 8> kStoreFailpoints{
    "store.before_begin",  "store.after_begin",  "store.after_job",        "store.after_write",
    "store.before_commit", "store.after_commit", "store.in_acknowledging", "store.after_acknowledging"};

/// Of bringing the schema forward, at each step; of the tidying at a start; of a backup; of a restore.
inline constexpr std::array<std::string_view, 3> kMigrationFailpoints{"migration.after_step", "migration.before_commit",
                                                                      "migration.after_commit"};
inline constexpr std::array<std::string_view, 5> kTidyingFailpoints{
    "tidying.after_cuts", "tidying.after_keys", "index.after_entering", "index.before_commit", "index.after_commit"};
inline constexpr std::array<std::string_view, 4> kBackupFailpoints{"backup.after_beginning", "backup.after_block",
                                                                   "backup.before_renaming", "backup.after_renaming"};
inline constexpr std::array<std::string_view, 6> kRestoreFailpoints{"restore.after_schema",   "restore.after_begin",
                                                                    "restore.after_emptying", "restore.after_batch",
                                                                    "restore.before_commit",  "restore.after_commit"};

/// Of a group with a trade between two kept characters.
inline constexpr std::array<std::string_view, 2> kTradeFailpoints{"store.trade_before_commit",
                                                                  "store.trade_after_commit"};
/// Of a group with something that goes into a mail, or comes out of one to whoever claims it.
inline constexpr std::array<std::string_view, 2> kMailFailpoints{"store.mail_before_commit", "store.mail_after_commit"};

}  // namespace throng::services

#ifdef THRONG_FAILPOINTS
#define THRONG_FAILPOINT(name) ::throng::services::reach_failpoint(name)
#else
#define THRONG_FAILPOINT(name) static_cast<void>(0)
#endif
