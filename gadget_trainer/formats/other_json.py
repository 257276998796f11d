"""Any other JSON or JSON lines: records that have one text each, with or without a list of spans, or that are texts.

What is the text and what the spans is a guess by the names that tools use, which the receipt states: see
:mod:`gadget_trainer.formats.json_guess`. The records may be in a list somewhere within an object, or its values.
"""

from collections.abc import Iterator
from typing import Any

from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, printable, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_guess import guess_of, guess_of_records, records_of, row_of
from gadget_trainer.formats.json_rows import sample_values
from gadget_trainer.formats.json_values import JsonDecoder, NotJsonError
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_lists import SURFACES, SpanShape, label_of, note_span_lists
from gadget_trainer.formats.span_reader import RawText, SpanReader

_STRINGS_LOOKED_AT = 2


class OtherJson(SpanReader):
    """Records in a shape that no tool is known for; what else they have becomes ``meta["json"]``."""

    name = "json"
    title = "Other JSON with texts and spans"
    suffixes = (".json", ".jsonl")

    def recognises(self, sample: Sample) -> Fit:
        """Likely when a record has a text and a list of spans; of the shape when it has only a text, or is one."""
        found = sample_values(sample)
        guess = guess_of_records(found, is_one=len(found) == 1 and isinstance(found[0], dict))
        if guess is None or (not guess.text and not _is_json(sample, found)):
            return Fit.NO
        return Fit.LIKELY if guess.spans else Fit.SHAPE

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a record; the first record with spans says where to look in all of them."""
        guess = guess_of(source)
        if guess is None:
            raise UserError(f"{source.name} has no record with a text. Choose another format.")
        receipt.remarks.add(source.name, guess.sentence())
        for where, value in records_of(source, guess, receipt):
            row = row_of(value)
            text, stated = guess.taken_from(row)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            spans = list(_spans(guess.shape.listed(stated), guess.shape, where, receipt))
            note_span_lists(row, str(text), where, receipt)
            yield RawText(where, str(text), spans, None, meta={"json": row} if row else {}, complete=True)


def _is_json(sample: Sample, found: list[Any]) -> bool:
    """Whether strings in brackets are a list of JSON, and no text that begins with a bracket."""
    if not sample.whole:
        return len(found) >= _STRINGS_LOOKED_AT
    try:
        JsonDecoder().whole(sample.text)
    except NotJsonError:
        return False
    return True


def _spans(value: object, shape: SpanShape, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    if value is not None and not isinstance(value, list):
        receipt.spans_lost.add(where, "the spans are not a list", quoted(value))
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict) and shape.start:
            surface = next((name for name in SURFACES if name != shape.label and isinstance(item.get(name), str)), "")
            for name in item.keys() - shape.fields() - {surface}:
                receipt.fields_dropped[f"spans: {printable(name)}"] += 1
            yield shape.span(item, surface)
        elif isinstance(item, list) and len(item) == 3 and not shape.start:
            yield RawSpan(item[0], item[1], label_of(item[2]))
        else:
            receipt.spans_lost.add(where, f"the span is not stated {shape.phrase()}", quoted(item))


FORMAT = OtherJson()
