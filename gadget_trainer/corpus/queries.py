"""What is read from a project: texts, rows for the table of texts, labels, counts.

Every call opens a connection of its own, so the training thread may ask while the window edits.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.categories import names_by_text
from gadget_trainer.corpus.counts import Counts, code_points_done, complete_texts, counted, span_counts, undecided_texts
from gadget_trainer.corpus.id_lists import is_among
from gadget_trainer.corpus.reading_texts import Standing, annotated, missing_of, standing
from gadget_trainer.corpus.records import AnnotatedText, Label, Origin, Span, TextState
from gadget_trainer.corpus.search_index import Candidates, candidates
from gadget_trainer.corpus.sound_text import check_sound
from gadget_trainer.corpus.store import Store
from gadget_trainer.corpus.text_filter import TextFilter, TextOrder
from gadget_trainer.corpus.text_selection import file_of, matching
from gadget_trainer.corpus.wording import Wording

EXCERPT = 160
"""Code points of a text that the table of texts shows."""

_SLICE = 500
_FIRST_PART, _PART = 2_000, 20_000
"""Ids that are read at a time: the first ones soon, the others quickly; the window waits while they become numbers."""

_INTEGERS = msgspec.json.Decoder(list[int])

_ALL = TextFilter()
_NO_RANKS: Mapping[int, float] = {}


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of the table of texts."""

    id: int
    excerpt: str
    state: TextState
    flagged: bool
    spans: int
    length: int = 0
    """In code points."""
    source: str = ""
    has_note: bool = False
    categories: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Labels and categories that came after the text was done; see :class:`Standing`."""


class Queries:
    """Reads a project; changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def labels(self) -> list[Label]:
        """The labels in the person's order."""
        query = select(schema.label).order_by(schema.label.c.position, schema.label.c.id)
        with self._store.reading() as connection:
            return [
                Label(row.id, row.name, row.colour, row.position, row.description, tuple(row.examples), row.key)
                for row in connection.execute(query)
            ]

    def text(self, text_id: int) -> AnnotatedText | None:
        """The text with its spans; None where there is none of that id."""
        with self._store.reading() as connection:
            return next(annotated(connection, [text_id]), None)

    def made_by(self, text_id: int, span: Span) -> Origin | None:
        """Who made a span; None where there is none like it."""
        table = schema.span
        query = select(table.c.made_by).select_from(table.join(schema.label)).where(table.c.text_id == text_id)
        here = (table.c.start == span.start, table.c.end == span.end, schema.label.c.name == span.label)
        with self._store.reading() as connection:
            found = connection.scalar(query.where(*here).limit(1))
        return None if found is None else Origin(found)

    def standing(self, text_id: int) -> Standing | None:
        """How far the text is, without reading it; None where there is none of that id."""
        with self._store.reading() as connection:
            return standing(connection, text_id)

    def texts(self, text_ids: Sequence[int] | None = None) -> Iterator[AnnotatedText]:
        """The texts of those ids, or all of them, in order; read in slices, so a million fit in little memory."""
        wanted = self.text_ids() if text_ids is None else text_ids
        for at in range(0, len(wanted), _SLICE):
            with self._store.reading() as connection:
                part = list(annotated(connection, wanted[at : at + _SLICE]))
            yield from part

    def text_ids(
        self,
        which: TextFilter = _ALL,
        order: TextOrder = TextOrder.PLACE,
        *,
        descending: bool = False,
        ranks: Mapping[int, float] = _NO_RANKS,
    ) -> "array[int]":
        """The ids of the texts that are wanted; see :meth:`find`.

        Raises UserError where a regular expression is none, or the words can be none of a text's.
        """
        found = array("q")
        for part in self.find(which, order, descending=descending, ranks=ranks):
            found += part
        return found

    def find(
        self,
        which: TextFilter,
        order: TextOrder = TextOrder.PLACE,
        *,
        descending: bool = False,
        ranks: Mapping[int, float] = _NO_RANKS,
    ) -> Iterator["array[int]"]:
        """The ids of the texts that are wanted, a part at a time, as the texts are read; leave it when you like.

        ``ranks`` are numbers of texts, by id, for the order that goes by them.
        """
        check_sound("What you look for", which.words)
        wording = Wording(which.words)
        query = matching(which, order, descending=descending)
        known = None
        if not wording.is_empty:
            with self._store.reading() as connection:
                known = candidates(connection, wording)
        if known is not None:
            query = query.where(known.which)
        parts = self._in_parts(query, order, descending=descending)
        if which.only is not None:
            ids = array("q", chain.from_iterable(parts))
            parts = iter([_only(ids, which.only, in_order=order is TextOrder.PLACE and not descending)])
        if order is TextOrder.RANK:
            parts = iter([_ranked(chain.from_iterable(parts), ranks, descending=descending)])
        for part in parts:
            if wording.is_empty:
                yield part
            else:
                yield from self._with_words(part, wording, known)

    def _in_parts(self, query: Select[tuple[int]], order: TextOrder, *, descending: bool) -> Iterator["array[int]"]:
        """The ids that ``query`` selects; in the project's order a part at a time, else all must be sorted first."""
        if order is not TextOrder.PLACE:
            with self._store.reading() as connection:
                yield _numbers(connection, query)
            return
        column, size, rest = schema.text.c.id, _FIRST_PART, query
        while True:
            with self._store.reading() as connection:
                part = _numbers(connection, rest.limit(size))
            yield part
            if len(part) < size:
                return
            rest = query.where(column < part[-1] if descending else column > part[-1])
            size = _PART

    def _with_words(self, ids: "array[int]", wording: Wording, known: Candidates | None) -> Iterator["array[int]"]:
        """Those of the texts that have the words, a part at a time."""
        unsure = None if known is None else known.unsure_of(ids)
        if unsure is not None and not unsure:
            yield ids
            return
        for at in range(0, len(ids), _SLICE):
            part = ids[at : at + _SLICE]
            to_read = part if unsure is None else [one for one in part if one in unsure]
            with self._store.reading() as connection:
                having = _having(connection, to_read, wording) if to_read else set()
            yield array("q", (one for one in part if one in having or (unsure is not None and one not in unsure)))

    def sources(self) -> list[str]:
        """The files that the texts came from."""
        query = select(file_of(schema.text.c.source).label("file")).distinct().order_by("file")
        with self._store.reading() as connection:
            return [one for one in connection.scalars(query) if one]

    def span_count(self, text_ids: Sequence[int]) -> int:
        """How many spans these texts have together."""
        query = select(func.count()).where(is_among(schema.span.c.text_id, text_ids))
        with self._store.reading() as connection:
            return connection.scalar(query) or 0

    def rows(self, text_ids: Sequence[int]) -> list[TextRow]:
        """Rows for the table of texts, in the order of ``text_ids``."""
        with self._store.reading() as connection:
            counts, categories = span_counts(connection, text_ids), names_by_text(connection, text_ids)
            table = schema.text
            excerpt = func.substr(table.c.content, 1, EXCERPT).label("excerpt")
            length = func.code_points(table.c.content).label("length")
            has_note = (table.c.note != "").label("has_note")
            through = (table.c.done_through, table.c.decided_through)
            columns = (table.c.id, excerpt, table.c.state, table.c.flagged, length, table.c.source, has_note, *through)
            rows = connection.execute(select(*columns).where(table.c.id.in_(text_ids))).all()
            # SQLite's own substr() ends at a NUL.
            cut = [row.id for row in rows if len(row.excerpt) < min(EXCERPT, row.length)]
            excerpts = _excerpts(connection, cut) if cut else {}
            missing = missing_of(connection, rows, categories)
            found: dict[int, TextRow] = {}
            for row in rows:
                found[row.id] = TextRow(
                    row.id,
                    excerpts.get(row.id, row.excerpt),
                    TextState(row.state),
                    row.flagged,
                    counts.get(row.id, 0),
                    row.length,
                    row.source,
                    row.has_note,
                    categories.get(row.id, ()),
                    missing[row.id],
                )
        return [found[one] for one in text_ids if one in found]

    def newest_text_id(self) -> int:
        """The largest id of a text; 0 where there is none."""
        with self._store.reading() as connection:
            return connection.scalar(select(func.max(schema.text.c.id))) or 0

    def texts_from(self, sources: Collection[str], first_id: int, last_id: int) -> list[int]:
        """The ids of the texts that came from these sources, such as ``posts.jsonl:12``, among those ids."""
        table = schema.text
        query = select(table.c.id).where(table.c.id.between(first_id, last_id), table.c.source.in_(sources))
        with self._store.reading() as connection:
            return list(connection.scalars(query.order_by(table.c.id)))

    def counts(self) -> Counts:
        """Texts by state and by category, and spans by label."""
        with self._store.reading() as connection:
            return counted(connection)

    def complete_texts(self) -> dict[int, int]:
        """How many texts are done, and complete for a label, by label id."""
        with self._store.reading() as connection:
            return complete_texts(connection)

    def undecided_texts(self) -> dict[int, int]:
        """How many texts are done, but not for a category, by category id; see :class:`TextFilter`."""
        with self._store.reading() as connection:
            return undecided_texts(connection)

    def code_points_done(self) -> int:
        """How long the texts that are done are together."""
        with self._store.reading() as connection:
            return code_points_done(connection)


def _numbers(connection: Connection, query: Select[tuple[int]]) -> "array[int]":
    """The ids that ``query`` selects, in its order, as one string.

    Row by row the interpreter's lock changes hands at each: beside another thread that works, a million rows take
    ten times as long. As JSON the string is read in a third of the time that Python's ``split`` and ``int`` take.
    """
    return array("q", _INTEGERS.decode(connection.scalars(select(func.json_group_array(query.subquery().c.id))).one()))


def _ranked(ids: Iterable[int], ranks: Mapping[int, float], *, descending: bool) -> "array[int]":
    sign = 1 if descending else -1
    return array("q", sorted(ids, key=lambda one: (one not in ranks, sign * ranks.get(one, 0.0))))


def _excerpts(connection: Connection, text_ids: Sequence[int]) -> dict[int, str]:
    table = schema.text
    found = connection.execute(select(table.c.id, table.c.content).where(table.c.id.in_(text_ids)))
    return {row.id: row.content[:EXCERPT] for row in found}


def _only(ids: "array[int]", wanted: Sequence[int], *, in_order: bool) -> "array[int]":
    """Those of ``ids`` that are wanted, in the order of the one or, where ``in_order``, of the other."""
    kept = set(ids).intersection(wanted)
    return array("q", (one for one in (wanted if in_order else ids) if one in kept))


def _having(connection: Connection, text_ids: Sequence[int], wording: Wording) -> set[int]:
    """Those of the texts that have the words."""
    table = schema.text
    query = select(table.c.id, table.c.content).where(table.c.id.in_(text_ids))
    folded: Any = func.casefold(table.c.content)
    for word in (word for one in wording.sought for word in one.words):
        query = query.where(func.instr(folded, word) > 0)  # most texts need not come out of SQLite to be refused
    return {row.id for row in connection.execute(query) if wording.is_in(row.content)}
