#pragma once
// Characters, who owns what, and every move of it.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kCharacters2{2, "characters and ledger", R"sql(
-- Whoever can own something. Numbers below 1000 are sources and sinks; characters and mails take theirs from here.
CREATE TABLE owner (
  id {id from 1000},
  kind {text} NOT NULL,              -- source, character, mail
  name {text} NOT NULL               -- of a source its word; else for people who read the table
){strict};
INSERT INTO owner (id, kind, name) VALUES (999, 'source', 'reserved');

CREATE TABLE character (
  id {int} PRIMARY KEY REFERENCES owner (id),
  account {int} NOT NULL REFERENCES account (id),
  name {text} NOT NULL,              -- shown
  name_key {text} UNIQUE,            -- normalised; NULL once deleted, so that the name is free
  created_at {int} NOT NULL,
  played_at {int} NOT NULL,
  delete_at {int},                   -- the grace period ends then; NULL: it lives
  level {int} NOT NULL,
  map {text} NOT NULL,
  sheet {bytes},                     -- NULL: has never played
  saved_at {int} NOT NULL,
  fence {int} NOT NULL DEFAULT 0,
  node {text},                       -- whose lease it is; NULL: nobody's
  leased_until {int} NOT NULL DEFAULT 0
){strict};
CREATE INDEX character_account ON character (account);

CREATE TABLE asset (
  id {id},
  name {text} NOT NULL UNIQUE        -- an item's id, or coins
){strict};

-- How much of what an owner has; only sources are below zero.
CREATE TABLE balance (
  owner {int} NOT NULL REFERENCES owner (id),
  asset {int} NOT NULL REFERENCES asset (id),
  amount {int} NOT NULL,
  PRIMARY KEY (owner, asset),
  CHECK (amount >= 0 OR owner < 1000)
){strict};

-- Pieces that do not stack, each with its one owner.
CREATE TABLE item (
  uid {int} PRIMARY KEY,
  asset {int} NOT NULL REFERENCES asset (id),
  owner {int} NOT NULL REFERENCES owner (id)
){strict};
CREATE INDEX item_owner ON item (owner);

-- Double entry: each row takes from one owner and gives to another, so its sum is zero.
CREATE TABLE ledger (
  id {id},
  at {int} NOT NULL,
  from_owner {int} NOT NULL,
  to_owner {int} NOT NULL,
  asset {int} NOT NULL,
  amount {int} NOT NULL CHECK (amount > 0),
  item {int},                        -- uid of the piece
  reason {int} NOT NULL,             -- a source's number
  note {text},                       -- trade, mail …
  room {text} NOT NULL,              -- a room's id, or who did it
  tick {int} NOT NULL
){strict};
-- Of a row from a source to a character only one side is indexed.
CREATE INDEX ledger_to ON ledger (to_owner, id) WHERE to_owner >= 1000;
CREATE INDEX ledger_from ON ledger (from_owner, id) WHERE from_owner >= 1000;

-- The last cut of a room that took effect: one that comes twice does nothing.
CREATE TABLE room_cut (
  room {text} PRIMARY KEY,
  number {int} NOT NULL,
  at {int} NOT NULL
){strict};

-- External commands that must not take effect twice, with the answer that they got.
CREATE TABLE command_key (
  key {text} PRIMARY KEY,
  at {int} NOT NULL,
  answer {text} NOT NULL
){strict};
)sql"};

}  // namespace throng::services
