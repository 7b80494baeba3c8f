#pragma once
// Versions of the content: what config/content said, and since when.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kContent8{8, "versions of the content", R"sql(
-- Each text once, however many versions have it.
CREATE TABLE content_text (
  text_id {text} PRIMARY KEY,        -- sixty-four hexadecimal digits, of the text
  body {bytes} NOT NULL
){strict};

CREATE TABLE content_version (
  version {int} PRIMARY KEY,
  texts_id {text} NOT NULL,          -- of all its texts and their names
  hash {text} NOT NULL,              -- GameContent::hash in sixteen hexadecimal digits
  made_at {text} NOT NULL,           -- ISO 8601, UTC
  author {text} NOT NULL,
  reason {text} NOT NULL,
  diff {text} NOT NULL               -- JSON, against the version before
){strict};

CREATE TABLE content_file (
  version {int} NOT NULL REFERENCES content_version (version),
  name {text} NOT NULL,              -- relative to config/content
  text_id {text} NOT NULL REFERENCES content_text (text_id),
  PRIMARY KEY (version, name)
){strict};
CREATE INDEX content_file_text ON content_file (text_id);

-- One row, which whoever makes a version holds meanwhile.
CREATE TABLE content_live (
  place {int} PRIMARY KEY CHECK (place = 1),
  version {int} REFERENCES content_version (version)   -- NULL: none was played yet
){strict};
INSERT INTO content_live (place, version) VALUES (1, NULL);
)sql"};

}  // namespace throng::services
