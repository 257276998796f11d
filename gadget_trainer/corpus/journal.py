"""The journal: the only way to change the corpus.

Every edit is an operation: a sentence and the rows that it changes, each with before and after, written in the
transaction that applies them. Undo and redo read it, so they survive crashes and restarts, and it is the audit
trail: nothing is removed from it, an undone operation that a later edit cuts off is only marked as dropped.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from gadget_trainer.corpus.schema import JOURNALLED, change, operation
from gadget_trainer.corpus.store import Store

Row = dict[str, Any]

_DONE, _UNDONE, _DROPPED = "done", "undone", "dropped"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of one table, before and after; None where there is no row."""

    table: str
    row_id: int
    before: Row | None
    after: Row | None

    def reversed(self) -> "RowChange":
        """The change that takes this one back."""
        return RowChange(self.table, self.row_id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edit, an undo or a redo did, for whoever shows it."""

    summary: str
    """The edit in the past tense, as in ``Labelled “iPhone X” GADGET``."""
    text_id: int | None = None
    """The text to show, where there is one."""
    text_ids: frozenset[int] = field(default_factory=frozenset)
    """The texts whose spans, state or flag changed; empty when texts came or went."""
    labels_changed: bool = False
    texts_came_or_went: bool = False
    changes: Sequence[RowChange] = ()
    """What was done to the rows, where they are few enough to say; an import's are not."""


class Journal:
    """Applies operations to a project's rows, and takes them back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, summary: str, changes: Sequence[RowChange], text_id: int | None = None) -> Outcome:
        """Apply the changes and write them down, in one transaction."""
        with self._store.writing() as connection:
            operation_id = self.begin(connection, summary, text_id)
            self._write_down(connection, operation_id, changes)
            _apply(connection, changes)
        return _outcome(summary, text_id, changes)

    def begin(self, connection: Connection, summary: str, text_id: int | None = None) -> int:
        """Start an operation within a transaction of the caller's; gives its id. What was undone is dropped."""
        connection.execute(update(operation).where(operation.c.status == _UNDONE).values(status=_DROPPED))
        row = {"at": time.time(), "summary": summary, "text_id": text_id, "status": _DONE}
        added = connection.execute(insert(operation).values(row).returning(operation.c.id))
        return int(added.scalar_one())

    def inserted(self, connection: Connection, operation_id: int, table: Table, first: int, last: int) -> None:
        """Write down that an import inserted the rows ``first`` to ``last`` (inclusive) of ``table``."""
        connection.execute(
            insert(change).values(operation_id=operation_id, table_name=table.name, row_id=first, last_id=last)
        )

    def undo(self) -> Outcome | None:
        """Take back the latest operation that is not undone; None when there is none."""
        newest = select(operation).where(operation.c.status == _DONE).order_by(operation.c.id.desc()).limit(1)
        with self._store.writing() as connection:
            found = connection.execute(newest).one_or_none()
            if found is None:
                return None
            self._spell_out_insertions(connection, found.id)
            changes = [one.reversed() for one in reversed(self._changes(connection, found.id))]
            _apply(connection, changes)
            self._mark(connection, found.id, _UNDONE)
        return _outcome(found.summary, found.text_id, changes)

    def redo(self) -> Outcome | None:
        """Do again what was undone last; None when there is nothing."""
        oldest = select(operation).where(operation.c.status == _UNDONE).order_by(operation.c.id).limit(1)
        with self._store.writing() as connection:
            found = connection.execute(oldest).one_or_none()
            if found is None:
                return None
            changes = self._changes(connection, found.id)
            _apply(connection, changes)
            self._mark(connection, found.id, _DONE)
        return _outcome(found.summary, found.text_id, changes)

    def next_undo(self) -> str | None:
        """The summary of the operation that undo would take back."""
        return self._summary(select(operation.c.summary).where(operation.c.status == _DONE), newest=True)

    def next_redo(self) -> str | None:
        """The summary of the operation that redo would do again."""
        return self._summary(select(operation.c.summary).where(operation.c.status == _UNDONE), newest=False)

    def _summary(self, query: Any, *, newest: bool) -> str | None:
        order = operation.c.id.desc() if newest else operation.c.id
        with self._store.reading() as connection:
            summary: str | None = connection.scalar(query.order_by(order).limit(1))
        return summary

    def _mark(self, connection: Connection, operation_id: int, status: str) -> None:
        connection.execute(update(operation).where(operation.c.id == operation_id).values(status=status))

    def _write_down(self, connection: Connection, operation_id: int, changes: Iterable[RowChange]) -> None:
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

    def _changes(self, connection: Connection, operation_id: int) -> list[RowChange]:
        query = select(change).where(change.c.operation_id == operation_id).order_by(change.c.id)
        return [RowChange(row.table_name, row.row_id, row.before, row.after) for row in connection.execute(query)]

    def _spell_out_insertions(self, connection: Connection, operation_id: int) -> None:
        """Before an import is undone its rows move into the journal, so that it can be done again."""
        ranges = select(change).where(change.c.operation_id == operation_id, change.c.last_id.is_not(None))
        found = connection.execute(ranges.order_by(change.c.id)).all()
        for one in found:
            table = JOURNALLED[one.table_name]
            rows = connection.execute(select(table).where(table.c.id.between(one.row_id, one.last_id))).mappings()
            changes = [RowChange(table.name, row["id"], None, dict(row)) for row in rows]
            self._write_down(connection, operation_id, changes)
            connection.execute(delete(change).where(change.c.id == one.id))


def next_id(connection: Connection, table: Table) -> int:
    """An id that no row of ``table`` has or ever had, so that ids grow with time."""
    of_table = change.c.table_name == table.name
    single, ranges = (
        connection.scalar(select(func.max(column)).where(of_table)) for column in (change.c.row_id, change.c.last_id)
    )
    return max(single or 0, ranges or 0) + 1


def _apply(connection: Connection, changes: Iterable[RowChange]) -> None:
    for (name, kind, columns), group in groupby(changes, key=lambda one: (one.table, _kind(one), _columns(one))):
        table = JOURNALLED[name]
        rows = list(group)
        if kind == "delete":
            connection.execute(delete(table).where(table.c.id == bindparam("row")), [{"row": r.row_id} for r in rows])
        elif kind == "insert":
            connection.execute(insert(table), [r.after for r in rows if r.after is not None])
        else:
            new: dict[str, Any] = {column: bindparam(f"new_{column}") for column in columns}
            connection.execute(update(table).where(table.c.id == bindparam("row")).values(new), _renamed(rows))


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


def _outcome(summary: str, text_id: int | None, changes: Sequence[RowChange]) -> Outcome:
    return Outcome(
        summary=summary,
        text_id=text_id,
        text_ids=frozenset(_texts(changes)),
        labels_changed=any(one.table == "label" for one in changes),
        texts_came_or_went=any(one.table == "text" and _kind(one) != "update" for one in changes),
        changes=changes,
    )


def _texts(changes: Iterable[RowChange]) -> Iterator[int]:
    for one in changes:
        if one.table == "text":
            yield one.row_id
        elif one.table == "span":
            yield from (row["text_id"] for row in (one.before, one.after) if row is not None)
