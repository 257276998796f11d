"""Prodigy's yes and no questions (``ner.teach``): a row is one suggestion, accepted or rejected, of a text.

Nothing is known of the rest of the text, so it is never complete. A rejected suggestion is not lost: the text keeps it
as refused. All such rows of one text become one text, which comes after those of other kinds, when all rows are read;
where it has rows of other kinds, see :mod:`gadget_trainer.formats.prodigy_merging`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.cleaning import RawSpan, printable, span_name
from gadget_trainer.formats.prodigy_spans import FIELDS, with_all_fields
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.span_reader import RawText

_ANSWERS = ("accept", "reject")
BINARY_KEYS = ("_view_id", "_is_binary", "_binary")
"""Keys of which one may say that a row judges its spans one by one."""


def is_binary(row: dict[str, Any], answer: object) -> bool:
    """Whether a row with this answer judges its spans one by one, rather than the text as a whole."""
    if answer not in _ANSWERS:
        return False
    if row.get("_view_id") == "ner" or row.get("_is_binary") is True or row.get("_binary") is True:
        return True
    # Prodigy before version 1.8 wrote no view, but the answer into each span.
    spans = row.get("spans")
    return bool(spans) and any(span_answer(item) is not None for item in _listed(spans))


def span_answer(item: object) -> str | None:
    """The answer that stands in a span itself."""
    answer = item.get("answer") if isinstance(item, dict) else None
    return answer if isinstance(answer, str) and answer in _ANSWERS else None


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


class Answers:
    """The texts of binary rows, until all of their rows are read."""

    def __init__(self) -> None:
        self._texts: dict[str, RawText] = {}

    def take(self, record: RawText, receipt: Receipt) -> None:
        """Add the spans of a row to its text."""
        before = self._texts.get(record.text)
        if before is None:
            self._texts[record.text] = record
            return
        receipt.remarks.add(record.where, "a further answer to a text was added to it")
        _note_merged(before, record, receipt)
        count_differences(before, [record], receipt)
        spans = _united(before.spans, record.spans)
        state = TextState.DONE if spans else TextState.TODO
        refused = _united(before.refused, record.refused)
        meta = with_all_fields(before.meta or {}, [record.meta or {}])
        self._texts[record.text] = before._replace(spans=spans, refused=refused, state=state, meta=meta)

    def texts(self) -> Iterator[RawText]:
        """Yield each text once, in the order of its first row."""
        yield from self._texts.values()


def count_differences(taken: RawText, others: Iterable[RawText], receipt: Receipt) -> None:
    """Count what the other rows of a text say of it in other words: its metadata is that of one."""
    known = taken.meta or {}
    for one in others:
        for key, value in (one.meta or {}).items():
            if known.get(key) != value and key != FIELDS:
                receipt.drop_field(one.where, printable(key))


def _note_merged(before: RawText, record: RawText, receipt: Receipt) -> None:
    """Note the spans of a row that its text has already."""
    for known, further in ((before.spans, record.spans), (before.refused, record.refused)):
        for raw in further:
            if raw in known:
                receipt.note_merged(record.where, "the same answer is there twice and was merged", span_name(raw))


def _united(first: Sequence[RawSpan], second: Sequence[RawSpan]) -> tuple[RawSpan, ...]:
    return (*first, *(raw for raw in second if raw not in first))
