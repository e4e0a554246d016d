-- The views: the interface for reports, and for whoever opens the file.

-- The text of each story that was read last.
CREATE VIEW latest_revisions AS
  SELECT v.* FROM revisions v WHERE v.id = (
    SELECT x.id FROM revisions x WHERE x.article_id = v.article_id
    ORDER BY x.run_id DESC, x.id DESC LIMIT 1);

-- What happened to each work: a reinstatement lifts what was announced before it.
CREATE VIEW work_statuses AS
  SELECT w.id AS work_id,
    coalesce(t.work_status, iif(w.updates_checked_at IS NULL, 'unknown', 'ok'))
      AS work_status,
    u.updated AS status_date, u.notice_doi AS status_notice_doi,
    u.source AS status_source, w.updates_checked_at AS status_checked_at
  FROM works w
  LEFT JOIN work_updates u ON u.id = (
    SELECT x.id FROM work_updates x JOIN update_types y ON y.type = x.type
    WHERE x.work_id = w.id AND NOT EXISTS (
      SELECT 1 FROM work_updates z
      WHERE z.work_id = w.id AND z.type = 'reinstatement'
        AND ifnull(z.updated, '9') >= ifnull(x.updated, ''))
    ORDER BY y.gravity, x.updated DESC, x.id LIMIT 1)
  LEFT JOIN update_types t ON t.type = u.type;

-- One row per story and work; `linked`: citetrack, or a person, stands behind it.
CREATE VIEW citation_report AS
  SELECT a.id AS article_id, a.canonical_url, a.title AS story_title, o.name AS outlet,
    a.published, w.id AS work_id, w.doi, w.title AS work_title, w.container_title,
    w.issued, c.status, c.confidence, c.margin, c.strategy,
    CASE d.verdict WHEN 'accept' THEN 1 WHEN 'reject' THEN 0
      ELSE c.status IN ('exact', 'strong') END AS linked,
    s.work_status, s.status_date, s.status_notice_doi, s.status_source,
    s.status_checked_at, d.verdict AS decision, d.decided_by, d.decided_at, d.note,
    v.id AS revision_id, r.id AS reference_id, c.id AS citation_id
  FROM citations c
  JOIN article_references r ON r.id = c.reference_id
  JOIN latest_revisions v ON v.id = r.revision_id
  JOIN articles a ON a.id = v.article_id
  JOIN works w ON w.id = c.work_id
  JOIN work_statuses s ON s.work_id = w.id
  LEFT JOIN outlets o ON o.id = a.outlet_id
  LEFT JOIN decisions d ON d.id = (
    SELECT max(x.id) FROM decisions x
    WHERE x.article_id = a.id AND x.work_id = w.id AND x.code IS NULL)
  WHERE c.id = (
    SELECT y.id FROM article_references x CROSS JOIN citations y
      ON y.reference_id = x.id AND y.work_id = c.work_id
    WHERE x.revision_id = r.revision_id
    ORDER BY CASE y.status WHEN 'exact' THEN 1 WHEN 'strong' THEN 2 WHEN 'weak' THEN 3
      WHEN 'ambiguous' THEN 4 ELSE 5 END, y.confidence DESC, x.ordinal LIMIT 1);

CREATE VIEW retracted_citations AS
  SELECT * FROM citation_report
  WHERE linked AND work_status IN ('retracted', 'withdrawn', 'retracted-republished');

CREATE VIEW unresolved_references AS
  SELECT a.id AS article_id, a.canonical_url, a.title AS story_title, o.name AS outlet,
    a.published, r.ordinal, r.summary, r.status, r.doi_as_printed, r.why,
    r.id AS reference_id
  FROM article_references r
  JOIN latest_revisions v ON v.id = r.revision_id
  JOIN articles a ON a.id = v.article_id
  LEFT JOIN outlets o ON o.id = a.outlet_id
  WHERE r.status NOT IN ('exact', 'strong') AND NOT EXISTS (
    SELECT 1 FROM citations c JOIN decisions d
      ON d.work_id = c.work_id AND d.article_id = a.id AND d.code IS NULL
    WHERE c.reference_id = r.id AND d.verdict = 'accept');

CREATE VIEW work_coverage AS
  SELECT c.work_id, c.doi, c.work_title, c.container_title, c.issued, c.work_status,
    c.status_date, count(*) AS story_count, count(DISTINCT c.outlet) AS outlet_count,
    min(c.published) AS first_story, max(c.published) AS last_story
  FROM citation_report c WHERE c.linked GROUP BY c.work_id;

CREATE VIEW outlet_summary AS
  SELECT o.id AS outlet_id, o.name AS outlet, o.domain, count(*) AS story_count,
    ifnull(sum(n.reference_count), 0) AS reference_count, ifnull(sum(k.linked_count), 0) AS linked_count,
    ifnull(sum(k.retracted_count), 0) AS retracted_count,
    min(a.published) AS first_story, max(a.published) AS last_story
  FROM articles a
  LEFT JOIN outlets o ON o.id = a.outlet_id
  LEFT JOIN (
    SELECT v.article_id, count(*) AS reference_count
    FROM article_references r JOIN latest_revisions v ON v.id = r.revision_id
    GROUP BY v.article_id) n ON n.article_id = a.id
  LEFT JOIN (
    SELECT c.article_id, sum(c.linked) AS linked_count,
      sum(c.linked AND c.work_status IN ('retracted', 'withdrawn', 'retracted-republished'))
        AS retracted_count
    FROM citation_report c GROUP BY c.article_id) k ON k.article_id = a.id
  GROUP BY o.id;
