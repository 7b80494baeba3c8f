#pragma once
// Names: people on lists are known by number, a rename leaves its name reserved, and owners of mails tell nobody's.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kNames9{9, "names", R"sql(
ALTER TABLE acquaintance RENAME TO acquaintance_by_name;
CREATE TABLE acquaintance (
  owner {int} NOT NULL REFERENCES character (id),
  ignored {int} NOT NULL,                   -- 0: a friend
  place {int} NOT NULL,                     -- in the list
  character {int} NOT NULL REFERENCES character (id),
  PRIMARY KEY (owner, ignored, place)
){strict};
CREATE INDEX acquaintance_character ON acquaintance (character);
-- Who has the name today is who was meant; nobody could know more. Guests fall off the lists.
INSERT INTO acquaintance (owner, ignored, place, character)
  SELECT known.owner, known.ignored, known.place, character.id FROM acquaintance_by_name AS known
  JOIN character ON character.name = known.name AND character.name_key IS NOT NULL;
DROP TABLE acquaintance_by_name;

-- It was the sender's, and stayed when they were erased.
UPDATE owner SET name = 'mail' WHERE kind = 'mail';

ALTER TABLE character ADD COLUMN renamed_at {int} NOT NULL DEFAULT 0;   -- 0: never
-- Names that characters have given up lately: nobody else can take them yet.
CREATE TABLE given_up_name (
  name_key {text} PRIMARY KEY,
  character {int} NOT NULL REFERENCES character (id),   -- that was called so, and may be again
  free_at {int} NOT NULL
){strict};
)sql"};

}  // namespace throng::services
