"""`citetrack config`: each setting, and where its value came from."""

from __future__ import annotations

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A JSON array, one object a setting.")
def config(*, as_json: bool) -> None:
    """Show each setting, its value, and where the value came from.

    A flag goes before a variable CITETRACK_*, that before config.toml, that before the default.

    \b
    Examples:
      citetrack config
      citetrack config --json

    \b
    JSON: name, value, source (the variable, config.toml or default), help.
    """  # noqa: D301
    from citetrack.cli.settings import SETTINGS, file_values, found
    from citetrack.cli.writing import write_data, write_table

    values = file_values()
    rows = [(s, *found(s, values)) for s in SETTINGS]
    if as_json:
        from citetrack.exports.jsonl import array_pieces

        write_data(
            array_pieces(
                {"name": s.name, "value": value, "source": source, "help": s.help}
                for s, value, source in rows
            )
        )
        return
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(2):
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for setting, value, source in rows:
        grid.add_row(setting.name, source, _shown(value))
    write_table(grid, f"\nconfig.toml: {_file()}")


def _shown(value: object) -> str:
    from citetrack.text import printable

    if isinstance(value, list):
        return printable(", ".join(map(str, value)))
    return printable(str(value)) if value is not None else "(not set)"


def _file() -> str:
    from citetrack.cli.settings import config_path
    from citetrack.text import printable

    path = config_path()
    if path is None:
        return "there is no home folder to keep it in"
    return printable(str(path)) + ("" if path.is_file() else " (there is none yet)")
