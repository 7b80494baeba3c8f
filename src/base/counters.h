#pragma once
// What happened, how often: one plain number per thread and reason, summed when somebody asks.
// To add one: a line in the list below; it appears in /metrics by itself. What has labels from the configuration, goes up
// and down, or is a distribution is in metrics.h.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/metric_cells.h"

namespace throng {

// X(enumerator, "metric name", "label pairs or empty", "help")
#define THRONG_COUNTERS(X)                                                                                           \
  X(Oddities, "throng_oddities_total", "", "Surprises that were safe to go on from")                                 \
  X(ConnectionsOpened, "throng_connections_opened_total", "", "TCP connections accepted")                            \
  X(ConnectionsClosedTls, "throng_connections_closed_total", "reason=\"handshake\"",                                 \
    "TCP connections closed: in what")                                                                               \
  X(ConnectionsClosedHttp, "throng_connections_closed_total", "reason=\"http\"", "")                                 \
  X(ConnectionsClosedLost, "throng_connections_closed_total", "reason=\"lost\"", "")                                 \
  X(ConnectionsClosedGoodbye, "throng_connections_closed_total", "reason=\"goodbye\"", "")                           \
  X(ConnectionsRefusedLimit, "throng_connections_refused_total", "reason=\"limit\"", "Connections refused")          \
  X(ConnectionsRefusedAddress, "throng_connections_refused_total", "reason=\"address_rate\"", "")                    \
  X(AcceptFailed, "throng_accept_failures_total", "", "Connections that the system could not hand over")             \
  X(HttpRequests, "throng_http_requests_total", "", "HTTP requests answered")                                        \
  X(HttpBadHeader, "throng_http_rejected_total", "reason=\"malformed\"", "HTTP requests refused")                    \
  X(HttpTooLarge, "throng_http_rejected_total", "reason=\"too_large\"", "")                                          \
  X(HttpTimeout, "throng_http_rejected_total", "reason=\"timeout\"", "")                                             \
  X(HttpUnanswered, "throng_http_rejected_total", "reason=\"unanswered\"", "")                                       \
  X(WebSocketsOpened, "throng_websockets_opened_total", "", "WebSocket upgrades completed")                          \
  X(FrameProtocolError, "throng_frames_rejected_total", "reason=\"protocol\"", "WebSocket frames refused")           \
  X(FrameTooLarge, "throng_frames_rejected_total", "reason=\"too_large\"", "")                                       \
  X(FrameNotUtf8, "throng_frames_rejected_total", "reason=\"utf8\"", "")                                             \
  X(PongTimeout, "throng_websockets_dropped_total", "reason=\"pong_timeout\"", "WebSockets ended by the server")     \
  X(SlowReader, "throng_websockets_dropped_total", "reason=\"slow_reader\"", "")                                     \
  X(TlsHandshakeFailed, "throng_tls_failures_total", "", "TLS handshakes or sessions that failed")                   \
  X(MessagesIn, "throng_messages_received_total", "", "Protocol frames received from clients")                       \
  X(FramesOut, "throng_frames_sent_total", "", "Protocol frames sent to clients")                                    \
  X(BytesIn, "throng_received_bytes_total", "", "Bytes read from sockets")                                           \
  X(BytesOut, "throng_sent_bytes_total", "", "Bytes handed to sockets")                                              \
  X(MessageUndecodable, "throng_messages_rejected_total", "reason=\"undecodable\"", "Client messages refused")       \
  X(MessageUnknownType, "throng_messages_rejected_total", "reason=\"unknown_type\"", "")                             \
  X(MessageBadField, "throng_messages_rejected_total", "reason=\"bad_field\"", "")                                   \
  X(MessageRateLimited, "throng_messages_rejected_total", "reason=\"rate_limited\"", "")                             \
  X(MessageFlood, "throng_messages_rejected_total", "reason=\"flood\"", "")                                          \
  X(MessageUnknownOpcode, "throng_messages_rejected_total", "reason=\"unknown_opcode\"", "")                         \
  X(MessageTooEarly, "throng_messages_rejected_total", "reason=\"before_ack\"", "")                                  \
  X(SeatsReserved, "throng_seats_reserved_total", "", "Seats given out by match-making")                             \
  X(SeatsExpired, "throng_seats_expired_total", "", "Seats that nobody took in time")                                \
  X(SeatRefused, "throng_joins_refused_total", "reason=\"bad_seat\"", "WebSocket joins refused")                     \
  X(TokenRefused, "throng_joins_refused_total", "reason=\"bad_token\"", "")                                          \
  X(RoomMissing, "throng_joins_refused_total", "reason=\"no_room\"", "")                                             \
  X(JoinsCompleted, "throng_joins_total", "", "Clients that completed a join")                                       \
  X(Reconnections, "throng_reconnections_total", "", "Sessions taken up again")                                      \
  X(SessionsDropped, "throng_sessions_dropped_total", "", "Sessions whose socket went away without a leave")         \
  X(MatchmakeRefused, "throng_matchmake_refused_total", "", "Match-making requests answered with an error")          \
  X(PatchesSkippedSlow, "throng_patches_skipped_total", "reason=\"slow_reader\"", "Patches not sent to a client")    \
  X(PatchesOverBudget, "throng_patches_over_budget_total", "", "Patches cut to the byte budget, nearest first")      \
  X(InterestEnters, "throng_interest_changes_total", "change=\"enter\"",                                             \
    "Entities that came into or went out of views")                                                                  \
  X(InterestLeaves, "throng_interest_changes_total", "change=\"leave\"", "")                                         \
  X(LevelsReached, "throng_levels_reached_total", "", "Levels that players reached")                                 \
  X(AchievementsEarned, "throng_achievements_earned_total", "", "Achievements that players earned")                  \
  X(InboxFull, "throng_room_inbox_full_total", "", "Intents dropped because a room's inbox was full")                \
  X(MailboxFull, "throng_mailbox_full_total", "", "Messages between threads refused")                                \
  X(TicksRun, "throng_ticks_total", "", "Room ticks run")                                                            \
  X(TicksLate, "throng_ticks_late_total", "", "Room ticks that began more than one interval late")                   \
  X(TickAllocations, "throng_tick_allocations_total", "", "Heap allocations in ticks and patches; bench build only") \
  X(ContentAccepted, "throng_content_reloads_total", "result=\"accepted\"", "Changed sets of content looked at")     \
  X(ContentRefused, "throng_content_reloads_total", "result=\"refused\"", "")                                        \
  X(SignInsAccepted, "throng_sign_ins_total", "result=\"accepted\"", "Logins, registrations and anonymous accounts") \
  X(SignInsRefused, "throng_sign_ins_total", "result=\"refused\"", "")                                               \
  X(SignInsLockedOut, "throng_sign_ins_total", "result=\"locked_out\"", "")                                          \
  X(SignInsOverloaded, "throng_sign_ins_total", "result=\"overloaded\"", "")                                         \
  X(EmailsSent, "throng_emails_total", "result=\"sent\"", "Mails to people")                                         \
  X(EmailsGivenUp, "throng_emails_total", "result=\"given_up\"", "")                                                 \
  X(StoreGroups, "throng_store_groups_total", "", "Transactions that the store committed")                           \
  X(StoreJobs, "throng_store_jobs_total", "", "Pieces of work in them that were not cuts")                           \
  X(StoreReads, "throng_store_reads_total", "", "Pieces of reading work done")                                       \
  X(StoreCuts, "throng_store_cuts_total", "result=\"kept\"", "Cuts of rooms")                                        \
  X(StoreCutsRepeated, "throng_store_cuts_total", "result=\"repeated\"", "")                                         \
  X(StoreCutsRefused, "throng_store_cuts_total", "result=\"refused\"", "")                                           \
  X(StoreMoves, "throng_store_moves_total", "", "Moves of things and coins in the ledger")                           \
  X(StoreSaves, "throng_store_saves_total", "", "Characters written")                                                \
  X(StoreFencedOff, "throng_store_fenced_off_total", "", "Characters that were not written: their lease is lost")    \
  X(StoreFull, "throng_store_refused_total", "", "Work that was refused because too much waited")                    \
  X(StoreRetries, "throng_store_retries_total", "", "Transactions that were tried again")                            \
  X(StoreReconnects, "throng_store_reconnects_total", "", "Connections to the database that were taken up again")    \
  X(SpansExported, "throng_trace_spans_total", "result=\"exported\"", "Spans of traces that were to be sent")        \
  X(SpansDropped, "throng_trace_spans_total", "result=\"queue_full\"", "")                                           \
  X(SpansFailed, "throng_trace_spans_total", "result=\"failed\"", "")                                                \
  X(RoomsCreated, "throng_rooms_created_total", "", "Rooms created")                                                 \
  X(RoomCuts, "throng_room_cuts_total", "", "Cuts of rooms that came back from the store")                           \
  X(RoomCutTicks, "throng_room_cut_ticks_total", "", "Ticks from handing a cut over to its coming back")             \
  X(UnexplainedMoves, "throng_room_unexplained_moves_total", "", "Moves of things that no event explains: mistakes") \
  X(RoomsDisposed, "throng_rooms_disposed_total", "", "Rooms disposed")

enum class Counter : std::uint16_t {
#define THRONG_COUNTER_ENUM(name, metric, labels, help) name,
  THRONG_COUNTERS(THRONG_COUNTER_ENUM)
#undef THRONG_COUNTER_ENUM
      Count_
};

inline constexpr std::size_t kCounterCount = static_cast<std::size_t>(Counter::Count_);

struct CounterInfo {
  std::string_view metric;
  std::string_view labels;
  std::string_view help;
};

const CounterInfo& counter_info(Counter counter);

/// Adds on the calling thread; a plain relaxed store, no shared cache line. Any thread.
inline void count(Counter counter, std::uint64_t by = 1) {
  cells::add(1 + static_cast<std::uint32_t>(counter), by);  // cell 0 is nobody's
}

/// Sum over all threads, those that have ended included. Any thread; never blocks a writer.
std::uint64_t counted(Counter counter);

}  // namespace throng
