"""What was labelled, grouped by its words: how often each has which label."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.journal import Journal, Outcome, next_id
from gadget_trainer.corpus.records import Origin
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError


@dataclass(frozen=True, slots=True)
class Surface:
    """Words that are labelled somewhere."""

    words: str
    label: str
    spans: int
    first_text: int
    """The id of the first text that has it."""


class Surfaces:
    """Groups the project's spans by their words, and changes a group at once."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def all(self, label: str | None = None) -> list[Surface]:
        """The words of all spans (of one label), the most frequent first. Takes a second for 100,000 spans."""
        words = _words()
        columns = (words, schema.label.c.name, func.count(), func.min(schema.span.c.text_id))
        joined = schema.span.join(schema.text).join(schema.label)
        query = select(*columns).select_from(joined).group_by(words, schema.label.c.name)
        if label is not None:
            query = query.where(schema.label.c.name == label)
        with self._store.reading() as connection:
            return [Surface(*row) for row in connection.execute(query.order_by(func.count().desc(), words))]

    def texts(self, surface: Surface) -> list[int]:
        """The ids of the texts in which the words have the label."""
        table = schema.span
        with self._store.reading() as connection:
            label_id = _label_id(connection, surface.label)
            query = select(table.c.text_id).distinct().where(_is(surface, label_id)).order_by(table.c.text_id)
            return list(connection.scalars(query))

    def relabel(self, surfaces: Sequence[Surface], label: str) -> Outcome | None:
        """Give all spans of these groups another label, in one operation. Raises UserError where the label is gone."""
        return self._change([one for one in surfaces if one.label != label], label)

    def delete(self, surfaces: Sequence[Surface]) -> Outcome | None:
        """Remove all spans of these groups, in one operation."""
        return self._change(surfaces, None)

    def _change(self, surfaces: Sequence[Surface], label: str | None) -> Outcome | None:
        table = schema.span
        with self._store.writing() as connection:
            groups = [_is(one, _label_id(connection, one.label)) for one in surfaces]
            count = sum(connection.scalar(select(func.count()).where(group)) or 0 for group in groups)
            if not count:
                return None
            noun = "span" if count == 1 else "spans"
            summary = f"Relabelled {count:,} {noun} {label}" if label else f"Removed {count:,} {noun}"
            operation_id = self._journal.begin(connection, summary)
            for group in groups:
                if label is None:
                    bulk.delete_rows(connection, operation_id, table, group)
                else:
                    new = {"label_id": _label_id(connection, label), "made_by": Origin.PERSON}
                    bulk.replace_rows(connection, operation_id, table, group, next_id(connection, table), new)
            return self._journal.outcome(connection, operation_id)


def _words() -> ColumnElement[str]:
    table = schema.span
    return func.substr(schema.text.c.content, table.c.start + 1, table.c.end - table.c.start)


def _is(surface: Surface, label_id: int) -> ColumnElement[bool]:
    """Holds for the spans of a group."""
    table = schema.span
    ids = select(table.c.id).join(schema.text).where(table.c.label_id == label_id, _words() == surface.words)
    return table.c.id.in_(ids)


def _label_id(connection: Connection, name: str) -> int:
    label_id = connection.scalar(select(schema.label.c.id).where(schema.label.c.name == name))
    if label_id is None:
        raise UserError(f"There is no label {name} any more. Choose another one, or add it again.")
    return int(label_id)
