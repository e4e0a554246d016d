-- What is waited for, and what is watched: DOIs that are not live yet, and Retraction Watch data.

-- DOIs that a story printed before they went live; `citetrack refresh` asks for them again.
CREATE TABLE awaited_dois (
  id INTEGER PRIMARY KEY,
  doi TEXT NOT NULL COLLATE NOCASE,
  story TEXT NOT NULL,        -- the story's canonical address; it need not be stored
  first_asked_at TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  UNIQUE (doi, story)
) STRICT;
CREATE INDEX awaited_dois_story ON awaited_dois(story);

-- Which Retraction Watch data are stored: one row, or none.
CREATE TABLE retraction_data (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  day TEXT NOT NULL,          -- the day the data are of
  stored_at TEXT NOT NULL,
  source TEXT NOT NULL,       -- the file or address they came from
  notice_count INTEGER NOT NULL
) STRICT;

-- The rows of the data that name a paper by its DOI.
CREATE TABLE retraction_notices (
  id INTEGER PRIMARY KEY,
  doi TEXT NOT NULL,          -- the paper's, in lower case
  type TEXT NOT NULL,
  updated TEXT,
  notice_doi TEXT,
  reasons TEXT,
  record TEXT                 -- the row's number in the data
) STRICT;
CREATE INDEX retraction_notices_doi ON retraction_notices(doi);

-- What became of the cited work, as the JSON of a run has it.
ALTER TABLE article_references ADD COLUMN afterwards_json TEXT;
