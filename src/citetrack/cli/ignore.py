"""`citetrack ignore`: leave a code out of one story for good."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

import click

from citetrack.cli.dois import read_dois
from citetrack.cli.options import code_type, db_option
from citetrack.cli.saying import say

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Leave a code out of one story.")
@click.argument("story")
@click.argument("code", type=code_type)
@click.option("--doi", help="Only what is found about this study.")
@click.option("--undo", is_flag=True, help="Raise it again.")
@click.option("--by", help="Who decided; without it, the name you are logged in under.")
@click.option("--note", help="Why.")
@db_option
def ignore(
    story: str,
    code: str,
    db: Path,
    *,
    doi: str | None,
    undo: bool,
    by: str | None,
    note: str | None,
) -> None:
    """Leave the findings of a CODE out of one STORY that was kept, in later checks too.

    STORY is its number in `citetrack report stories`, its URL, its own id, or the beginning
    of one of these. What is decided is kept with name and time, and never overwritten.

    \b
    Examples:
      citetrack ignore 1 CT902
      citetrack ignore 1 CT902 --undo --note "the figures were compared by hand"
    """  # noqa: D301
    from citetrack import queries
    from citetrack.store import Store

    with Store.open(db, create=False) as store:
        article = queries.article_detail(store.db, queries.find_article(store.db, story))["article"]
        url = article["url"] or f"urn:sha256:{article['sha256']}"
        now = dt.datetime.now(dt.UTC)
        verdict: Literal["accept", "ignore"] = "accept" if undo else "ignore"
        (study,) = read_dois([doi]) if doi else (None,)
        store.decide(url, study, verdict, by=by or _user(), at=now, note=note, code=code)
    what = f"{code} about {study}" if study else code
    title = article["title"] or article["source"]
    again = "raised again" if undo else "left out"
    say(f"{what} is {again} in later checks of {title}.")


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):  # a container's user may have no name
        return "unknown"
