"""What was labelled, grouped by its words: how often each has which label."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import regex
from sqlalchemy import Connection, select

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.id_lists import is_among
from gadget_trainer.corpus.journal import Journal, next_id
from gadget_trainer.corpus.matches import Wanted, first_meeting
from gadget_trainer.corpus.outcomes import EditSteps, Outcome, outcome_of
from gadget_trainer.corpus.reading_texts import spans_of
from gadget_trainer.corpus.records import Origin
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError

_SLICE = 500
_MOST_IDS = 5_000
"""Spans that one bulk change names."""


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


class _Labelled(NamedTuple):
    """A span with its words."""

    words: str
    label: str
    text_id: int
    span_id: int


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
        found: dict[tuple[str, str], tuple[int, int]] = {}
        with self._store.reading() as connection:
            for one in chain.from_iterable(_labelled(connection, label)):
                spans, first_text = found.get((one.words, one.label), (0, one.text_id))
                found[one.words, one.label] = (spans + 1, first_text)
        surfaces = [Surface(*which, *counts) for which, counts in found.items()]
        return sorted(surfaces, key=lambda one: (-one.spans, one.words, one.label))

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
        return outcome_of(self.relabel_steps(surfaces, label))

    def relabel_steps(self, surfaces: Sequence[Surface], label: str) -> EditSteps:
        """The same, a part at a time."""
        return self._change([one for one in surfaces if one.label != label], label)

    def delete(self, surfaces: Sequence[Surface]) -> Outcome | None:
        """Remove all spans of these groups, in one operation."""
        return outcome_of(self.delete_steps(surfaces))

    def delete_steps(self, surfaces: Sequence[Surface]) -> EditSteps:
        """The same, a part at a time."""
        return self._change(surfaces, None)

    def _change(self, surfaces: Sequence[Surface], label: str | None) -> EditSteps:
        with self._store.writing() as connection:
            target = None if label is None else _label_id(connection, label)
            for gone in {one.label for one in surfaces}:
                _label_id(connection, gone)
            wanted, ids, first_text = {(one.words, one.label) for one in surfaces}, array("q"), None
            for part in _labelled(connection, None):
                found = [one for one in part if (one.words, one.label) in wanted]
                ids.extend(one.span_id for one in found)
                first_text = found[0].text_id if found and first_text is None else first_text
                yield 0.0
            if not ids:
                return
            noun = "span" if len(ids) == 1 else "spans"
            summary = f"Relabelled {len(ids):,} {noun} {label}" if label else f"Removed {len(ids):,} {noun}"
            operation_id = self._journal.begin(connection, summary, first_text)
            yield from _changed(connection, operation_id, ids, target)
            outcome = self._journal.outcome(connection, operation_id)
        yield outcome


def _labelled(connection: Connection, label: str | None) -> Iterator[list[_Labelled]]:
    """All spans (of one label) with their words, in the order of the texts, some hundred texts at a time.

    The words are cut out here: SQLite's substr() ends at a NUL, and it goes through the text from its beginning for
    every span.
    """
    text, span = schema.text, schema.span
    names = {row.id: row.name for row in connection.execute(select(schema.label.c.id, schema.label.c.name))}
    of_label = () if label is None else (span.c.label_id.in_([one for one, name in names.items() if name == label]),)
    columns = (span.c.id, span.c.text_id, span.c.start, span.c.end, span.c.label_id)
    text_ids = connection.scalars(select(span.c.text_id).where(*of_label).distinct().order_by(span.c.text_id)).all()
    for at in range(0, len(text_ids), _SLICE):
        part = text_ids[at : at + _SLICE]
        contents = {
            row.id: row.content
            for row in connection.execute(select(text.c.id, text.c.content).where(text.c.id.in_(part)))
        }
        spans = select(*columns).where(span.c.text_id.in_(part), *of_label).order_by(span.c.text_id, span.c.start)
        yield [
            _Labelled(contents[text_id][start:end], names[label_id], text_id, span_id)
            for span_id, text_id, start, end, label_id in connection.execute(spans)
        ]


def _changed(connection: Connection, operation_id: int, ids: "array[int]", label_id: int | None) -> Iterator[float]:
    """Give the spans of these ids another label, or take them away where there is none."""
    table, new = schema.span, {"label_id": label_id, "made_by": Origin.PERSON}
    ids = array("q", sorted(ids))
    for at in range(0, len(ids), _MOST_IDS):
        which = is_among(table.c.id, ids[at : at + _MOST_IDS])
        if label_id is None:
            way = bulk.deletion(connection, operation_id, table, which)
        else:
            way = bulk.replacement(connection, operation_id, table, which, next_id(connection, table), new)
        yield from ((at + share * _MOST_IDS) / len(ids) for share in way)


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
