from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from citetrack.migrations import STEPS, migrations

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = {
    "runs", "outlets", "articles", "revisions", "mentions", "article_references",
    "reference_mentions", "lookups", "works", "work_contributors", "work_updates",
    "work_relations", "candidates", "citations", "citation_reasons", "claims", "evidence",
    "findings", "decisions", "update_types", "article_lookups", "watched_works",
    "awaited_dois", "retraction_data",
    "retraction_notices",
}  # fmt: skip
VIEWS = {
    "latest_revisions", "work_statuses", "citation_report", "retracted_citations",
    "unresolved_references", "work_coverage", "outlet_summary",
}  # fmt: skip


@pytest.fixture
def db() -> Iterator[Database]:
    with Database(memory=True) as database:
        migrations().apply(database)
        yield database


def test_the_steps_make_every_table_and_view(db: Database) -> None:
    assert set(db.table_names()) - {"_sqlite_migrations"} == TABLES
    assert set(db.view_names()) == VIEWS


def test_every_step_is_recorded_once(db: Database) -> None:
    migrations().apply(db)
    assert [m.name for m in migrations().applied(db)] == list(STEPS)
    assert migrations().pending(db) == []


def test_every_table_is_strict(db: Database) -> None:
    assert {t.name for t in db.tables if t.strict} == TABLES


def test_every_foreign_key_has_an_index(db: Database) -> None:
    """An index, or the primary key of a table without row ids, begins with the column."""
    missing = set()
    for table in db.tables:
        first = {table.pks[0], *(index.columns[0] for index in table.indexes)}
        keys = {key.column for key in table.foreign_keys}
        missing |= {f"{table.name}.{column}" for column in keys - first}
    assert missing == set()


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_can_be_read(db: Database, view: str) -> None:
    assert list(db.query(f"SELECT * FROM {view}")) == []


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param(
            "INSERT INTO lookups (source, query, outcome) VALUES ('x', 'y', 'perhaps')",
            id="outcome",
        ),
        pytest.param(
            "INSERT INTO articles (canonical_url, published_basis) VALUES ('u', 'guess')",
            id="basis-of-a-date",
        ),
        pytest.param(
            "INSERT INTO work_contributors (work_id, position) VALUES ('one', 1)", id="type"
        ),
    ],
)
def test_what_is_no_value_of_a_column_is_refused(db: Database, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(sql)
