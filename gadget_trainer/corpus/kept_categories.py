"""Categories of texts that a person looked at again and left as they are, though a model gives others.

Kept as the spans of :mod:`~gadget_trainer.corpus.kept_spans` are: nobody is asked twice, and nothing is undone.
"""

from sqlalchemy import delete, insert, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.records import CategoryPair
from gadget_trainer.corpus.store import Store

_KEY = "kept_categories"


class KeptCategories:
    """Remembers them, from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> frozenset[tuple[int, CategoryPair]]:
        """Each with the id of its text. Categories are called what they are called now; deleted ones are left out."""
        names: dict[int | None, str | None] = {category_id: name for name, category_id in self._ids().items()}
        names[None] = None
        return frozenset(
            (text_id, (names[expected], names[found]))
            for text_id, expected, found in self._rows()
            if expected in names and found in names
        )

    def keep(self, text_id: int, expected: str | None, found: str | None) -> None:
        """Remember that a person looked at a text again, and that it is ``expected`` and not ``found``."""
        ids = self._ids()
        if not {expected, found} - {None} <= ids.keys():
            return
        row = (text_id, None if expected is None else ids[expected], None if found is None else ids[found])
        rows = self._rows()
        if row in rows:
            return
        with self._store.writing() as connection:
            connection.execute(delete(schema.project).where(schema.project.c.key == _KEY))
            connection.execute(insert(schema.project).values(key=_KEY, value=[*rows, row]))

    def _ids(self) -> dict[str, int]:
        with self._store.reading() as connection:
            rows = connection.execute(select(schema.category.c.name, schema.category.c.id))
            return {row.name: row.id for row in rows}

    def _rows(self) -> list[tuple[int, int | None, int | None]]:
        query = select(schema.project.c.value).where(schema.project.c.key == _KEY)
        with self._store.reading() as connection:
            return [(text_id, expected, found) for text_id, expected, found in connection.scalar(query) or []]
