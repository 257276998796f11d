"""All places where words, or the labels' examples, stand in all texts: found, labelled or refused in one operation."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import regex
from sqlalchemy import Connection, Table, insert, select

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.journal import Journal, next_id
from gadget_trainer.corpus.outcomes import EditSteps, Outcome, outcome_of
from gadget_trainer.corpus.phrases import Phrases, Place
from gadget_trainer.corpus.reading_texts import spans_of
from gadget_trainer.corpus.records import Origin, Span
from gadget_trainer.corpus.row_changes import Row
from gadget_trainer.corpus.store import Store
from gadget_trainer.corpus.word_edges import after, before
from gadget_trainer.errors import UserError

_SLICE = 500
_AROUND = 60
"""Code points that a match shows to each side."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place where what is looked for stands; offsets in code points."""

    text_id: int
    start: int
    end: int
    before: str
    """What stands before it, on the same line."""
    surface: str
    after: str
    wanted: str
    """The label that it is to get."""
    label: str = ""
    """The label of the span that is there or that it meets; empty where there is none."""
    refused: bool = False
    """Whether the person said before that this is not one of the label's."""

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted or refused: nobody has decided about it yet."""
        return not self.label and not self.refused


class Sought(Protocol):
    """What is looked for."""

    def about(self) -> str:
        """What it is, in a few words."""

    def problem(self) -> str:
        """Why there is nothing to look for, and what to do about it; empty where there is something."""

    def finder(self) -> "Finder":
        """What finds it in a text; made once for all texts. Raises UserError where there is nothing to look for."""


class Finder(Protocol):
    """Finds something in texts."""

    def places(self, text: str) -> Iterable[Place]:
        """Where it stands, in order and without overlaps."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words, to be looked for."""

    words: str
    label: str
    """Of this label it is to be, and of this one it may have been refused before."""
    same_case: bool = False
    whole_words: bool = True

    def about(self) -> str:
        """The words and the label."""
        return f"“{' '.join(self.words.split())}” as {self.label}"

    def problem(self) -> str:
        """Why there is nothing to look for."""
        return "" if self.words.split() else "There are no words to look for. Select some in the text first."

    def pattern(self) -> "regex.Pattern[str]":
        """Finds the words; any run of white space stands for any other."""
        if problem := self.problem():
            raise UserError(problem)
        parts = self.words.split()
        words = r"\s+".join(regex.escape(part, special_only=True) for part in parts)
        if self.whole_words:
            words = f"{before(parts[0])}{words}{after(parts[-1])}"
        return regex.compile(words, 0 if self.same_case else regex.IGNORECASE | regex.FULLCASE)

    def finder(self) -> Finder:
        """What finds the words. Raises UserError where there are none."""
        return _Words(self.pattern(), self.label)


@dataclass(frozen=True, slots=True)
class WantedExamples:
    """The examples of labels, to be looked for all at once; the longest one at a place counts."""

    examples: Mapping[str, Sequence[str]]
    """By the names of their labels; words that are an example of several labels are of the first one."""
    same_case: bool = False
    whole_words: bool = True

    def about(self) -> str:
        """Whose examples."""
        return f"Examples of {next(iter(self.examples)) if len(self.examples) == 1 else 'all labels'}"

    def finder(self) -> Finder:
        """What finds the examples. Raises UserError where there are none."""
        if problem := self.problem():
            raise UserError(problem)
        return Phrases(self.examples, same_case=self.same_case, whole_words=self.whole_words)

    def problem(self) -> str:
        """Why there is nothing to look for, and what to do about it; empty where there is something."""
        if any(not words.isspace() for phrases in self.examples.values() for words in phrases if words):
            return ""
        how = "and write down words that are likely to have it, or import a file of patterns"
        if not self.examples:
            return (
                "There is no label yet. Add one, with words that are likely to have it, or import a file of patterns."
            )
        if len(self.examples) == 1:
            (label,) = self.examples
            return f"{label} has no examples yet. Change the label {how}."
        return f"No label has examples yet. Change a label {how}."


@dataclass(frozen=True, slots=True)
class _Words:
    """Finds what a pattern matches."""

    pattern: "regex.Pattern[str]"
    label: str

    def places(self, text: str) -> Iterator[Place]:
        """Where it matches."""
        return (Place(*found.span(), self.label) for found in self.pattern.finditer(text))


class Matches:
    """Looks for words in all texts, and labels them."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def find(self, wanted: Sought) -> Iterator[tuple[float, list[Match]]]:
        """How far the search is (0 to 1) and the matches of the next texts, in order; leave it when you like.

        Raises UserError where there is nothing to look for.
        """
        finder = wanted.finder()
        with self._store.reading() as connection:
            ids = connection.scalars(select(schema.text.c.id).order_by(schema.text.c.id)).all()
        for at in range(0, len(ids), _SLICE):
            part = ids[at : at + _SLICE]
            with self._store.reading() as connection:
                found = list(_matches(connection, part, finder))
            yield (at + len(part)) / len(ids), found

    def label(self, matches: Sequence[Match]) -> Outcome | None:
        """Make spans of the matches, each with its label; those that meet a span by now stay out. One operation."""
        return outcome_of(self.label_steps(matches))

    def label_steps(self, matches: Sequence[Match]) -> EditSteps:
        """The same, a slice at a time: yields how far it is (0 to 1), and at the end the outcome, if there is one.

        Closing it before the end leaves the project as it was. Raises UserError where a label is gone.
        """
        return self._insert(schema.span, matches, "Labelled {many} {label}")

    def refuse(self, matches: Sequence[Match]) -> Outcome | None:
        """Remember that the matches are none of their labels', so that they don't come back. One operation."""
        return outcome_of(self._insert(schema.refusal, matches, "Refused {many} as {label}"))

    def _insert(self, table: Table, matches: Sequence[Match], words: str) -> EditSteps:
        with self._store.writing() as connection:
            label_ids = _label_ids(connection, {one.wanted for one in matches})
            free: list[Match] = []
            for at in range(0, len(matches), _SLICE):
                part = matches[at : at + _SLICE]
                free += _free(connection, table, part)
                yield (at + len(part)) / len(matches)
            if not free:
                return
            first = next_id(connection, table)
            summary = words.format(many=_many(free), label=_labels(free))
            operation_id = self._journal.begin(connection, summary, free[0].text_id)
            connection.execute(insert(table), [_row(first + at, one, label_ids) for at, one in enumerate(free)])
            bulk.note_inserted(connection, operation_id, table, first, first + len(free) - 1)
            outcome = self._journal.outcome(connection, operation_id)
        yield outcome


def _label_ids(connection: Connection, names: set[str]) -> dict[str, int]:
    table = schema.label
    found = {row.name: row.id for row in connection.execute(select(table.c.name, table.c.id)) if row.name in names}
    gone = sorted(names - found.keys())
    if gone:
        raise UserError(f"There is no label {gone[0]} any more. Choose another one, or add it again.")
    return found


def _many(matches: Sequence[Match]) -> str:
    """How many they are, and of which words."""
    words = {" ".join(one.surface.casefold().split()) for one in matches}
    return f"{len(matches):,} × “{matches[0].surface}”" if len(words) == 1 else f"{len(matches):,} examples"


def _labels(matches: Sequence[Match]) -> str:
    labels = {one.wanted for one in matches}
    return matches[0].wanted if len(labels) == 1 else f"with {len(labels):,} labels"


def _row(row_id: int, match: Match, label_ids: Mapping[str, int]) -> Row:
    return {
        "id": row_id,
        "text_id": match.text_id,
        "start": match.start,
        "end": match.end,
        "label_id": label_ids[match.wanted],
        "made_by": Origin.PERSON,
    }


def _free(connection: Connection, table: Table, matches: Sequence[Match]) -> list[Match]:
    """Those of ``matches`` that meet no span (of any label), or no refusal (of theirs), in a text that is there."""
    text_ids = sorted({one.text_id for one in matches})
    there = set(connection.scalars(select(schema.text.c.id).where(schema.text.c.id.in_(text_ids))))
    marked = spans_of(connection, table, text_ids)
    met = _refused if table is schema.refusal else _met
    return [one for one in matches if one.text_id in there and not met(marked.get(one.text_id, []), one)]


def _met(spans: Sequence[Span], match: Match) -> bool:
    return first_meeting(spans, match.start, match.end) is not None


def _refused(refusals: Sequence[Span], match: Match) -> bool:
    return _met([one for one in refusals if one.label == match.wanted], match)


def _matches(connection: Connection, text_ids: Sequence[int], finder: Finder) -> Iterator[Match]:
    table = schema.text
    texts = connection.execute(select(table.c.id, table.c.content).where(table.c.id.in_(text_ids)).order_by(table.c.id))
    found = {row.id: (row.content, list(finder.places(row.content))) for row in texts}
    with_matches = [text_id for text_id, (_content, places) in found.items() if places]
    spans, refused = (spans_of(connection, which, with_matches) for which in (schema.span, schema.refusal))
    for text_id in with_matches:
        content, places = found[text_id]
        refusals = set(refused.get(text_id, ()))
        for start, end, label in places:
            there = first_meeting(spans.get(text_id, []), start, end)
            yield Match(
                text_id,
                start,
                end,
                _line_before(content, start),
                content[start:end],
                _line_after(content, end),
                label,
                there.label if there is not None else "",
                Span(start, end, label) in refusals,
            )


def first_meeting(spans: Sequence[Span], start: int, end: int) -> Span | None:
    """Of spans in order without overlaps, the first that shares a code point with ``start`` to ``end``."""
    at = bisect_right(spans, start, key=lambda one: one.end)
    return spans[at] if at < len(spans) and spans[at].touches(start, end) else None


def _line_before(content: str, start: int) -> str:
    return " ".join(content[max(0, start - _AROUND) : start].splitlines()[-1:])


def _line_after(content: str, end: int) -> str:
    return " ".join(content[end : end + _AROUND].splitlines()[:1])
