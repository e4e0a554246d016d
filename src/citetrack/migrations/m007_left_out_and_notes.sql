-- Findings that were left out as asked are kept beside those that were raised; and what was to be
-- noted of the text that was read (a JSON list of sentences).

ALTER TABLE findings ADD COLUMN ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1));
ALTER TABLE revisions ADD COLUMN notes_json TEXT NOT NULL DEFAULT '[]';
