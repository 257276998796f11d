"""Many rows at once, in a few statements: the journal's bulk changes, as an import or a label's deletion makes them.

A bulk change keeps its rows in the table ``bulk_…`` beside their own: a deletion from the start, an insertion
from when it is first undone; until then the rows themselves say what was inserted. They stay there, as everything
in the journal does, so that undo and redo only copy them back or delete by their ids.

What changes rows does so as it is iterated, some thousands at a time, and yields how far it is (0 to 1): whoever
iterates can show that, and leave between two parts while the transaction is still to be taken back.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, exists, func, insert, literal, select

from gadget_trainer.corpus.schema import BULK, JOURNALLED, change

_PART = 5_000
"""Ids that one statement goes through: a tenth of a second."""
_MOST_PARTS = 200

_Range = tuple[int, int]
"""The first and the last id of some rows, both included."""


class BulkKind(StrEnum):
    """What a bulk change did to its rows."""

    INSERTED = "inserted"
    DELETED = "deleted"


def note_inserted(connection: Connection, operation_id: int, table: Table, first: int, last: int) -> None:
    """Write down that the rows ``first`` to ``last`` (inclusive) of ``table`` were inserted."""
    _note(connection, operation_id, table, BulkKind.INSERTED, first, last)


def deletion(connection: Connection, operation_id: int, table: Table, which: ColumnElement[bool]) -> Iterator[float]:
    """Delete the rows of ``table`` that ``which`` holds for, and write them down."""
    extent = _extent(connection, table, which)
    if extent is None:
        return
    change_id = _note(connection, operation_id, table, BulkKind.DELETED, *extent)
    for part, share in _parts(*extent):
        ids = table.c.id.between(*part)
        _keep(connection, change_id, table, and_(which, ids))
        _take_away(connection, change_id, table, part)
        yield share


def replacement(
    connection: Connection,
    operation_id: int,
    table: Table,
    which: ColumnElement[bool],
    first_id: int,
    values: Mapping[str, object],
) -> Iterator[float]:
    """Replace the rows of ``table`` that ``which`` holds for by copies with these values and ids from ``first_id`` on.

    ``which`` must not hold for the copies.
    """
    extent = _extent(connection, table, which)
    if extent is None:
        return
    following = first_id
    for part, share in _parts(*extent):
        following += _copy(connection, table, and_(which, table.c.id.between(*part)), following, values)
        yield share / 2
    note_inserted(connection, operation_id, table, first_id, following - 1)
    for share in deletion(connection, operation_id, table, which):
        yield (1 + share) / 2


def travel(connection: Connection, one: Row[tuple[object, ...]], *, forward: bool) -> Iterator[float]:
    """Do the bulk change ``one``, a row of ``change``, again; or take it back where not ``forward``."""
    table, kept = JOURNALLED[one.table_name], BULK[one.table_name]
    puts_back = forward == (one.bulk == BulkKind.INSERTED)
    is_kept = puts_back or connection.scalar(select(exists().where(kept.c.change_id == one.id)))
    for part, share in _parts(one.row_id, one.last_id):
        if puts_back:
            _put_back(connection, one.id, table, part)
        else:
            if not is_kept:
                _keep(connection, one.id, table, table.c.id.between(*part))
            _take_away(connection, one.id, table, part)
        yield share


def in_turn(*ways: Iterator[float]) -> Iterator[float]:
    """One after the other, each an equal share of the whole."""
    for at, way in enumerate(ways):
        for share in way:
            yield (at + share) / len(ways)


def texts_of_spans(connection: Connection, one: Row[tuple[object, ...]]) -> frozenset[int]:
    """The texts whose spans (or refusals) the bulk change ``one``, a row of ``change``, deleted or inserted."""
    kept, table = BULK[one.table_name], JOURNALLED[one.table_name]
    was_kept = frozenset(connection.scalars(select(kept.c.text_id).distinct().where(kept.c.change_id == one.id)))
    if was_kept or one.bulk == BulkKind.DELETED:
        return was_kept
    there = select(table.c.text_id).distinct().where(table.c.id.between(one.row_id, one.last_id))
    return frozenset(connection.scalars(there))


def _extent(connection: Connection, table: Table, which: ColumnElement[bool]) -> _Range | None:
    """The least and the greatest id of the rows that ``which`` holds for; None where there are none."""
    extent = select(func.min(table.c.id), func.max(table.c.id)).where(which)
    first, last = connection.execute(extent).one()
    return None if first is None else (first, last)


def _parts(first: int, last: int) -> Iterator[tuple[_Range, float]]:
    """The ids from ``first`` to ``last`` in parts, the last one included, and how far each of them leads."""
    size = max(_PART, -(-(last - first + 1) // _MOST_PARTS))
    for start in range(first, last + 1, size):
        end = min(last, start + size - 1)
        yield (start, end), (end - first + 1) / (last - first + 1)


def _note(connection: Connection, operation_id: int, table: Table, kind: BulkKind, first: int, last: int) -> int:
    row = {"operation_id": operation_id, "table_name": table.name, "bulk": kind, "row_id": first, "last_id": last}
    added = connection.execute(insert(change).values(row).returning(change.c.id))
    return int(added.scalar_one())


def _keep(connection: Connection, change_id: int, table: Table, which: ColumnElement[bool]) -> None:
    columns = [column.name for column in table.columns]
    rows = select(literal(change_id), *table.columns).where(which).order_by(table.c.id)
    connection.execute(insert(BULK[table.name]).from_select(["change_id", *columns], rows))


def _copy(
    connection: Connection, table: Table, which: ColumnElement[bool], first_id: int, values: Mapping[str, object]
) -> int:
    """Insert copies with these values and ids from ``first_id`` on; gives how many they are."""
    given: dict[str, ColumnElement[Any]] = {name: literal(value) for name, value in values.items()}
    given["id"] = func.row_number().over(order_by=table.c.id) + (first_id - 1)
    columns = [column.name for column in table.columns]
    rows = select(*(given.get(name, table.c[name]) for name in columns)).where(which)
    return connection.execute(insert(table).from_select(columns, rows)).rowcount


def _take_away(connection: Connection, change_id: int, table: Table, part: _Range) -> None:
    kept = BULK[table.name]
    ids = select(kept.c.id).where(kept.c.change_id == change_id, kept.c.id.between(*part))
    connection.execute(delete(table).where(table.c.id.in_(ids)))


def _put_back(connection: Connection, change_id: int, table: Table, part: _Range) -> None:
    kept = BULK[table.name]
    columns = [column.name for column in table.columns]
    rows = select(*(kept.c[name] for name in columns)).where(kept.c.change_id == change_id, kept.c.id.between(*part))
    connection.execute(insert(table).from_select(columns, rows.order_by(kept.c.id)))
