"""Spans that a person looked at again and kept, though a model did not see them: nobody is asked about them twice.

A setting of the project and not a table: they change nothing about the texts, and are not undone.
"""

from sqlalchemy import delete, insert, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.store import Store

_KEY = "kept_spans"


class KeptSpans:
    """Remembers them, from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> frozenset[tuple[int, Span]]:
        """Each with the id of its text. Labels are called what they are called now; deleted ones are left out."""
        with self._store.reading() as connection:
            names = {row.id: row.name for row in connection.execute(select(schema.label.c.id, schema.label.c.name))}
        return frozenset(
            (text_id, Span(start, end, names[label_id]))
            for text_id, start, end, label_id in self._rows()
            if label_id in names
        )

    def keep(self, text_id: int, span: Span) -> None:
        """Remember that a person looked at ``span`` and kept it."""
        by_name = select(schema.label.c.id).where(schema.label.c.name == span.label)
        with self._store.reading() as connection:
            label_id = connection.scalar(by_name)
        row = [text_id, span.start, span.end, label_id]
        rows = self._rows()
        if label_id is None or row in rows:
            return
        with self._store.writing() as connection:
            connection.execute(delete(schema.project).where(schema.project.c.key == _KEY))
            connection.execute(insert(schema.project).values(key=_KEY, value=[*rows, row]))

    def _rows(self) -> list[list[int]]:
        query = select(schema.project.c.value).where(schema.project.c.key == _KEY)
        with self._store.reading() as connection:
            return connection.scalar(query) or []
