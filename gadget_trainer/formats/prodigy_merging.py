"""Rows of one text become one text, as when several people annotated it: what most of them say stays.

Which rows these are is said in :mod:`gadget_trainer.formats.prodigy_repeats`. A span or category stays that more of the
accepted rows have than have not. A row that answers a yes or no question has a voice about its own spans alone. The
others are lost, and counted, and a text with such a span is not complete; where as many are for it as against it, the
text is to do. Rows that were not accepted count only where none was.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.cleaning import RawSpan, quoted, span_name
from gadget_trainer.formats.notes import counted
from gadget_trainer.formats.prodigy_answers import Answers, count_differences
from gadget_trainer.formats.prodigy_repeats import Lines, Opened, repeated_hashes, repeated_words
from gadget_trainer.formats.prodigy_spans import with_all_fields
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.span_reader import RawText

_LOST = "not most of those who annotated the text have it"
_TIED = "as many of those who annotated the text have it as have not, so the text is to do"
_GAVE_WAY = "its row was not accepted, and gave way to one that was"


class _Row(NamedTuple):
    """A row that waits for others of its text."""

    record: RawText
    is_answer: bool
    """Whether it answers a yes or no question about its spans."""


class _Several:
    """Rows of which some have a number alike, until all of those are there."""

    def __init__(self, left: Counter[int]) -> None:
        self.left = left
        """How many rows are still to come, for the numbers that several have."""
        self.waiting: dict[int, list[_Row]] = {}

    def take(self, number: int, rows: list[_Row]) -> list[_Row]:
        """The rows that have the number, with the last of them; until then none."""
        if number not in self.left:
            return rows
        self.waiting.setdefault(number, []).extend(rows)
        self.left[number] -= 1
        return [] if self.left[number] > 0 else self.waiting.pop(number)


class RowsOfTexts:
    """Rows whose text comes more than once in the file, until the last of them is read."""

    def __init__(self, lines: Lines, opened: Opened, answers: Answers) -> None:
        """``answers`` takes the rows of texts that have nothing but answers."""
        self._lines = lines
        self._opened = opened
        self._answers = answers
        self._of_hash: _Several | None = None
        self._of_words: _Several | None = None

    def is_alone(self, text: str) -> bool:
        """Whether no other row is of one text with those that have these words."""
        if self._of_words is None:  # it takes a walk through the file, and not every file has such rows
            self._of_words = _Several(repeated_words(self._lines, self._opened))
        return not self._of_words.left or hash(text) not in self._of_words.left

    def take(
        self, row_hash: object, record: RawText, receipt: Receipt, *, is_answer: bool, by_words: bool = False
    ) -> Iterable[RawText]:
        """The text itself, if no other row has it, or that of all of its rows with the last of them.

        ``by_words`` says whether rows with the same words are of the same text.
        """
        rows = [_Row(record, is_answer)]
        if type(row_hash) is int:
            if self._of_hash is None:
                self._of_hash = _Several(repeated_hashes(self._lines))
            rows = self._of_hash.take(row_hash, rows)
        elif by_words and not self.is_alone(record.text) and self._of_words is not None:
            rows = self._of_words.take(hash(record.text), rows)
        return self._texts(rows, receipt)

    def rest(self, receipt: Receipt) -> Iterator[RawText]:
        """Yield what is left: a row that was expected was none of a text."""
        for several in (self._of_hash, self._of_words):
            for rows in several.waiting.values() if several is not None else ():
                yield from self._texts(rows, receipt)

    def _texts(self, rows: Sequence[_Row], receipt: Receipt) -> Iterable[RawText]:
        """One text for each that the rows really have: a hash proves nothing."""
        by_text: dict[str, list[_Row]] = {}
        for row in rows:
            by_text.setdefault(row.record.text, []).append(row)
        found: list[RawText] = []
        for alike in by_text.values():
            if all(row.is_answer for row in alike):
                for row in alike:
                    self._answers.take(row.record, receipt)
            else:
                found.append(_merged(alike, receipt) if len(alike) > 1 else alike[0].record)
        return found


class _Votes:
    """For and against what some of the rows have."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        whole = [row.record for row in rows if not row.is_answer]
        answers = [row.record for row in rows if row.is_answer]
        self.spans: list[Any] = []
        self.categories: list[Any] = []
        self.tied: list[Any] = []
        for raw in _once(row.record.spans for row in rows):
            against = sum(raw not in one.spans for one in whole) + sum(raw in one.refused for one in answers)
            self._count(raw, self.spans, sum(raw in row.record.spans for row in rows), against)
        for category in _once(one.categories for one in whole):
            having = sum(category in one.categories for one in whole)
            self._count(category, self.categories, having, len(whole) - having)

    def _count(self, one: object, kept: list[Any], having: int, against: int) -> None:
        if having > against:
            kept.append(one)
        elif having == against:
            self.tied.append(one)

    def reason(self, one: object) -> str:
        """Why something is lost."""
        return _TIED if one in self.tied else _LOST


def _merged(rows: Sequence[_Row], receipt: Receipt) -> RawText:
    """The one text that these rows are."""
    where = rows[0].record.where
    receipt.remarks.add(where, "several rows of a text became one text", counted(len(rows), "row"))
    heard = _heard(rows)
    _account_for_the_others(rows, heard, where, receipt)
    votes = _Votes(heard)
    _account(heard, votes, where, receipt)
    whole = [row.record for row in heard if not row.is_answer]
    records = whole + [row.record for row in heard if row.is_answer]
    count_differences(records[0], (row.record for row in rows if row.record is not records[0]), receipt)
    states = [one.state for one in whole] or [TextState.DONE if votes.spans else TextState.TODO]
    state = TextState.DONE if TextState.DONE in states else states[0]
    return records[0]._replace(
        where=where,
        spans=votes.spans,
        categories=votes.categories,
        state=TextState.TODO if votes.tied else state,
        flagged=any(one.flagged for one in records),
        meta=with_all_fields(records[0].meta or {}, (one.meta or {} for one in records[1:])),
        note="\n".join(dict.fromkeys(one.note for one in records if one.note)),
        complete=not votes.tied and bool(whole) and all(one.complete for one in whole),
        refused=[raw for raw in _once(one.refused for one in records) if raw not in votes.tied],
    )


def _heard(rows: Sequence[_Row]) -> Sequence[_Row]:
    """The rows that count: those that were accepted, or else those that were not left out, or else all."""
    accepted = [row for row in rows if row.is_answer or _is_accepted(row.record)]
    return accepted or [row for row in rows if row.record.state is not TextState.SKIPPED] or rows


def _is_accepted(record: RawText) -> bool:
    if record.state is None:
        return bool(record.spans or record.categories)
    return record.state is TextState.DONE


def _account_for_the_others(rows: Sequence[_Row], heard: Sequence[_Row], where: str, receipt: Receipt) -> None:
    """Note what the rows have that give way to others."""
    others = [row.record for row in rows if row not in heard]
    if others:
        receipt.remarks.add(where, "a row of the text that was not accepted gave way to one that was")
    for one in others:
        for raw in (*one.spans, *one.refused):
            receipt.spans_lost.add(one.where, _GAVE_WAY, span_name(raw))
        for category in one.categories:
            receipt.categories_lost.add(one.where, _GAVE_WAY, quoted(category))


def _account(heard: Sequence[_Row], votes: _Votes, where: str, receipt: Receipt) -> None:
    """Note what becomes of each span of each row: of those that stay, only the first is not merged."""
    known: list[RawSpan] = []
    for raw in (raw for row in heard for raw in row.record.spans):
        if raw not in votes.spans:
            receipt.spans_lost.add(where, votes.reason(raw), span_name(raw))
        elif raw in known:
            receipt.note_merged(where, "several rows of the text have the span, and it was merged", span_name(raw))
        else:
            known.append(raw)
    refused: list[RawSpan] = []
    for raw in (raw for row in heard for raw in row.record.refused):
        if raw in votes.tied:
            receipt.spans_lost.add(where, votes.reason(raw), span_name(raw))
        elif raw in refused:
            receipt.note_merged(where, "several rows of the text refuse the span, and it was merged", span_name(raw))
        refused.append(raw)
    for category in _once(row.record.categories for row in heard):
        if category not in votes.categories:
            receipt.categories_lost.add(where, votes.reason(category), quoted(category))


def _once(lists: Iterable[Sequence[Any]]) -> list[Any]:
    """All that is in the lists, each once; it may be anything, so that a set would not do."""
    found: list[Any] = []
    for each in lists:
        found += [one for one in each if one not in found]
    return found
