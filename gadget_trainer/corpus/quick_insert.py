"""Rows by the million: what SQLAlchemy does for each row of an insertion takes longer than the insertion itself.

The statement and the conversion of values are SQLAlchemy's; they are asked for once for all rows.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert

Values = tuple[Any, ...]
"""A row: a value for each column of its table, in the table's order."""


class QuickInsert:
    """Inserts complete rows into a table."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        dialect = connection.dialect
        compiled = insert(table).compile(dialect=dialect)
        if list(compiled.positiontup or ()) != table.columns.keys():
            raise ValueError(f"the values of {table.name} are wanted in another order than that of its columns")
        self._statement = str(compiled)
        found = (one.type.dialect_impl(dialect).bind_processor(dialect) for one in table.columns)
        self._converted: list[tuple[int, Callable[[Any], Any]]] = [(at, way) for at, way in enumerate(found) if way]

    def insert(self, rows: Sequence[Values]) -> None:
        """Insert the rows."""
        if not rows:
            return
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for at, way in self._converted:
            columns[at] = map(way, columns[at])
        self._connection.exec_driver_sql(self._statement, list(zip(*columns, strict=True)))
