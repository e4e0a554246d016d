-- The tables of references, citations, claims, findings and decisions.

CREATE TABLE article_references (
  id INTEGER PRIMARY KEY,
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  summary TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN (
    'exact', 'strong', 'weak', 'ambiguous', 'different', 'not_found', 'unchecked')),
  strategy TEXT,
  doi_as_printed TEXT,
  updates_checked INTEGER NOT NULL CHECK (updates_checked IN (0, 1)),
  run_id INTEGER NOT NULL REFERENCES runs(id),
  why TEXT,
  UNIQUE (revision_id, ordinal)
) STRICT;
CREATE INDEX article_references_status ON article_references(status);
CREATE INDEX article_references_run_id ON article_references(run_id);

CREATE TABLE reference_mentions (
  reference_id INTEGER NOT NULL REFERENCES article_references(id) ON DELETE CASCADE,
  mention_id INTEGER NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  PRIMARY KEY (reference_id, mention_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_mentions_mention_id ON reference_mentions(mention_id);

CREATE TABLE candidates (
  id INTEGER PRIMARY KEY,
  reference_id INTEGER NOT NULL REFERENCES article_references(id) ON DELETE CASCADE,
  work_id INTEGER NOT NULL REFERENCES works(id),
  lookup_id INTEGER REFERENCES lookups(id) ON DELETE SET NULL,
  position INTEGER NOT NULL,
  confidence REAL,
  UNIQUE (reference_id, work_id)
) STRICT;
CREATE INDEX candidates_work_id ON candidates(work_id);
CREATE INDEX candidates_lookup_id ON candidates(lookup_id);

CREATE TABLE citations (
  id INTEGER PRIMARY KEY,
  reference_id INTEGER NOT NULL REFERENCES article_references(id) ON DELETE CASCADE,
  work_id INTEGER NOT NULL REFERENCES works(id),
  status TEXT NOT NULL CHECK (status IN (
    'exact', 'strong', 'weak', 'ambiguous', 'different')),
  confidence REAL,
  margin REAL,
  strategy TEXT,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  UNIQUE (reference_id, work_id)
) STRICT;
CREATE INDEX citations_work_id ON citations(work_id);
CREATE INDEX citations_run_id ON citations(run_id);

CREATE TABLE citation_reasons (
  id INTEGER PRIMARY KEY,
  citation_id INTEGER NOT NULL REFERENCES citations(id) ON DELETE CASCADE,
  feature TEXT NOT NULL,
  agrees INTEGER CHECK (agrees IN (0, 1)),  -- null: one side is silent
  story TEXT,
  record TEXT,
  weight REAL NOT NULL,
  mention_id INTEGER REFERENCES mentions(id) ON DELETE SET NULL
) STRICT;
CREATE INDEX citation_reasons_citation_id ON citation_reasons(citation_id);
CREATE INDEX citation_reasons_mention_id ON citation_reasons(mention_id);

CREATE TABLE claims (
  id INTEGER PRIMARY KEY,
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE,
  start_pos INTEGER NOT NULL,
  end_pos INTEGER NOT NULL,
  work_id INTEGER REFERENCES works(id),
  quote TEXT NOT NULL,
  figures_json TEXT NOT NULL,
  score REAL,
  outcome TEXT NOT NULL CHECK (outcome IN (
    'agrees', 'differs', 'not-in-abstract', 'no-abstract', 'unclear')),
  how_compared TEXT,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  UNIQUE (revision_id, start_pos, end_pos, work_id)
) STRICT;
CREATE INDEX claims_work_id ON claims(work_id);
CREATE INDEX claims_run_id ON claims(run_id);

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  claim_id INTEGER NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
  work_id INTEGER REFERENCES works(id),
  field TEXT NOT NULL,
  quote TEXT NOT NULL,
  start_pos INTEGER NOT NULL,
  end_pos INTEGER NOT NULL,
  score REAL,
  stance TEXT NOT NULL CHECK (stance IN ('supports', 'contradicts', 'unclear'))
) STRICT;
CREATE INDEX evidence_claim_id ON evidence(claim_id);
CREATE INDEX evidence_work_id ON evidence(work_id);

CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'note')),
  message TEXT NOT NULL,
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE,
  reference_id INTEGER REFERENCES article_references(id) ON DELETE CASCADE,
  citation_id INTEGER REFERENCES citations(id) ON DELETE CASCADE,
  claim_id INTEGER REFERENCES claims(id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  doi TEXT,
  start_pos INTEGER,
  end_pos INTEGER
) STRICT;
CREATE INDEX findings_revision_id ON findings(revision_id);
CREATE INDEX findings_reference_id ON findings(reference_id);
CREATE INDEX findings_citation_id ON findings(citation_id);
CREATE INDEX findings_claim_id ON findings(claim_id);
CREATE INDEX findings_run_id ON findings(run_id);

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  work_id INTEGER REFERENCES works(id),
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'ignore')),
  code TEXT,                  -- the finding it is about, if one
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  note TEXT
) STRICT;
CREATE INDEX decisions_article_id ON decisions(article_id, work_id);
CREATE INDEX decisions_work_id ON decisions(work_id);
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are append only'); END;
CREATE TRIGGER decisions_are_never_deleted BEFORE DELETE ON decisions
  WHEN EXISTS (SELECT 1 FROM articles WHERE id = OLD.article_id)
  BEGIN SELECT RAISE(ABORT, 'decisions are append only'); END;
