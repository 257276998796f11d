"""Rows by the million: what SQLAlchemy does for each row of an insertion takes longer than the insertion itself.

The statement is SQLAlchemy's; it is asked for once for all rows.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert

Values = tuple[Any, ...]
"""A row: a value for each column of its table, in the table's order, as the file holds it: JSON is a string."""


class QuickInsert:
    """Inserts complete rows into a table."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        compiled = insert(table).compile(dialect=connection.dialect)
        if list(compiled.positiontup or ()) != table.columns.keys():
            raise ValueError(f"the values of {table.name} are wanted in another order than that of its columns")
        self._statement = str(compiled)

    def insert(self, rows: Sequence[Values]) -> None:
        """Insert the rows."""
        if rows:
            self._connection.exec_driver_sql(self._statement, list(rows))
