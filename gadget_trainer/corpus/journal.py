"""The journal: the only way to change the corpus.

Every edit is an operation: a sentence and the rows that it changes, each with before and after, written in the
transaction that applies them. Undo and redo read it, so they survive crashes and restarts, and it is the audit
trail: nothing is removed from it, an undone operation that a later edit cuts off is only marked as dropped. Many
rows at once are one change, whose rows never pass through Python: see bulk.py.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, Table, exists, func, insert, select, update

from gadget_trainer.corpus import bulk
from gadget_trainer.corpus.outcomes import EditSteps, Outcome, outcome_of, outcome_of_rows, with_bulk
from gadget_trainer.corpus.row_changes import RowChange, apply_changes, write_down
from gadget_trainer.corpus.schema import change, operation
from gadget_trainer.corpus.store import Store

_DONE, _UNDONE, _DROPPED = "done", "undone", "dropped"


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the history shows it."""

    id: int
    at: float
    """Seconds since 1970, UTC."""
    summary: str
    text_id: int | None
    undone: bool


_NEWEST = select(operation.c.id).where(operation.c.status == _DONE).order_by(operation.c.id.desc()).limit(1)
_OLDEST_UNDONE = select(operation.c.id).where(operation.c.status == _UNDONE).order_by(operation.c.id).limit(1)


class Journal:
    """Applies operations to a project's rows, and takes them back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, summary: str, changes: Sequence[RowChange], text_id: int | None = None) -> Outcome:
        """Apply the changes and write them down, in one transaction."""
        with self._store.writing() as connection:
            operation_id = self.begin(connection, summary, text_id)
            self.apply(connection, operation_id, changes)
        return outcome_of_rows(summary, text_id, changes)

    def amend(
        self, summary: str, row: RowChange, changes: Sequence[RowChange], text_id: int | None = None
    ) -> Outcome | None:
        """Apply ``row``, the new content of a row, and ``changes`` as a part of the operation that added the row.

        So one undo takes back both; the operation is called ``summary`` from then on. None, and nothing is done,
        unless that operation is the latest and nothing is undone: what came later was written down for the row
        as it was.
        """
        with self._store.writing() as connection:
            latest = connection.execute(select(operation).order_by(operation.c.id.desc()).limit(1)).one_or_none()
            if latest is None or latest.status != _DONE:
                return None
            of_row = (
                change.c.operation_id == latest.id,
                change.c.table_name == row.table,
                change.c.row_id == row.row_id,
            )
            addition = update(change).where(*of_row, change.c.bulk.is_(None), change.c.before.is_(None))
            if connection.execute(addition.values(after=row.after)).rowcount == 0:
                return None
            self.rename(connection, latest.id, summary)
            self.apply(connection, latest.id, changes)
            apply_changes(connection, [row])
        return outcome_of_rows(summary, text_id, [*changes, row])

    def has_undone(self) -> bool:
        """Whether there is something that redo would do again, and that a new operation would drop."""
        with self._store.reading() as connection:
            return bool(connection.scalar(select(exists().where(operation.c.status == _UNDONE))))

    def begin(self, connection: Connection, summary: str, text_id: int | None = None) -> int:
        """Start an operation within a transaction of the caller's; gives its id. What was undone is dropped."""
        connection.execute(update(operation).where(operation.c.status == _UNDONE).values(status=_DROPPED))
        row = {"at": time.time(), "summary": summary, "text_id": text_id, "status": _DONE}
        added = connection.execute(insert(operation).values(row).returning(operation.c.id))
        return int(added.scalar_one())

    def apply(self, connection: Connection, operation_id: int, changes: Sequence[RowChange]) -> None:
        """Apply changes of single rows as a part of an operation that was begun, and write them down."""
        write_down(connection, operation_id, changes)
        apply_changes(connection, changes)

    def rename(self, connection: Connection, operation_id: int, summary: str) -> None:
        """Call an operation that was begun something else: what it did is known only now."""
        connection.execute(update(operation).where(operation.c.id == operation_id).values(summary=summary))

    def undo(self) -> Outcome | None:
        """Take back the latest operation that is not undone; None when there is none."""
        return outcome_of(self.undo_steps())

    def redo(self) -> Outcome | None:
        """Do again what was undone last; None when there is nothing."""
        return outcome_of(self.redo_steps())

    def undo_steps(self) -> EditSteps:
        """Undo, a part at a time."""
        return self._travel(_NEWEST, forward=False)

    def redo_steps(self) -> EditSteps:
        """Redo, a part at a time."""
        return self._travel(_OLDEST_UNDONE, forward=True)

    def rows_to_undo(self) -> int:
        """How many rows undo would change, at most: whether it takes long."""
        return self._rows_of(_NEWEST)

    def rows_to_redo(self) -> int:
        """How many rows redo would change, at most: whether it takes long."""
        return self._rows_of(_OLDEST_UNDONE)

    def next_undo(self) -> str | None:
        """The summary of the operation that undo would take back."""
        done = select(operation.c.summary).where(operation.c.status == _DONE)
        with self._store.reading() as connection:
            summary: str | None = connection.scalar(done.order_by(operation.c.id.desc()).limit(1))
        return summary

    def history(self, most: int, before_id: int | None = None) -> list[Operation]:
        """The latest ``most`` operations (before that one), the latest first; those that were cut off are left out."""
        query = select(operation).where(operation.c.status != _DROPPED).order_by(operation.c.id.desc()).limit(most)
        if before_id is not None:
            query = query.where(operation.c.id < before_id)
        with self._store.reading() as connection:
            return [
                Operation(row.id, row.at, row.summary, row.text_id, row.status == _UNDONE)
                for row in connection.execute(query)
            ]

    def outcome(self, connection: Connection, operation_id: int, *, forward: bool = True) -> Outcome:
        """What an operation did, or what taking it back did where not ``forward``."""
        found = connection.execute(select(operation).where(operation.c.id == operation_id)).one()
        steps = _steps(connection, operation_id, forward=forward)
        single = [_row_change(one, forward=forward) for one in steps if one.bulk is None]
        return with_bulk(connection, outcome_of_rows(found.summary, found.text_id, single), steps)

    def _travel(self, which: Select[Any], *, forward: bool) -> EditSteps:
        with self._store.writing() as connection:
            operation_id = connection.scalar(which)
            if operation_id is None:
                return
            steps = _steps(connection, operation_id, forward=forward)
            groups = groupby(steps, key=lambda one: one.bulk is not None)
            ways = [_all_of(connection, list(group), in_bulk=in_bulk, forward=forward) for in_bulk, group in groups]
            yield from bulk.in_turn(*ways)
            status = _DONE if forward else _UNDONE
            connection.execute(update(operation).where(operation.c.id == operation_id).values(status=status))
            outcome = self.outcome(connection, operation_id, forward=forward)
        yield outcome

    def _rows_of(self, which: Select[Any]) -> int:
        rows = func.coalesce(change.c.last_id - change.c.row_id, 0) + 1
        with self._store.reading() as connection:
            of_operation = change.c.operation_id == which.scalar_subquery()
            return connection.scalar(select(func.sum(rows)).where(of_operation)) or 0


def _all_of(connection: Connection, steps: Sequence[Any], *, in_bulk: bool, forward: bool) -> Iterator[float]:
    """Do the changes again, or take them back: all of them in bulk, or all of single rows."""
    if in_bulk:
        yield from bulk.in_turn(*(bulk.travel(connection, one, forward=forward) for one in steps))
    else:
        apply_changes(connection, [_row_change(one, forward=forward) for one in steps])
        yield 1.0


def next_id(connection: Connection, table: Table) -> int:
    """An id that no row of ``table`` has or ever had, so that ids grow with time."""
    of_table = change.c.table_name == table.name
    single, ranges = (
        connection.scalar(select(func.max(column)).where(of_table)) for column in (change.c.row_id, change.c.last_id)
    )
    return max(single or 0, ranges or 0) + 1


def _steps(connection: Connection, operation_id: int, *, forward: bool) -> Sequence[Any]:
    """The rows of ``change`` of an operation, in the order in which they are done, or taken back."""
    order = change.c.id if forward else change.c.id.desc()
    return connection.execute(select(change).where(change.c.operation_id == operation_id).order_by(order)).all()


def _row_change(step: Any, *, forward: bool) -> RowChange:
    done = RowChange(step.table_name, step.row_id, step.before, step.after)
    return done if forward else done.reversed()
