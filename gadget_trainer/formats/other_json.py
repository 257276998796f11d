"""Any other JSON or JSON lines: records that have one text each, with or without a list of spans, or that are texts.

What is the text and what the spans is a guess by the names that tools use, which the receipt states. The records may
be in a list under one key of an object.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, printable, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import Row, sample_values, values
from gadget_trainer.formats.json_values import JsonDecoder, NotJsonError
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_lists import SpanShape, label_of, note_span_lists, span_shape
from gadget_trainer.formats.span_reader import RawText, SpanReader

_SURFACES = ("text", "surface", "mention", "word", "value")
_TEXTS = ("text", "content", "document", "sentence", "body", "data")
_FURTHER_TEXTS = ("full_text", "comment", "review", "tweet", "message", "abstract", "column_data")
_LISTS = ("data", "texts", "documents", "sentences", "examples", "records", "items", "rows", "annotations")
"""Under which key of an object a list of strings is one of texts."""
_STRINGS_LOOKED_AT = 2


class Guess(NamedTuple):
    """Where in a file the records, their texts and their spans are."""

    text: str = ""
    """The field of the text; empty where the records are texts themselves."""
    spans: str = ""
    """The field of the spans; empty where there are none."""
    shape: SpanShape = SpanShape()
    wrapper: str = ""
    """The key of the list of the records; empty where they are not within an object."""

    def sentence(self) -> str:
        """For the receipt."""
        place = f"the records are in {quoted(self.wrapper)}, " if self.wrapper else ""
        if not self.text:
            return f"a guess: {place}each string of the list is a text"
        if not self.spans:
            return f"a guess: {place}{quoted(self.text)} is the text, and there are no spans"
        spans = f"{quoted(self.spans)} holds the spans {self.shape.phrase()}"
        return f"a guess: {place}{quoted(self.text)} is the text, and {spans}"


class OtherJson(SpanReader):
    """Records in a shape that no tool is known for; what else they have becomes ``meta["json"]``."""

    name = "json"
    title = "Other JSON with texts and spans"
    suffixes = (".json", ".jsonl")

    def recognises(self, sample: Sample) -> Fit:
        """Likely when a record has a text and a list of spans; of the shape when it has only a text, or is one."""
        found = sample_values(sample)
        guess = _guess(found, is_one=len(found) == 1 and isinstance(found[0], dict))
        if guess is None or (not guess.text and not _is_json(sample, found)):
            return Fit.NO
        return Fit.LIKELY if guess.spans else Fit.SHAPE

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a record; the first record with spans says where to look in all of them."""
        guess = _guess_of(source)
        if guess is None:
            raise UserError(f"{source.name} has no record with a text. Choose another format.")
        receipt.remarks.add(source.name, guess.sentence())
        for where, value in _unwrapped(source, guess, receipt):
            row = _row(value)
            text = row.pop(guess.text or _TEXTS[0], None)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            stated = row.pop(guess.spans, None) if guess.spans else None
            spans = list(_spans(stated, guess.shape, where, receipt))
            note_span_lists(row, str(text), where, receipt)
            yield RawText(where, str(text), spans, None, meta={"json": row} if row else {}, complete=True)


def _guess_of(source: Source) -> Guess | None:
    """The guess for a file: by the first record with spans, or else by the first one with a text."""
    first: Guess | None = None
    number, last = 0, None
    for _where, last in values(source, Receipt("", "")):
        number += 1
        found = _guess_of_record(last)
        if found is not None and found.spans:
            return found
        first = first or found
    return _guess([last], is_one=True) if number == 1 else first


def _guess(records: Iterable[object], *, is_one: bool) -> Guess | None:
    """The guess for records, which may be the one object that has them all in a list."""
    first: Guess | None = None
    for record in records:
        found = _guess_of_record(record) or (_guess_of_wrapper(record) if is_one else None)
        if found is not None and found.spans:
            return found
        first = first or found
    return first


def _guess_of_record(record: object) -> Guess | None:
    if isinstance(record, str):
        return Guess()
    row = _row(record) if isinstance(record, dict) else {}
    strings = {key: value for key, value in row.items() if isinstance(value, str)}
    named = next((key for key in (*_TEXTS, *_FURTHER_TEXTS) if key in strings), "")
    text = named or max(strings, key=lambda key: len(strings[key]), default="")
    for key, value in row.items() if text else ():
        shape = span_shape(value, strings[text])
        if shape is not None:
            return Guess(text, key, shape)
    return Guess(named) if named else None


def _guess_of_wrapper(value: object) -> Guess | None:
    found: list[Guess] = []
    for key, listed in value.items() if isinstance(value, dict) else ():
        if not isinstance(listed, list):
            continue
        guess = _guess((_row(one) for one in listed if not isinstance(one, str)), is_one=False)
        if guess is None and key in _LISTS and any(isinstance(one, str) for one in listed):
            guess = Guess()
        if guess is not None:
            found.append(guess._replace(wrapper=key))
    return next((one for one in found if one.spans), found[0] if found else None)


def _row(record: object) -> Row:
    """A record as an object: a text alone, and a pair of a text and an object, are one of the same."""
    if isinstance(record, dict):
        return record
    if isinstance(record, str):
        return {_TEXTS[0]: record}
    if isinstance(record, list) and len(record) == 2 and isinstance(record[0], str) and isinstance(record[1], dict):
        return record[1] | {_TEXTS[0]: record[0]}
    return {}


def _unwrapped(source: Source, guess: Guess, receipt: Receipt) -> Iterator[tuple[str, Any]]:
    """Yield the records, by number where they are within an object."""
    for where, value in values(source, receipt):
        if not guess.wrapper:
            yield where, value
            continue
        listed = value.pop(guess.wrapper, None) if isinstance(value, dict) else None
        for number, one in enumerate(listed if isinstance(listed, list) else [], start=1):
            yield f"{source.name}:{number}", one
        receipt.fields_dropped.update(map(printable, value if isinstance(value, dict) else ()))


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
            surface = next((name for name in _SURFACES if name != shape.label and isinstance(item.get(name), str)), "")
            for name in item.keys() - {*shape, surface}:
                receipt.fields_dropped[f"spans: {printable(name)}"] += 1
            yield RawSpan(
                item.get(shape.start), item.get(shape.end), label_of(item.get(shape.label)), item.get(surface)
            )
        elif isinstance(item, list) and len(item) == 3 and not shape.start:
            yield RawSpan(item[0], item[1], label_of(item[2]))
        else:
            receipt.spans_lost.add(where, f"the span is not stated {shape.phrase()}", quoted(item))


FORMAT = OtherJson()
