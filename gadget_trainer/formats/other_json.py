"""Any other JSON or JSON lines of records that have one text each and a list of spans.

What is the text and what the spans is a guess by the names that tools use, which the receipt states.
"""

from collections.abc import Iterator
from typing import NamedTuple

from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, printable, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import Row, rows, sample_rows
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

_STARTS = ("start", "start_offset", "start_char", "startOffset", "begin", "from")
_ENDS = ("end", "end_offset", "end_char", "endOffset", "stop", "to")
_LABELS = ("label", "labels", "tag", "entity", "entity_type", "entityLabel", "type", "class", "category")
_SURFACES = ("text", "surface", "mention", "word", "value")
_TEXTS = ("text", "content", "document", "sentence", "body", "data")


class Guess(NamedTuple):
    """Where in a record the text, the spans and the parts of a span are."""

    text: str
    spans: str
    start: str
    end: str
    label: str

    def sentence(self) -> str:
        """For the receipt."""
        names = [quoted(name) for name in self]
        return (
            f"a guess: {names[0]} is the text, and {names[1]} holds the spans "
            f"with {names[2]}, {names[3]} and {names[4]}"
        )


class OtherJson(SpanReader):
    """Records in a shape that no tool is known for; what else they have becomes ``meta["json"]``."""

    name = "json"
    title = "Other JSON with texts and spans"
    suffixes = (".json", ".jsonl")

    def recognises(self, sample: Sample) -> Fit:
        """Likely when a record has a text and a list of objects with start, end and label."""
        return Fit.LIKELY if any(_guess(row) for row in sample_rows(sample)) else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a record; the first record with spans says where to look in all of them."""
        guess = next((found for _where, row in rows(source, Receipt("", "")) if (found := _guess(row))), None)
        if guess is None:
            raise UserError(f"{source.name} has no record with a text and a list of spans. Choose another format.")
        receipt.remarks.add(source.name, guess.sentence())
        for where, row in rows(source, receipt):
            text = row.pop(guess.text, None)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            spans = list(_spans(row.pop(guess.spans, None), guess, where, receipt))
            yield RawText(where, str(text), spans, None, meta={"json": row} if row else {}, complete=True)


def _guess(row: Row) -> Guess | None:
    strings = {key: value for key, value in row.items() if isinstance(value, str)}
    text = next((key for key in _TEXTS if key in strings), None) or max(
        strings, key=lambda key: len(strings[key]), default=None
    )
    for key, value in row.items():
        for item in value if isinstance(value, list) else []:
            if text is None or not isinstance(item, dict):
                break
            start = next((name for name in _STARTS if type(item.get(name)) is int), None)
            end = next((name for name in _ENDS if type(item.get(name)) is int), None)
            label = next((name for name in _LABELS if _label(item.get(name)) is not None), None)
            if start and end and label:
                return Guess(text, key, start, end, label)
    return None


def _label(value: object) -> object:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) and value.strip() else None


def _spans(value: object, guess: Guess, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    if value is not None and not isinstance(value, list):
        receipt.spans_lost.add(where, "the spans are not a list", quoted(value))
    for item in value if isinstance(value, list) else []:
        if not isinstance(item, dict):
            receipt.spans_lost.add(where, "the span is not an object", quoted(item))
            continue
        surface = next((name for name in _SURFACES if name != guess.label and isinstance(item.get(name), str)), "")
        for name in item.keys() - {guess.start, guess.end, guess.label, surface}:
            receipt.fields_dropped[f"spans: {printable(name)}"] += 1
        yield RawSpan(item.get(guess.start), item.get(guess.end), _label(item.get(guess.label)), item.get(surface))


FORMAT = OtherJson()
