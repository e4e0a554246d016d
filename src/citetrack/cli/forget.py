"""`citetrack forget`: remove a story, a study or old answers from the tracker, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citetrack.cli.options import date_type, db_option

if TYPE_CHECKING:
    from pathlib import Path

    from citetrack.model import Doi, PartialDate
    from citetrack.store import Forgotten, Store


@click.command(short_help="Remove a story, a study or old answers.")
@click.argument("story_or_doi", required=False)
@click.option("--lookups-before", type=date_type, help="Remove what was asked before this date.")
@click.option("--json", "as_json", is_flag=True, help="The counts as a JSON object.")
@db_option
def forget(
    story_or_doi: str | None, lookups_before: PartialDate | None, db: Path, *, as_json: bool
) -> None:
    """Remove a story, a study, or what was asked before a date. It cannot be undone.

    STORY_OR_DOI is a story's number in `citetrack report stories`, its URL, its own id, or the
    beginning of one of these; or a DOI. With a story goes all that was found in it, decided about
    it, and asked for no other story; with a DOI what was asked about it, and its record where no
    story names it. The file is rewritten, so that no text of it is left. Exports and copies of the
    file are not touched.

    \b
    Examples:
      citetrack forget 1
      citetrack forget --lookups-before 2025-01-01
    """  # noqa: D301
    from citetrack.store import Store

    if (story_or_doi is None) == (lookups_before is None):
        raise click.UsageError("Name a story or a DOI, or give --lookups-before DATE.")
    with Store.open(db, create=False) as store:
        if story_or_doi is None:
            assert lookups_before is not None
            what = f"what was asked before {lookups_before}"
            gone = store.forget_lookups(str(lookups_before))
        else:
            what, gone = _forgotten(store, story_or_doi)
    _write(what, gone, as_json=as_json)


def _forgotten(store: Store, text: str) -> tuple[str, Forgotten]:
    from citetrack import queries
    from citetrack.text import printable

    if doi := _as_doi(text):
        return doi.value, store.forget_work(doi)
    article = queries.find_article(store.db, text)
    story = queries.article_detail(store.db, article)["article"]
    return printable(story["title"] or story["source"]), store.forget_article(article)


def _as_doi(text: str) -> Doi | None:
    from citetrack.errors import InvalidIdentifier
    from citetrack.model import Doi

    try:
        return Doi.parse(text)
    except InvalidIdentifier:
        return None


def _write(what: str, gone: Forgotten, *, as_json: bool) -> None:
    from dataclasses import asdict

    from citetrack.cli.writing import write_data

    if as_json:
        from citetrack.exports.jsonl import to_json

        write_data([f"{to_json(asdict(gone))}\n"])
        return
    write_data([f"Forgotten: {what}\n  {_counts(gone)}.\n", *_still(gone)])


def _counts(gone: Forgotten) -> str:
    counted = (
        (gone.stories, "story with all that was found in it", "stories"),
        (gone.decisions, "decision about it", "decisions about it"),
        (
            gone.works,
            "record of a study cited or considered",
            "records of studies cited or considered",
        ),
        (gone.lookups, "question that was asked", "questions that were asked"),
    )
    said = [f"{n} {one if n == 1 else many}" for n, one, many in counted if n]
    return ", ".join(said) or "no question about it was kept"


def _still(gone: Forgotten) -> list[str]:
    if not gone.cited_by:
        return []
    if gone.cited_by == 1:
        return ["  1 story cites it, and its record stays with that: forget the story too.\n"]
    return [f"  {gone.cited_by} stories cite it, and its record stays: forget the stories too.\n"]
