"""What was labelled, grouped by its words: how often each has which label."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex
from sqlalchemy import ColumnElement, Connection, func, select

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.journal import Journal, Outcome, next_id
from gadget_trainer.corpus.matches import Wanted, first_meeting
from gadget_trainer.corpus.reading_texts import spans_of
from gadget_trainer.corpus.records import Origin
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError

_SLICE = 500
_MOST_WORDS = 5_000
"""So many values may stand in one statement of SQLite's, by a wide margin."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Words that are labelled somewhere."""

    words: str
    label: str
    spans: int
    first_text: int
    """The id of the first text that has it."""


@dataclass(frozen=True, slots=True)
class SurfaceGroup:
    """Words with all the labels that they have somewhere, the most frequent first."""

    words: str
    surfaces: tuple[Surface, ...]

    @property
    def spans(self) -> int:
        """How often they are labelled."""
        return sum(one.spans for one in self.surfaces)


def grouped(surfaces: Iterable[Surface]) -> list[SurfaceGroup]:
    """One group for the same words, in the order in which they first come."""
    found: dict[str, list[Surface]] = {}
    for one in surfaces:
        found.setdefault(one.words, []).append(one)
    return [SurfaceGroup(words, tuple(ones)) for words, ones in found.items()]


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
            query = select(table.c.text_id).distinct().where(_are([surface.words], label_id)).order_by(table.c.text_id)
            return list(connection.scalars(query))

    def unlabelled(self, words: Sequence[str]) -> Iterator[tuple[float, dict[str, int]]]:
        """How far the search is (0 to 1) and how often each of the words stands without a span so far.

        As whole words with the same capitals; what meets a span only partly does not count.
        """
        wanted = {one: (one.split()[0], Wanted(one, "", same_case=True).pattern()) for one in words if one.split()}
        counts = dict.fromkeys(words, 0)
        with self._store.reading() as connection:
            ids = connection.scalars(select(schema.text.c.id).order_by(schema.text.c.id)).all()
        for at in range(0, len(ids), _SLICE):
            with self._store.reading() as connection:
                for one in _unlabelled(connection, ids[at : at + _SLICE], wanted):
                    counts[one] += 1
            yield min(1.0, (at + _SLICE) / len(ids)), counts

    def relabel(self, surfaces: Sequence[Surface], label: str) -> Outcome | None:
        """Give all spans of these groups another label, in one operation. Raises UserError where the label is gone."""
        return self._change([one for one in surfaces if one.label != label], label)

    def delete(self, surfaces: Sequence[Surface]) -> Outcome | None:
        """Remove all spans of these groups, in one operation."""
        return self._change(surfaces, None)

    def _change(self, surfaces: Sequence[Surface], label: str | None) -> Outcome | None:
        table = schema.span
        with self._store.writing() as connection:
            groups = list(_groups(connection, surfaces))
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


def _are(words: Sequence[str], label_id: int) -> ColumnElement[bool]:
    """Holds for the spans of a label that are one of these words."""
    table = schema.span
    ids = select(table.c.id).join(schema.text).where(table.c.label_id == label_id, _words().in_(words))
    return table.c.id.in_(ids)


def _groups(connection: Connection, surfaces: Sequence[Surface]) -> Iterator[ColumnElement[bool]]:
    """Conditions that hold for the spans of the surfaces, few: each reads all spans of a label."""
    by_label: dict[str, list[str]] = {}
    for one in surfaces:
        by_label.setdefault(one.label, []).append(one.words)
    for label, words in by_label.items():
        label_id = _label_id(connection, label)
        for at in range(0, len(words), _MOST_WORDS):
            yield _are(words[at : at + _MOST_WORDS], label_id)


def _unlabelled(
    connection: Connection, text_ids: Sequence[int], wanted: "Mapping[str, tuple[str, regex.Pattern[str]]]"
) -> Iterator[str]:
    """The words, once for each place in these texts where they meet no span."""
    table = schema.text
    texts = connection.execute(select(table.c.id, table.c.content).where(table.c.id.in_(text_ids)))
    found = [
        (row.id, words, place.span())
        for row in texts
        for words, (first, pattern) in wanted.items()
        if first in row.content  # far quicker than the pattern, and seldom true
        for place in pattern.finditer(row.content)
    ]
    spans = spans_of(connection, schema.span, sorted({text_id for text_id, _words, _place in found}))
    for text_id, words, (start, end) in found:
        if first_meeting(spans.get(text_id, []), start, end) is None:
            yield words


def _label_id(connection: Connection, name: str) -> int:
    label_id = connection.scalar(select(schema.label.c.id).where(schema.label.c.name == name))
    if label_id is None:
        raise UserError(f"There is no label {name} any more. Choose another one, or add it again.")
    return int(label_id)
