"""`citetrack snapshot`: a Crossref of one's own."""

from __future__ import annotations

import click

from citetrack.cli.lazy import lazy_group

#: Each command, and the module that holds it.
_COMMANDS = {
    "build": "citetrack.cli.snapshots.making",
    "update": "citetrack.cli.snapshots.making",
    "info": "citetrack.cli.snapshots.inspecting",
    "verify": "citetrack.cli.snapshots.inspecting",
    "get": "citetrack.cli.snapshots.inspecting",
    "search": "citetrack.cli.snapshots.searching",
    "exists": "citetrack.cli.snapshots.inspecting",
}


@click.group(cls=lazy_group(_COMMANDS), short_help="Make and ask a local copy of Crossref.")
def snapshot() -> None:
    """Make and ask a local copy of Crossref, whole or a slice of it.

    A snapshot is one folder. Name it with --works and every command looks there first, without
    waiting and without a network.

    \b
    Examples:
      citetrack snapshot build slice papers.jsonl --years 2015-2026
      citetrack check story.txt --works slice --offline
    """  # noqa: D301
