"""`citetrack snapshot`: a Crossref of one's own."""

from __future__ import annotations

from importlib import import_module

import click

#: Each command, and the module that holds it.
_COMMANDS = {
    "build": "making",
    "update": "making",
    "info": "inspecting",
    "verify": "inspecting",
    "get": "inspecting",
    "search": "searching",
    "exists": "inspecting",
}


class _Group(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"citetrack.cli.snapshots.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=_Group, short_help="Make and ask a local copy of Crossref.")
def snapshot() -> None:
    """Make and ask a local copy of Crossref, whole or a slice of it.

    A snapshot is one folder. Name it with --works and every command looks there first, without
    waiting and without a network.

    \b
    Examples:
      citetrack snapshot build slice papers.jsonl --years 2015-2026
      citetrack check story.txt --works slice --offline
    """  # noqa: D301
