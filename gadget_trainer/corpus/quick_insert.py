"""Rows by the million: what SQLAlchemy does for each row of an insertion takes longer than the insertion itself.

The statement and the conversion of values are SQLAlchemy's; they are asked for once for all rows.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert

from gadget_trainer.corpus.journal import Row


class QuickInsert:
    """Inserts complete rows into a table; a value for each of its columns."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        dialect = connection.dialect
        compiled = insert(table).compile(dialect=dialect)
        self._statement = str(compiled)
        self._values = itemgetter(*(compiled.positiontup or table.columns.keys()))
        found = ((one.name, one.type.dialect_impl(dialect).bind_processor(dialect)) for one in table.columns)
        self._converted: list[tuple[str, Callable[[Any], Any]]] = [(name, way) for name, way in found if way]

    def insert(self, rows: Sequence[Row]) -> None:
        """Insert the rows, whose values are converted in place."""
        for name, way in self._converted:
            for row in rows:
                row[name] = way(row[name])
        if rows:
            self._connection.exec_driver_sql(self._statement, [self._values(row) for row in rows])
