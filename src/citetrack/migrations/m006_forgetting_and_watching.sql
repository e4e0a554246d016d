-- Which questions were put for which story, so that they can be forgotten with it; and what was
-- last told of each cited work, so that `citetrack watch` tells only what is new.

CREATE TABLE article_lookups (
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  lookup_id INTEGER NOT NULL REFERENCES lookups(id) ON DELETE CASCADE,
  PRIMARY KEY (article_id, lookup_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_lookups_lookup_id ON article_lookups(lookup_id);

CREATE TABLE watched_works (
  work_id INTEGER PRIMARY KEY REFERENCES works(id) ON DELETE CASCADE,
  updates_json TEXT NOT NULL, -- each update that was known: [type, notice_doi]
  seen_at TEXT NOT NULL
) STRICT;
