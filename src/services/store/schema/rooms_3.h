#pragma once
// Nodes that live, rooms that carry on after a restart, and numbers that are given out once.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kRooms3{3, "rooms", R"sql(
-- A server that has started. Its leases and rooms are its own as long as it is alive.
CREATE TABLE node (
  name {text} PRIMARY KEY,           -- another one at each start
  started_at {int} NOT NULL,
  alive_until {int} NOT NULL         -- moved on while it runs
){strict};

-- The world of a room at its last cut that took one along.
CREATE TABLE room_checkpoint (
  key {text} PRIMARY KEY,            -- kind/map/number@node, the one it began on; `aside:` before it: could not be read
  node {text} NOT NULL,              -- who carries it on
  fence {int} NOT NULL,
  room {text} NOT NULL,              -- id of the room, as the ledger has it
  tick {int} NOT NULL,
  content_version {int} NOT NULL,
  saved_at {int} NOT NULL,
  ledger_id {int} NOT NULL DEFAULT 0,  -- the newest row of the ledger at that time
  state {bytes} NOT NULL             -- zstd
){strict};

-- Numbers that are given out in blocks and never twice.
CREATE TABLE number_block (
  name {text} PRIMARY KEY,
  next {int} NOT NULL
){strict};
INSERT INTO number_block (name, next) VALUES ('item_uids', 1);
)sql"};

}  // namespace throng::services
