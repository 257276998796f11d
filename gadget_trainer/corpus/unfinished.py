"""Which texts there is still something to do in: those to do, and those that were done before a label was there."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.store import Store

_NEAR = 500
"""So many texts are asked for by their ids; of more, all unfinished ones of the project are read."""


class Unfinished:
    """Reads a project; changes nothing. A text to do comes before one that is only behind the labels or categories."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def beyond(self, text_id: int, *, forward: bool) -> int | None:
        """The next one behind a text (or before it) in the project's order, going round; None where no other is."""
        with self._store.reading() as connection:
            ways = (_beyond(connection, which, text_id, forward=forward) for which in (_to_do(), _behind()))
            return next((found for found in ways if found is not None), None)

    def first_of(self, text_ids: Sequence[int]) -> int | None:
        """The first one of these texts; None where none is unfinished."""
        with self._store.reading() as connection:
            ways = (_first_of(connection, which, text_ids) for which in (_to_do(), _behind()))
            return next((found for found in ways if found is not None), None)


def later_labels(connection: Connection, done_through: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The labels that came after each of these, in the person's order: what texts done through it are not done for."""
    if not done_through:
        return {}
    table = schema.label
    later = select(table.c.id, table.c.name).where(table.c.id > min(done_through))
    found = connection.execute(later.order_by(table.c.position, table.c.id)).all()
    return {through: tuple(row.name for row in found if row.id > through) for through in done_through}


def _to_do() -> ColumnElement[bool]:
    return schema.text.c.state == TextState.TODO


def _behind() -> ColumnElement[bool]:
    """Holds for the texts that are done, but not for a label, or not for a category that they don't have."""
    table, category, chosen = schema.text, schema.category, schema.text_category
    newest = select(func.max(schema.label.c.id)).scalar_subquery()
    older = func.coalesce(table.c.done_through, 0) < newest
    has_it = exists().where(chosen.c.text_id == table.c.id, chosen.c.category_id == category.c.id)
    has_it = has_it.correlate(table, category)
    later = exists().where(category.c.id > func.coalesce(table.c.decided_through, 0), ~has_it).correlate(table)
    return and_(table.c.state == TextState.DONE, or_(older, later))


def _beyond(connection: Connection, which: ColumnElement[bool], text_id: int, *, forward: bool) -> int | None:
    column = schema.text.c.id
    further, round_ = (column > text_id, column < text_id) if forward else (column < text_id, column > text_id)
    for part in (further, round_):
        query = select(column).where(which, part).order_by(column if forward else column.desc()).limit(1)
        found: int | None = connection.scalar(query)
        if found is not None:
            return found
    return None


def _first_of(connection: Connection, which: ColumnElement[bool], text_ids: Sequence[int]) -> int | None:
    query = select(schema.text.c.id).where(which)
    near, far = text_ids[:_NEAR], text_ids[_NEAR:]
    there = set(connection.scalars(query.where(schema.text.c.id.in_(near))))
    found = next((one for one in near if one in there), None)
    if found is not None or not far:
        return found
    # As one string: row by row, a million take far longer.
    joined: Any = connection.scalar(select(func.group_concat(query.subquery().c.id)))
    all_ = set(map(int, joined.split(","))) if joined else set()
    return next((one for one in far if one in all_), None)
