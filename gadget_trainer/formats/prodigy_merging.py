"""Rows of one text become one text, as when several people annotated it: what most of them say stays.

Prodigy gives the rows of a text one ``_input_hash``. A span or category stays that more than half of the accepted rows
have; the others are lost, and counted, and a text with such a span is not complete. Rows that were not accepted count
only where none was.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.cleaning import RawSpan, printable, quoted, span_name
from gadget_trainer.formats.receipt import Receipt, counted
from gadget_trainer.formats.source import Source
from gadget_trainer.formats.span_reader import RawText

_HASH = re.compile(r'"_input_hash"\s*:\s*(-?\d{1,19})(?!\d)')


class RowsOfTexts:
    """Rows whose text comes more than once in the file, until the last of them is read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._left: Counter[int] | None = None
        """How many rows of a text are still to come, for texts with several."""
        self._waiting: dict[int, list[RawText]] = {}

    def take(self, row_hash: object, record: RawText, receipt: Receipt) -> Iterator[RawText]:
        """Yield the text itself, if no other row has it, or that of all of its rows with the last of them."""
        if type(row_hash) is not int:
            yield record
            return
        if self._left is None:
            self._left = _several(self._source)
        if row_hash not in self._left:
            yield record
            return
        self._waiting.setdefault(row_hash, []).append(record)
        self._left[row_hash] -= 1
        if not self._left[row_hash]:
            yield from _texts(self._waiting.pop(row_hash), receipt)

    def rest(self, receipt: Receipt) -> Iterator[RawText]:
        """Yield what is left: a row that was expected was none of a text."""
        for records in self._waiting.values():
            yield from _texts(records, receipt)


def _several(source: Source) -> Counter[int]:
    """The hashes that several rows have, with how many: another walk through the file, without decoding it."""
    once: set[int] = set()
    found: Counter[int] = Counter()
    for _number, line in source.lines():
        match = _HASH.search(line)
        if match is None:
            continue
        row_hash = int(match[1])
        if row_hash in once:
            found[row_hash] += 1
        once.add(row_hash)
    return Counter({row_hash: further + 1 for row_hash, further in found.items()})


def _texts(records: Sequence[RawText], receipt: Receipt) -> Iterator[RawText]:
    """One text for each that the rows really have: a hash proves nothing."""
    by_text: dict[str, list[RawText]] = {}
    for record in records:
        by_text.setdefault(record.text, []).append(record)
    for alike in by_text.values():
        yield merged(alike, receipt) if len(alike) > 1 else alike[0]


def merged(records: Sequence[RawText], receipt: Receipt) -> RawText:
    """The one text that these rows are."""
    first = records[0]
    receipt.remarks.add(first.where, "several rows of a text became one text", counted(len(records), "row"))
    accepted = [one for one in records if one.state is not TextState.SKIPPED]
    if accepted and len(accepted) < len(records):
        receipt.remarks.add(first.where, "a row of the text that was not accepted gave way to one that was")
    heard = accepted or list(records)
    _count_differences(heard, receipt)
    spans = _agreed([one.spans for one in heard], len(heard))
    categories = _agreed([one.categories for one in heard], len(heard))
    _account(heard, spans, first.where, receipt)
    for category in _others([one.categories for one in heard], categories):
        reason = "not most of those who annotated the text have it"
        receipt.categories_lost.add(first.where, reason, quoted(category))
    states = [one.state for one in heard]
    return heard[0]._replace(
        where=first.where,
        spans=spans,
        categories=categories,
        state=TextState.DONE if TextState.DONE in states else states[0],
        flagged=any(one.flagged for one in heard),
        note="\n".join(dict.fromkeys(one.note for one in heard if one.note)),
        complete=all(one.complete for one in heard),
        refused=_once([one.refused for one in heard]),
    )


def _account(heard: Sequence[RawText], spans: Sequence[RawSpan], where: str, receipt: Receipt) -> None:
    """Note what becomes of each span of each row: of those that stay, only the first is not merged."""
    known: list[RawSpan] = []
    for raw in (raw for one in heard for raw in one.spans):
        if raw not in spans:
            receipt.spans_lost.add(where, "not most of those who annotated the text have it", span_name(raw))
        elif raw in known:
            receipt.note_merged(where, "several rows of the text have the span, and it was merged", span_name(raw))
        else:
            known.append(raw)
    refused: list[RawSpan] = []
    for raw in (raw for one in heard for raw in one.refused):
        if raw in refused:
            receipt.note_merged(where, "several rows of the text refuse the span, and it was merged", span_name(raw))
        refused.append(raw)


def _once(lists: Sequence[Sequence[Any]]) -> list[Any]:
    """All that is in the lists, each once; it may be anything, so that a set would not do."""
    found: list[Any] = []
    for each in lists:
        found += [one for one in each if one not in found]
    return found


def _agreed(lists: Sequence[Sequence[Any]], number: int) -> list[Any]:
    """What more than half of the lists have."""
    return [one for one in _once(lists) if 2 * sum(one in each for each in lists) > number]


def _others(lists: Sequence[Sequence[Any]], agreed: Sequence[Any]) -> list[Any]:
    return [one for one in _once(lists) if one not in agreed]


def _count_differences(records: Sequence[RawText], receipt: Receipt) -> None:
    """Count what the rows after the first say of the text in other words: its metadata is the first one's."""
    known = records[0].meta or {}
    for one in records[1:]:
        for key, value in (one.meta or {}).items():
            if known.get(key) != value:
                receipt.drop_field(records[0].where, printable(key))
