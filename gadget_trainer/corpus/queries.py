"""What is read from a project: texts, rows for the table of texts, labels, counts.

Every call opens a connection of its own, so the training thread may ask while the window edits.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, func, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.categories import all_categories, names_by_text
from gadget_trainer.corpus.journal import RowChange
from gadget_trainer.corpus.records import AnnotatedText, Label, Origin, Span, TextState
from gadget_trainer.corpus.search_index import Candidates, candidates
from gadget_trainer.corpus.store import Store
from gadget_trainer.corpus.text_filter import TextFilter, TextOrder
from gadget_trainer.corpus.text_selection import file_of, matching
from gadget_trainer.corpus.unfinished import later_labels
from gadget_trainer.corpus.wording import Wording

EXCERPT = 160
"""Code points of a text that the table of texts shows."""

_SLICE = 500
_FIRST_PART, _PART = 2_000, 50_000
"""Ids that are read at a time: the first ones soon, the others quickly."""

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


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a text is; see :class:`AnnotatedText`."""

    state: TextState
    flagged: bool
    complete: bool
    undecided: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Labels that came after the text was done, used or not, in the person's order."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts are in each state, how many spans each label has, and how many texts each category."""

    texts: int
    done: int
    skipped: int
    flagged: int
    spans: dict[int, int]
    """By label id."""
    categories: dict[int, int] = field(default_factory=dict)
    """By category id."""

    @property
    def todo(self) -> int:
        """Texts that nobody finished yet."""
        return self.texts - self.done - self.skipped

    def after(self, changes: Iterable[RowChange]) -> "Counts":
        """The counts after spans, categories, states and flags changed; no text came or went."""
        spans, categories = Counter(self.spans), Counter(self.categories)
        texts: Counter[str] = Counter()
        for one in changes:
            for row, by in ((one.before, -1), (one.after, 1)):
                if row is not None and one.table == "span":
                    spans[row["label_id"]] += by
                elif row is not None and one.table == "text_category":
                    categories[row["category_id"]] += by
                elif row is not None and one.table == "text":
                    texts[row.get("state", "")] += by
                    texts["flagged"] += by * bool(row.get("flagged"))
        done, skipped = self.done + texts[TextState.DONE], self.skipped + texts[TextState.SKIPPED]
        flagged = self.flagged + texts["flagged"]
        return Counts(self.texts, done, skipped, flagged, dict(spans), dict(categories))


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
            return next(_annotated(connection, [text_id]), None)

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
        table = schema.text
        columns = (table.c.state, table.c.flagged, table.c.done_through, table.c.decided_through)
        query = select(*columns).where(table.c.id == text_id)
        with self._store.reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            state = TextState(row.state)
            complete = _is_complete(state, row.done_through, _newest_used_label(connection))
            chosen = names_by_text(connection, [text_id]).get(text_id, ())
            undecided = _undecided(all_categories(connection), state, row.decided_through, chosen)
            later = later_labels(connection, _done_through([row]))
            return Standing(state, row.flagged, complete, undecided, _missing(row, later))

    def texts(self, text_ids: Sequence[int] | None = None) -> Iterator[AnnotatedText]:
        """The texts of those ids, or all of them, in order; read in slices, so a million fit in little memory."""
        wanted = self.text_ids() if text_ids is None else text_ids
        for at in range(0, len(wanted), _SLICE):
            with self._store.reading() as connection:
                part = list(_annotated(connection, wanted[at : at + _SLICE]))
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

        Raises UserError where a regular expression is none.
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
        slices = (text_ids[at : at + _SLICE] for at in range(0, len(text_ids), _SLICE))
        with self._store.reading() as connection:
            return sum(sum(_pairs(connection, _span_counts(part)).values()) for part in slices)

    def rows(self, text_ids: Sequence[int]) -> list[TextRow]:
        """Rows for the table of texts, in the order of ``text_ids``."""
        with self._store.reading() as connection:
            counts, categories = _pairs(connection, _span_counts(text_ids)), names_by_text(connection, text_ids)
            table = schema.text
            excerpt = func.substr(table.c.content, 1, EXCERPT).label("excerpt")
            length = func.code_points(table.c.content).label("length")
            has_note = (table.c.note != "").label("has_note")
            through = (table.c.done_through, table.c.decided_through)
            columns = (table.c.id, excerpt, table.c.state, table.c.flagged, length, table.c.source, has_note, *through)
            rows = connection.execute(select(*columns).where(table.c.id.in_(text_ids))).all()
            later, known = later_labels(connection, _done_through(rows)), all_categories(connection)
            found = {
                row.id: _table_row(row, counts.get(row.id, 0), categories.get(row.id, ()), later, known) for row in rows
            }
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
        table = schema.text
        with self._store.reading() as connection:
            by_state = _pairs(connection, select(table.c.state, func.count()).group_by(table.c.state))
            by_label = select(schema.span.c.label_id, func.count()).group_by(schema.span.c.label_id)
            spans = _pairs(connection, by_label)
            column = schema.text_category.c.category_id
            categories = _pairs(connection, select(column, func.count()).group_by(column))
            flagged = connection.scalar(select(func.count()).where(table.c.flagged.is_(True))) or 0
        texts = sum(by_state.values())
        done, skipped = by_state.get(TextState.DONE, 0), by_state.get(TextState.SKIPPED, 0)
        return Counts(texts, done, skipped, flagged, spans, categories)

    def complete_texts(self) -> dict[int, int]:
        """How many texts are done, and complete for a label, by label id."""
        table = schema.text
        done = select(table.c.done_through, func.count()).where(table.c.state == TextState.DONE)
        with self._store.reading() as connection:
            through = _pairs(connection, done.group_by(table.c.done_through))
            labels = connection.scalars(select(schema.label.c.id)).all()
        return {one: sum(count for last, count in through.items() if (last or 0) >= one) for one in labels}

    def undecided_texts(self) -> dict[int, int]:
        """How many texts are done, but not for a category, by category id; see :class:`TextFilter`."""
        table, chosen, category = schema.text, schema.text_category, schema.category
        done = select(table.c.decided_through, func.count()).where(table.c.state == TextState.DONE)
        through = func.coalesce(table.c.decided_through, 0)
        later = select(chosen.c.category_id, func.count(table.c.id.distinct())).select_from(chosen.join(table))
        later = later.where(table.c.state == TextState.DONE, through < chosen.c.category_id)
        with self._store.reading() as connection:
            by_last = _pairs(connection, done.group_by(table.c.decided_through))
            having = _pairs(connection, later.group_by(chosen.c.category_id))
            ids = connection.scalars(select(category.c.id)).all()
        older = {one: sum(count for last, count in by_last.items() if (last or 0) < one) for one in ids}
        return {one: count - having.get(one, 0) for one, count in older.items()}

    def code_points_done(self) -> int:
        """How long the texts that are done are together."""
        table = schema.text
        query = select(func.sum(func.length(table.c.content))).where(table.c.state == TextState.DONE)
        with self._store.reading() as connection:
            return connection.scalar(query) or 0


def _pairs(connection: Connection, query: Select[Any]) -> dict[Any, int]:
    return {row[0]: row[1] for row in connection.execute(query)}


def _span_counts(text_ids: Sequence[int]) -> Select[Any]:
    column = schema.span.c.text_id
    return select(column, func.count()).where(column.in_(text_ids)).group_by(column)


def _numbers(connection: Connection, query: Select[tuple[int]]) -> "array[int]":
    """The ids that ``query`` selects, in its order, as one string.

    Row by row the interpreter's lock changes hands at each: beside another thread that works, a million rows take
    ten times as long.
    """
    joined: str | None = connection.scalar(select(func.group_concat(query.subquery().c.id)))
    return array("q", map(int, joined.split(","))) if joined else array("q")


def _ranked(ids: Iterable[int], ranks: Mapping[int, float], *, descending: bool) -> "array[int]":
    sign = 1 if descending else -1
    return array("q", sorted(ids, key=lambda one: (one not in ranks, sign * ranks.get(one, 0.0))))


def _table_row(
    row: Any, spans: int, chosen: tuple[str, ...], later: Mapping[int, tuple[str, ...]], known: Mapping[int, str]
) -> TextRow:
    state = TextState(row.state)
    missing = _missing(row, later) + _undecided(known, state, row.decided_through, chosen)
    own = (row.id, row.excerpt, state, row.flagged, spans, row.length, row.source, row.has_note)
    return TextRow(*own, chosen, missing)


def _done_through(rows: Iterable[Any]) -> set[int]:
    """What those of the texts that are done are done through."""
    return {row.done_through or 0 for row in rows if row.state == TextState.DONE}


def _missing(row: Any, later: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    return later[row.done_through or 0] if row.state == TextState.DONE else ()


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


def _annotated(connection: Connection, text_ids: Sequence[int]) -> Iterator[AnnotatedText]:
    newest_label = _newest_used_label(connection)
    spans, refused = (_spans_of(connection, table, text_ids) for table in (schema.span, schema.refusal))
    categories, known = names_by_text(connection, text_ids), all_categories(connection)
    texts = select(schema.text).where(schema.text.c.id.in_(text_ids)).order_by(schema.text.c.id)
    for row in connection.execute(texts).mappings():
        marked = tuple(spans.get(row["id"], ()))
        # What is marked again in spite of a refusal is no longer refused, and is again once the mark is gone.
        still = tuple(span for span in refused.get(row["id"], ()) if span not in marked)
        yield _text(row, marked, still, categories.get(row["id"], ()), newest_label, known)


def _spans_of(connection: Connection, table: Table, text_ids: Sequence[int]) -> dict[int, list[Span]]:
    """The rows of ``table``, spans or refusals, by text."""
    found: dict[int, list[Span]] = {}
    columns = (table.c.text_id, table.c.start, table.c.end, schema.label.c.name)
    query = select(*columns).select_from(table.join(schema.label)).where(table.c.text_id.in_(text_ids))
    for text_id, start, end, name in connection.execute(query.order_by(table.c.start)).all():
        found.setdefault(text_id, []).append(Span(start, end, name))
    return found


def _newest_used_label(connection: Connection) -> int:
    """The label that a text must know to be complete; one that no span has yet is not trained."""
    return connection.scalar(select(func.max(schema.span.c.label_id))) or 0


def _text(
    row: RowMapping,
    spans: tuple[Span, ...],
    refused: tuple[Span, ...],
    categories: tuple[str, ...],
    newest_label: int,
    known: Mapping[int, str],
) -> AnnotatedText:
    state = TextState(row["state"])
    return AnnotatedText(
        text=row["content"],
        spans=spans,
        refused=refused,
        state=state,
        id=row["id"],
        flagged=row["flagged"],
        source=row["source"],
        meta=row["meta"],
        note=row["note"],
        complete=_is_complete(state, row["done_through"], newest_label),
        categories=categories,
        undecided=_undecided(known, state, row["decided_through"], categories),
    )


def _is_complete(state: TextState, done_through: int | None, newest_label: int) -> bool:
    return state is TextState.DONE and (done_through or 0) >= newest_label


def _undecided(
    known: Mapping[int, str], state: TextState, decided_through: int | None, chosen: Collection[str]
) -> tuple[str, ...]:
    """Of the project's categories those that came after a text was done, but for the ones that it has."""
    if state is not TextState.DONE:
        return ()
    return tuple(name for one, name in known.items() if one > (decided_through or 0) and name not in chosen)
