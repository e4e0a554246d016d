"""The help of every command as one page of the documentation."""

from __future__ import annotations

import click

_WIDTH = 80


def help_pages() -> str:
    """Return the help of all commands in Markdown, in the order in which people meet them."""
    from citetrack.cli import main

    parent = click.Context(main, info_name="citetrack", **main.context_settings)
    return "\n".join(_page(main, name, parent) for name in main.list_commands(parent))


def _page(group: click.Group, name: str, parent: click.Context) -> str:
    command = group.get_command(parent, name)
    assert command is not None, name
    ctx = click.Context(
        command, info_name=name, parent=parent, terminal_width=_WIDTH, max_content_width=_WIDTH
    )
    mark = "#" * (2 if parent.parent is None else 3)
    page = f"{mark} {ctx.command_path}\n\n```text\n{command.get_help(ctx)}\n```\n"
    if not isinstance(command, click.Group):
        return page
    return "\n".join((page, *(_page(command, each, ctx) for each in command.list_commands(ctx))))
