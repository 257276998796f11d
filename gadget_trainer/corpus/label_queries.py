"""What is asked about one label: its next span over all texts, and the texts that nobody read for it yet."""

from array import array

from sqlalchemy import and_, func, or_, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.records import Span, TextState
from gadget_trainer.corpus.store import Store


class LabelQueries:
    """Reads a project; changes nothing. A label that is gone has no spans and no texts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def texts_done_without(self, label_id: int) -> "array[int]":
        """The ids, in order, of the texts that were done before the label was there."""
        table = schema.text
        older = func.coalesce(table.c.done_through, 0) < label_id
        query = select(table.c.id).where(table.c.state == TextState.DONE, older).order_by(table.c.id)
        with self._store.reading() as connection:
            return array("q", connection.scalars(query))

    def refusals(self, label_id: int) -> int:
        """At how many places the label was refused."""
        query = select(func.count()).where(schema.refusal.c.label_id == label_id)
        with self._store.reading() as connection:
            return connection.scalar(query) or 0

    def span_beyond(self, label_id: int, text_id: int, start: int, *, forward: bool) -> tuple[int, Span] | None:
        """The text and the next span of the label behind (or before) a place, in the order of texts and offsets.

        The place is the code point ``start`` of a text; None where no such span is left.
        """
        table = schema.span
        text, at = table.c.text_id, table.c.start
        beyond = at > start if forward else at < start
        further = text > text_id if forward else text < text_id
        order = (text.asc(), at.asc()) if forward else (text.desc(), at.desc())
        columns = (text, at, table.c.end, schema.label.c.name)
        query = select(*columns).join(schema.label).where(table.c.label_id == label_id)
        query = query.where(or_(further, and_(text == text_id, beyond)))
        with self._store.reading() as connection:
            row = connection.execute(query.order_by(*order).limit(1)).one_or_none()
        return None if row is None else (row.text_id, Span(row.start, row.end, row.name))
