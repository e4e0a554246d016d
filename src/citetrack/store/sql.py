"""Rows through one connection: what `saving` and `works` write with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence


class Rows:
    """Reads and writes rows. The caller opens the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, sql: str, values: Sequence[object]) -> None:
        """Run one statement."""
        self._connection.execute(sql, values)

    def value(self, sql: str, values: Sequence[object]) -> Any:
        """Return the first value of the first row, None when there is no row."""
        rows = self._connection.execute(sql, values).fetchall()
        return rows[0][0] if rows else None

    def add(self, sql: str, values: Sequence[object]) -> int:
        """Run a statement that ends with RETURNING id; return that id."""
        return int(self.value(sql, values))

    def next_id(self, table: str) -> int:
        """Return the id that the next row of `table` would have."""
        return int(self.value(f"SELECT ifnull(max(id), 0) + 1 FROM {table}", ()))  # noqa: S608

    def insert(
        self, table: str, columns: str, rows: Iterable[tuple[object, ...]], conflict: str = ""
    ) -> None:
        """Insert `rows`; `columns` are names with blanks between them."""
        names = columns.split()
        marks = ", ".join("?" * len(names))
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks}) {conflict}"  # noqa: S608
        self._connection.executemany(sql, rows)
