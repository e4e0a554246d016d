"""Groups of commands whose modules are imported when one of them is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


def lazy_group(modules: Mapping[str, str]) -> type[click.Group]:
    """Return a kind of group: `modules` are its commands, in order, and where each stands.

    `--help` names them without importing what they need.
    """

    class Lazy(click.Group):
        def list_commands(self, ctx: click.Context) -> list[str]:
            del ctx
            return list(modules)

        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
            del ctx
            if cmd_name not in modules:
                return None
            command: click.Command = getattr(import_module(modules[cmd_name]), cmd_name)
            return command

    return Lazy
