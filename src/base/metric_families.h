#pragma once
// Every metric that is not a plain counter (those are in counters.h): its name, labels, bound and meaning. One line each; it
// appears in /metrics, /metrics.json and docs/metrics.md by itself (`./dev gen` for the page).
//
// A label's values are words of the program or of its configuration. Never a player, the id of a room, or free text.
// Beyond the bound a series is called `other`, so that no configuration can make the page grow for ever.

namespace throng {

// Counters with labels: X(enumerator, "metric name", "labels", series at most, "help")
#define THRONG_COUNTER_FAMILIES(X)                                                                                     \
  X(TicksSlow, "throng_ticks_slow_total", "room", 16, "Ticks that took more than half of their interval")              \
  X(PatchedBytes, "throng_patch_bytes_total", "room", 16, "Bytes of state patches, before the frame header")           \
  X(MessagesByType, "throng_client_messages_total", "type", 48, "Messages of clients that a room looked at")           \
  X(SentByType, "throng_server_messages_total", "type", 32, "Messages to clients; state is snapshot and patch")        \
  X(Matches, "throng_matchmake_total", "method,outcome", 40, "Match-making requests by how they ended")                \
  X(HttpByRoute, "throng_http_route_requests_total", "route", 16, "HTTP requests by the part of the program asked")    \
  X(WebSocketsClosed, "throng_websockets_closed_total", "code,by", 26, "WebSockets that ended, by code and side")      \
  X(HttpByStatus, "throng_http_responses_total", "status", 6, "HTTP answers by the class of their status")             \
  X(StoreFailures, "throng_store_failures_total", "trouble", 8, "Transactions that failed, by what was in the way")    \
  X(Combat, "throng_combat_events_total", "kind", 12, "What happened in fights")                                       \
  X(DamageDealt, "throng_damage_points_total", "source,target", 12, "Hit points lost, by who dealt and who took them") \
  X(HealingDone, "throng_healing_points_total", "target", 4, "Hit points restored by skills and items")                \
  X(SkillsUsed, "throng_skills_used_total", "skill", 96, "Casts that were finished")                                   \
  X(Deaths, "throng_deaths_total", "victim", 4, "Deaths")                                                              \
  X(Kills, "throng_kills_total", "monster", 96, "Monsters killed by players, each counted once")                       \
  X(Drops, "throng_drops_total", "rarity", 8, "Drops that appeared")                                                   \
  X(Experience, "throng_experience_points_total", "source", 12, "Experience gained")                                   \
  X(ExperienceLost, "throng_experience_lost_points_total", "source", 12, "Experience lost")                            \
  X(Quests, "throng_quest_changes_total", "state", 6, "Quests that came into a state; none: given up")                 \
  X(ChatLines, "throng_chat_lines_total", "channel", 8, "Chat lines that somebody heard or could have")                \
  X(CurrencyCreated, "throng_currency_created_coins_total", "source", 12, "Coins that characters got")                 \
  X(CurrencyDestroyed, "throng_currency_destroyed_coins_total", "source", 12, "Coins that characters gave")            \
  X(ItemsGained, "throng_items_gained_total", "source", 12, "Things that characters got")                              \
  X(ItemsLost, "throng_items_lost_total", "source", 12, "Things that characters gave")                                 \
  X(AiTransitions, "throng_monster_transitions_total", "from,to", 49, "Changes of the state of monsters")

// Gauges that owners move up and down: X(enumerator, "metric name", "labels", series at most, unit, "help")
#define THRONG_GAUGES(X)                                                                                             \
  X(Connections, "throng_connections", "", 1, One, "TCP connections that are open")                                  \
  X(WebSockets, "throng_websockets", "", 1, One, "WebSockets that are open")                                         \
  X(OutQueueBytes, "throng_out_queue_bytes", "", 1, One, "Bytes that wait for clients that do not read fast enough") \
  X(OutQueues, "throng_out_queues", "", 1, One, "Connections for which bytes wait")                                  \
  X(Rooms, "throng_rooms", "room", 16, One, "Rooms that exist")                                                      \
  X(Players, "throng_players", "room", 16, One, "Sessions that have joined, those that may come back included")      \
  X(Seats, "throng_seats", "room", 16, One,                                                                          \
    "Seats that are taken: players, and those who were sent but have not come")                                      \
  X(Entities, "throng_entities", "room", 16, One, "Entities that are alive")                                         \
  X(Monsters, "throng_monsters", "state", 8, One, "Monsters by the state that they are in")

// Distributions: X(enumerator, "metric name", "labels", series at most, buckets, unit, "help")
#define THRONG_HISTOGRAMS(X)                                                                                       \
  X(TickDuration, "throng_tick_duration_seconds", "room", 16, Ticks, Nanos,                                        \
    "Time of a tick and its patches, waiting left out")                                                            \
  X(TickPhase, "throng_tick_phase_duration_seconds", "room,phase", 176, Phases, Nanos, "Time of a part of a tick") \
  X(TickDelay, "throng_tick_delay_seconds", "room", 16, Waits, Nanos, "How late a tick began")                     \
  X(LoopLag, "throng_event_loop_lag_seconds", "worker", 65, Waits, Nanos,                                          \
    "How late a timer of a worker's event loop ran")                                                               \
  X(MatchDuration, "throng_matchmake_duration_seconds", "method", 8, Waits, Nanos,                                 \
    "Time from a match-making request to its answer")                                                              \
  X(PatchSize, "throng_patch_size_bytes", "", 1, Sizes, One, "Bytes of one client's patch")                        \
  X(StoreCommit, "throng_store_commit_duration_seconds", "", 1, Waits, Nanos,                                      \
    "Time of a group of works until it was durable")                                                               \
  X(StoreSync, "throng_store_sync_duration_seconds", "", 1, Waits, Nanos,                                          \
    "Time in which the disk confirmed commits; with PostgreSQL the commit itself has waited for it")               \
  X(StoreGroupSize, "throng_store_group_works", "", 1, Sizes, One, "Pieces of work that one transaction carried")  \
  X(ScrapeDuration, "throng_scrape_duration_seconds", "", 1, Waits, Nanos, "Time that this page took to make")

// What is looked up when somebody asks: X(enumerator, type, "metric name", "labels", "help")
#define THRONG_COMPUTED(X)                                                                                 \
  X(BuildInfo, Gauge, "throng_build_info", "version,compiler", "Always 1; what runs is in the labels")     \
  X(ProcessCpu, Counter, "process_cpu_seconds_total", "", "CPU time of the process, user and system")      \
  X(ProcessResident, Gauge, "process_resident_memory_bytes", "", "Memory that is really in use")           \
  X(ProcessVirtual, Gauge, "process_virtual_memory_bytes", "", "Address space")                            \
  X(ProcessOpenFds, Gauge, "process_open_fds", "", "Open file descriptors")                                \
  X(ProcessMaxFds, Gauge, "process_max_fds", "", "File descriptors that may be open")                      \
  X(ProcessStart, Gauge, "process_start_time_seconds", "", "When the process began, in Unix time")         \
  X(ProcessThreads, Gauge, "process_threads", "", "Threads of the process")                                \
  X(Ready, Gauge, "throng_ready", "", "1 when /readyz says yes")                                           \
  X(Workers, Gauge, "throng_workers", "", "Worker threads")                                                \
  X(StoreWaiting, Gauge, "throng_store_queue_works", "", "Pieces of work that wait for the store")         \
  X(StoreOldest, Gauge, "throng_store_queue_oldest_seconds", "", "How long the oldest of them has waited") \
  X(StoreState, Gauge, "throng_store_state", "state", "1 for the state that the store is in")              \
  X(ContentVersion, Gauge, "throng_content_version", "", "Version of the content that rooms run")          \
  X(ContentRefusedNow, Gauge, "throng_content_refused", "", "1 when the newest look at the content folder refused it")

}  // namespace throng
