"""`citetrack show`: one story, or one work with the stories that cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citetrack.cli.options import db_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Show one story, or one study and its stories.")
@click.argument("article_or_doi")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
@db_option
def show(article_or_doi: str, db: Path, *, as_json: bool) -> None:
    """Show one story that was kept, or one study with all stories that cite it.

    ARTICLE_OR_DOI is a DOI, or a story's number in `citetrack report stories`, its URL, its own
    id, or the beginning of one of these.

    \b
    Examples:
      citetrack show 1
      citetrack show 10.1001/jamanetworkopen.2025.3204
    """  # noqa: D301
    from citetrack import queries
    from citetrack.cli.writing import write_data, write_table
    from citetrack.store import Store

    with Store.open(db, readonly=True) as store:
        if doi := queries.find_work(store.db, article_or_doi):
            detail = queries.work_detail(store.db, doi)
        else:
            article = queries.find_article(store.db, article_or_doi)
            detail = queries.article_detail(store.db, article)
    if as_json:
        from citetrack.exports.jsonl import to_json

        write_data([f"{to_json(detail)}\n"])
        return
    from citetrack.report.stored import article_view, work_view

    write_table(work_view(detail) if doi else article_view(detail))
