-- The tables of runs, outlets, articles, their revisions and mentions.

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  command TEXT NOT NULL,
  version TEXT NOT NULL,
  config_json TEXT,
  target_data TEXT            -- which snapshot or works files were asked
) STRICT;

CREATE TABLE outlets (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  domain TEXT UNIQUE COLLATE NOCASE
) STRICT;
CREATE UNIQUE INDEX outlets_without_domain ON outlets(name) WHERE domain IS NULL;

CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  canonical_url TEXT NOT NULL UNIQUE,
  outlet_id INTEGER REFERENCES outlets(id),
  title TEXT,
  byline TEXT,
  published TEXT,
  lang TEXT,
  given_id TEXT,              -- the story's own id in the file it came from
  published_basis TEXT
    CHECK (published_basis IN ('given', 'meta', 'text', 'url', 'feed'))
) STRICT;
CREATE INDEX articles_outlet_id ON articles(outlet_id);
CREATE INDEX articles_given_id ON articles(given_id);

CREATE TABLE revisions (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL,
  text TEXT NOT NULL,
  zones_json TEXT NOT NULL,
  read_at TEXT NOT NULL,      -- first read; run_id is the run that read it last
  reader TEXT NOT NULL,
  source TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  UNIQUE (article_id, sha256)
) STRICT;
CREATE INDEX revisions_latest ON revisions(article_id, run_id, id);
CREATE INDEX revisions_run_id ON revisions(run_id);

CREATE TABLE mentions (
  id INTEGER PRIMARY KEY,
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  start_pos INTEGER NOT NULL,
  end_pos INTEGER NOT NULL,
  value TEXT NOT NULL,
  quote TEXT NOT NULL,
  prefix TEXT NOT NULL,
  suffix TEXT NOT NULL,
  zone TEXT NOT NULL CHECK (zone IN (
    'headline', 'body', 'more-information', 'caption', 'aside', 'related', 'comments',
    'footer', 'navigation', 'meta', 'json-ld', 'script')),
  finder TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  role TEXT,                  -- what a person is said to be
  UNIQUE (revision_id, kind, start_pos, end_pos, value)
) STRICT;
CREATE INDEX mentions_run_id ON mentions(run_id);
