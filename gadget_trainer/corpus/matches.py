"""All places where the same words stand, in all texts: found, labelled or refused in one operation."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from sqlalchemy import Connection, Table, insert, select

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.journal import Journal, Outcome, Row, next_id
from gadget_trainer.corpus.records import Origin, Span
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError

_SLICE = 500
_AROUND = 60
"""Code points that a match shows to each side."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place where the words stand; offsets in code points."""

    text_id: int
    start: int
    end: int
    before: str
    """What stands before it, on the same line."""
    surface: str
    after: str
    label: str = ""
    """The label of the span that is there or that it meets; empty where there is none."""
    refused: bool = False
    """Whether the person said before that this is not one of the label's."""

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted or refused: nobody has decided about it yet."""
        return not self.label and not self.refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    words: str
    label: str
    """Of this label it is to be, and of this one it may have been refused before."""
    same_case: bool = False
    whole_words: bool = True

    def pattern(self) -> "regex.Pattern[str]":
        """Finds the words; any run of white space stands for any other."""
        parts = [regex.escape(part, special_only=True) for part in self.words.split()]
        if not parts:
            raise UserError("There are no words to look for. Select some in the text first.")
        words = r"\s+".join(parts)
        if self.whole_words:
            words = rf"(?<![\w\p{{M}}]){words}(?![\w\p{{M}}])"
        return regex.compile(words, 0 if self.same_case else regex.IGNORECASE | regex.FULLCASE)


class Matches:
    """Looks for words in all texts, and labels them."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def find(self, wanted: Wanted) -> Iterator[tuple[float, list[Match]]]:
        """How far the search is (0 to 1) and the matches of the next texts, in order; leave it when you like.

        Raises UserError where there are no words to look for.
        """
        pattern = wanted.pattern()
        with self._store.reading() as connection:
            ids = connection.scalars(select(schema.text.c.id).order_by(schema.text.c.id)).all()
        for at in range(0, len(ids), _SLICE):
            part = ids[at : at + _SLICE]
            with self._store.reading() as connection:
                found = list(_matches(connection, part, pattern, wanted.label))
            yield (at + len(part)) / len(ids), found

    def label(self, matches: Sequence[Match], label: str) -> Outcome | None:
        """Make spans of the matches; those that meet a span by now are left as they are. One operation."""
        return _last(self.label_steps(matches, label))

    def label_steps(self, matches: Sequence[Match], label: str) -> Iterator[float | Outcome]:
        """The same, a slice at a time: yields how far it is (0 to 1), and at the end the outcome, if there is one.

        Closing it before the end leaves the project as it was. Raises UserError where the label is gone.
        """
        return self._insert(schema.span, matches, label, "Labelled {many} {label}")

    def refuse(self, matches: Sequence[Match], label: str) -> Outcome | None:
        """Remember that the matches are none of the label's, so that they don't come back. One operation."""
        return _last(self._insert(schema.refusal, matches, label, "Refused {many} as {label}"))

    def _insert(self, table: Table, matches: Sequence[Match], label: str, words: str) -> Iterator[float | Outcome]:
        with self._store.writing() as connection:
            label_id = connection.scalar(select(schema.label.c.id).where(schema.label.c.name == label))
            if label_id is None:
                raise UserError(f"There is no label {label} any more. Choose another one, or add it again.")
            free: list[Match] = []
            for at in range(0, len(matches), _SLICE):
                part = matches[at : at + _SLICE]
                free += _free(connection, table, part, label)
                yield (at + len(part)) / len(matches)
            if not free:
                return
            first = next_id(connection, table)
            many = f"{len(free):,} × “{free[0].surface}”"
            operation_id = self._journal.begin(connection, words.format(many=many, label=label), free[0].text_id)
            connection.execute(insert(table), [_row(first + at, one, label_id) for at, one in enumerate(free)])
            bulk.note_inserted(connection, operation_id, table, first, first + len(free) - 1)
            outcome = self._journal.outcome(connection, operation_id)
        yield outcome


def _last(steps: Iterator[float | Outcome]) -> Outcome | None:
    outcome = None
    for step in steps:
        outcome = step if isinstance(step, Outcome) else None
    return outcome


def _row(row_id: int, match: Match, label_id: int) -> Row:
    return {
        "id": row_id,
        "text_id": match.text_id,
        "start": match.start,
        "end": match.end,
        "label_id": label_id,
        "made_by": Origin.PERSON,
    }


def _free(connection: Connection, table: Table, matches: Sequence[Match], label: str) -> list[Match]:
    """Those of ``matches`` that meet no span (of any label), or no refusal (of this one), in a text that is there."""
    text_ids = sorted({one.text_id for one in matches})
    there = set(connection.scalars(select(schema.text.c.id).where(schema.text.c.id.in_(text_ids))))
    marked = spans_of(connection, table, text_ids)
    if table is schema.refusal:
        marked = {text_id: [one for one in found if one.label == label] for text_id, found in marked.items()}
    return [
        one
        for one in matches
        if one.text_id in there and first_meeting(marked.get(one.text_id, []), one.start, one.end) is None
    ]


def _matches(
    connection: Connection, text_ids: Sequence[int], pattern: "regex.Pattern[str]", label: str
) -> Iterator[Match]:
    table = schema.text
    texts = connection.execute(select(table.c.id, table.c.content).where(table.c.id.in_(text_ids)).order_by(table.c.id))
    found = {row.id: (row.content, list(pattern.finditer(row.content))) for row in texts}
    with_matches = [text_id for text_id, (_content, places) in found.items() if places]
    spans, refused = (spans_of(connection, which, with_matches) for which in (schema.span, schema.refusal))
    for text_id in with_matches:
        content, places = found[text_id]
        refusals = {(one.start, one.end) for one in refused.get(text_id, ()) if one.label == label}
        for place in places:
            start, end = place.span()
            there = first_meeting(spans.get(text_id, []), start, end)
            yield Match(
                text_id,
                start,
                end,
                _line_before(content, start),
                content[start:end],
                _line_after(content, end),
                there.label if there is not None else "",
                (start, end) in refusals,
            )


def first_meeting(spans: Sequence[Span], start: int, end: int) -> Span | None:
    """Of spans in order without overlaps, the first that shares a code point with ``start`` to ``end``."""
    at = bisect_right(spans, start, key=lambda one: one.end)
    return spans[at] if at < len(spans) and spans[at].touches(start, end) else None


def spans_of(connection: Connection, table: Table, text_ids: Sequence[int]) -> dict[int, list[Span]]:
    """The spans (or refusals) of these texts by their ids, in order."""
    columns = (table.c.text_id, table.c.start, table.c.end, schema.label.c.name)
    query = select(*columns).join(schema.label).where(table.c.text_id.in_(text_ids)).order_by(table.c.start)
    found: dict[int, list[Span]] = {}
    for text_id, start, end, name in connection.execute(query):
        found.setdefault(text_id, []).append(Span(start, end, name))
    return found


def _line_before(content: str, start: int) -> str:
    return " ".join(content[max(0, start - _AROUND) : start].splitlines()[-1:])


def _line_after(content: str, end: int) -> str:
    return " ".join(content[end : end + _AROUND].splitlines()[:1])
