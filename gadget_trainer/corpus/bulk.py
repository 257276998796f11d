"""Many rows at once, in a few statements: the journal's bulk changes, as an import or a label's deletion makes them.

A bulk change keeps its rows in the table ``bulk_…`` beside their own: a deletion from the start, an insertion
from when it is first undone; until then the rows themselves say what was inserted. They stay there, as everything
in the journal does, so that undo and redo only copy them back or delete by their ids.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, exists, func, insert, literal, select

from gadget_trainer.corpus.schema import BULK, JOURNALLED, change


class BulkKind(StrEnum):
    """What a bulk change did to its rows."""

    INSERTED = "inserted"
    DELETED = "deleted"


def note_inserted(connection: Connection, operation_id: int, table: Table, first: int, last: int) -> None:
    """Write down that the rows ``first`` to ``last`` (inclusive) of ``table`` were inserted."""
    _note(connection, operation_id, table, BulkKind.INSERTED, first, last)


def delete_rows(connection: Connection, operation_id: int, table: Table, which: ColumnElement[bool]) -> None:
    """Delete the rows of ``table`` that ``which`` holds for, and write them down."""
    extent = select(func.min(table.c.id), func.max(table.c.id)).where(which)
    first, last = connection.execute(extent).one()
    if first is None:
        return
    change_id = _note(connection, operation_id, table, BulkKind.DELETED, first, last)
    _keep(connection, change_id, table, which)
    _take_away(connection, change_id, table)


def replace_rows(
    connection: Connection,
    operation_id: int,
    table: Table,
    which: ColumnElement[bool],
    first_id: int,
    values: Mapping[str, object],
) -> None:
    """Replace the rows of ``table`` that ``which`` holds for by copies with these values and ids from ``first_id`` on.

    ``which`` must not hold for the copies.
    """
    given: dict[str, ColumnElement[Any]] = {name: literal(value) for name, value in values.items()}
    given["id"] = func.row_number().over(order_by=table.c.id) + (first_id - 1)
    columns = [column.name for column in table.columns]
    rows = select(*(given.get(name, table.c[name]) for name in columns)).where(which)
    connection.execute(insert(table).from_select(columns, rows))
    last = connection.scalar(select(func.max(table.c.id))) or 0
    if last >= first_id:
        note_inserted(connection, operation_id, table, first_id, last)
    delete_rows(connection, operation_id, table, which)


def travel(connection: Connection, one: Row[tuple[object, ...]], *, forward: bool) -> None:
    """Do the bulk change ``one``, a row of ``change``, again; or take it back where not ``forward``."""
    table = JOURNALLED[one.table_name]
    if forward == (one.bulk == BulkKind.INSERTED):
        _put_back(connection, one.id, table)
        return
    kept = BULK[table.name]
    if not connection.scalar(select(exists().where(kept.c.change_id == one.id))):
        _keep(connection, one.id, table, table.c.id.between(one.row_id, one.last_id))
    _take_away(connection, one.id, table)


def texts_of_spans(connection: Connection, one: Row[tuple[object, ...]]) -> frozenset[int]:
    """The texts whose spans (or refusals) the bulk change ``one``, a row of ``change``, deleted or inserted."""
    kept, table = BULK[one.table_name], JOURNALLED[one.table_name]
    was_kept = frozenset(connection.scalars(select(kept.c.text_id).distinct().where(kept.c.change_id == one.id)))
    if was_kept or one.bulk == BulkKind.DELETED:
        return was_kept
    there = select(table.c.text_id).distinct().where(table.c.id.between(one.row_id, one.last_id))
    return frozenset(connection.scalars(there))


def _note(connection: Connection, operation_id: int, table: Table, kind: BulkKind, first: int, last: int) -> int:
    row = {"operation_id": operation_id, "table_name": table.name, "bulk": kind, "row_id": first, "last_id": last}
    added = connection.execute(insert(change).values(row).returning(change.c.id))
    return int(added.scalar_one())


def _keep(connection: Connection, change_id: int, table: Table, which: ColumnElement[bool]) -> None:
    columns = [column.name for column in table.columns]
    rows = select(literal(change_id), *table.columns).where(which).order_by(table.c.id)
    connection.execute(insert(BULK[table.name]).from_select(["change_id", *columns], rows))


def _take_away(connection: Connection, change_id: int, table: Table) -> None:
    kept = BULK[table.name]
    ids = select(kept.c.id).where(kept.c.change_id == change_id)
    connection.execute(delete(table).where(table.c.id.in_(ids)))


def _put_back(connection: Connection, change_id: int, table: Table) -> None:
    kept = BULK[table.name]
    columns = [column.name for column in table.columns]
    rows = select(*(kept.c[name] for name in columns)).where(kept.c.change_id == change_id).order_by(kept.c.id)
    connection.execute(insert(table).from_select(columns, rows))
