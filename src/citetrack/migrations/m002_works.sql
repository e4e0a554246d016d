-- The tables of lookups and works, and of what happened to works later.

CREATE TABLE lookups (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  query TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('found', 'not_found', 'unavailable')),
  asked_at TEXT,
  target_data TEXT,
  response_json TEXT,         -- kept for answers that may be given again
  run_id INTEGER REFERENCES runs(id),
  UNIQUE (source, query)
) STRICT;
CREATE INDEX lookups_run_id ON lookups(run_id);

CREATE TABLE works (
  id INTEGER PRIMARY KEY,
  doi TEXT UNIQUE COLLATE NOCASE,
  pmid TEXT UNIQUE,
  type TEXT NOT NULL,
  title TEXT,                 -- 6% of records have none
  container_title TEXT,
  issued TEXT,
  abstract TEXT,
  csl_json TEXT NOT NULL,
  lookup_id INTEGER REFERENCES lookups(id) ON DELETE SET NULL,
  updates_checked_at TEXT     -- when a source of notices last answered for it
) STRICT;
CREATE INDEX works_lookup_id ON works(lookup_id);

CREATE TABLE work_contributors (
  work_id INTEGER NOT NULL REFERENCES works(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  family TEXT,
  given TEXT,
  literal TEXT,
  orcid TEXT,
  PRIMARY KEY (work_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_updates (
  id INTEGER PRIMARY KEY,
  work_id INTEGER NOT NULL REFERENCES works(id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  notice_doi TEXT,
  source TEXT NOT NULL,
  label TEXT,
  updated TEXT,
  lookup_id INTEGER REFERENCES lookups(id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX work_updates_once
  ON work_updates(work_id, type, ifnull(notice_doi, ''), source);
CREATE INDEX work_updates_lookup_id ON work_updates(lookup_id);

CREATE TABLE update_types (
  type TEXT PRIMARY KEY,
  work_status TEXT NOT NULL,
  gravity INTEGER NOT NULL    -- the gravest (1) decides, whatever came after it
) STRICT, WITHOUT ROWID;
INSERT INTO update_types VALUES
  ('retraction', 'retracted', 1), ('withdrawal', 'withdrawn', 1),
  ('removal', 'withdrawn', 1), ('retraction_and_replacement', 'retracted-republished', 1),
  ('partial_retraction', 'retracted', 1), ('expression_of_concern', 'expression-of-concern', 2),
  ('correction', 'corrected', 3), ('addendum', 'corrected', 3), ('clarification', 'corrected', 3);

CREATE TABLE work_relations (
  id INTEGER PRIMARY KEY,
  work_id INTEGER NOT NULL REFERENCES works(id) ON DELETE CASCADE,
  relation TEXT NOT NULL,
  other_id TEXT NOT NULL,     -- the other work's identifier; it need not be stored
  UNIQUE (work_id, relation, other_id)
) STRICT;
