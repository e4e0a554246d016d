"""`citetrack rule`: what a code means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

    from citetrack.checks.rules import Rule


@click.command(short_help="What a code such as CT201 means.")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text: one array of rules.")
def rule(code: str | None, *, as_json: bool) -> None:
    """Say what a CODE means and what to do; without a CODE, list all codes.

    Codes such as CT201 name what `citetrack check` finds. The same pages are in docs/rules/.

    \b
    Examples:
      citetrack rule
      citetrack rule CT201
    """  # noqa: D301
    from citetrack.checks.rules import find_rule, rules
    from citetrack.cli.writing import write_data, write_table

    if as_json:
        from citetrack.exports.jsonl import array_pieces

        chosen = [find_rule(code)] if code else rules()
        write_data(array_pieces(_fields(r) for r in chosen))
    elif code:
        write_table(_page(find_rule(code)))
    else:
        write_table(_list(rules()), "\nMore on each: citetrack rule CODE")


def _fields(one: Rule) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(one)


def _list(all_rules: tuple[Rule, ...]) -> RenderableType:
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    for one in all_rules:
        table.add_row(one.code, one.severity, one.listed)
    return table


def _page(one: Rule) -> RenderableType:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    example = Table.grid(padding=(0, 1))
    example.add_column(width=17, no_wrap=True, style="dim")
    example.add_column(overflow="fold")
    for said, text in (("story", one.story), ("record", one.record), ("citetrack", one.message)):
        example.add_row(f"the {said} says" if said != "citetrack" else "citetrack says", text)
    sections = (
        ("Raised", Text(one.raised)),
        ("Example", example),
        ("What to do", Text(one.do)),
        ("Leave it out", Text(one.leave_out.replace("`", ""))),
    )
    body = [part for name, text in sections for part in (Text(), Text(name, "bold"), _in(text))]
    head = Text(f"{one.code}  {one.title}", "bold")
    severity = Text(f"{one.severity}: {one.effect}".replace("`", ""), "dim")
    return Group(head, severity, Text(), Text(one.means), *body)


def _in(text: RenderableType) -> RenderableType:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, 2))
