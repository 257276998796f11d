"""Rows before and after an edit: what the journal writes down, and how it is applied."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from gadget_trainer.corpus.schema import JOURNALLED, change, project

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of one table, before and after; None where there is no row."""

    table: str
    row_id: int
    before: Row | None
    after: Row | None

    @property
    def adds_or_removes(self) -> bool:
        """Whether the row came or went."""
        return self.before is None or self.after is None

    def reversed(self) -> "RowChange":
        """The change that takes this one back."""
        return RowChange(self.table, self.row_id, self.after, self.before)


def setting_change(key: str, before: object, after: object) -> RowChange:
    """A setting of the project that is changed by the journal, because texts must not be at odds with it.

    None stands for a setting that was not made.
    """
    old, new = (None if value is None else {"key": key, "value": value} for value in (before, after))
    return RowChange(project.name, 0, old, new)


def write_down(connection: Connection, operation_id: int, changes: Iterable[RowChange]) -> None:
    """Write changes of single rows into the journal, as those of an operation."""
    rows = [
        {
            "operation_id": operation_id,
            "table_name": one.table,
            "row_id": one.row_id,
            "before": one.before,
            "after": one.after,
        }
        for one in changes
    ]
    if rows:
        connection.execute(insert(change), rows)


def apply_changes(connection: Connection, changes: Iterable[RowChange]) -> None:
    """Make the rows what they are after the changes; those that follow one another and are alike go at once."""
    for (name, kind, columns), group in groupby(changes, key=lambda one: (one.table, _kind(one), _columns(one))):
        rows = list(group)
        if name == project.name:
            _set(connection, rows)
            continue
        table = JOURNALLED[name]
        if kind == "delete":
            connection.execute(delete(table).where(table.c.id == bindparam("row")), [{"row": r.row_id} for r in rows])
        elif kind == "insert":
            connection.execute(insert(table), [r.after for r in rows if r.after is not None])
        else:
            new: dict[str, Any] = {column: bindparam(f"new_{column}") for column in columns}
            connection.execute(update(table).where(table.c.id == bindparam("row")).values(new), _renamed(rows))


def _set(connection: Connection, changes: Iterable[RowChange]) -> None:
    """Apply changes of settings, whose rows have a key and no id."""
    for one in changes:
        key = (one.after or one.before or {})["key"]
        connection.execute(delete(project).where(project.c.key == key))
        if one.after is not None:
            connection.execute(insert(project).values(one.after))


def _kind(one: RowChange) -> str:
    if one.after is None:
        return "delete"
    return "insert" if one.before is None else "update"


def _columns(one: RowChange) -> tuple[str, ...]:
    """The columns that an update sets; it need not name those that stay."""
    return tuple(key for key in one.after or () if key != "id")


def _renamed(rows: Iterable[RowChange]) -> list[Row]:
    return [
        {"row": one.row_id} | {f"new_{key}": value for key, value in (one.after or {}).items() if key != "id"}
        for one in rows
    ]
