"""Where the texts and the spans of a JSON file are that no tool is known for, guessed by the names that tools use."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from gadget_trainer.formats.cleaning import printable, quoted
from gadget_trainer.formats.json_rows import Row, values
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Source
from gadget_trainer.formats.span_lists import SpanShape, span_shape

TEXT = "text"
"""What the text of a record is called that is one itself, or a pair of one and an object."""
_TEXTS = (TEXT, "content", "document", "sentence", "body", "data")
_FURTHER_TEXTS = ("full_text", "comment", "review", "tweet", "message", "abstract", "column_data")
_LISTS = ("data", "texts", "documents", "sentences", "examples", "records", "items", "rows", "annotations")
"""Under which key of an object a list of strings is one of texts."""
_DEEPEST_LIST = 3
"""Levels of objects within which a list of records is looked for."""
_KEY = "key"
"""Under what name a record keeps the key that it stood under."""


class Guess(NamedTuple):
    """Where in a file the records, their texts and their spans are."""

    text: str = ""
    """The field of the text; empty where the records are texts themselves."""
    spans: str = ""
    """The field of the spans; empty where there are none."""
    shape: SpanShape = SpanShape()
    wrapper: tuple[str, ...] = ()
    """The keys that lead to the list of the records; none where they are not within an object."""
    is_keyed: bool = False
    """Whether the file is one object, of which each value is a record."""
    holder: str = ""
    """The field of the object that has the text; empty where the record itself has it."""
    spans_in_holder: bool = False

    def sentence(self) -> str:
        """For the receipt."""
        place = f"the records are in {quoted('.'.join(self.wrapper))}, " if self.wrapper else ""
        if self.is_keyed:
            place = "each value of the object is a record, "
        if not self.text:
            return f"a guess: {place}each string of the list is a text"
        text = f"{self.holder}.{self.text}" if self.holder else self.text
        if not self.spans:
            return f"a guess: {place}{quoted(text)} is the text, and there are no spans"
        name = ".".join(filter(None, (self.holder if self.spans_in_holder else "", self.spans, self.shape.group)))
        return f"a guess: {place}{quoted(text)} is the text, and {quoted(name)} holds the spans {self.shape.phrase()}"

    def taken_from(self, row: Row) -> tuple[object, object]:
        """The text of a record and what it states of its spans, which are both taken out of it."""
        inner = row.get(self.holder) if self.holder else row
        holder: Row = inner if isinstance(inner, dict) else {}
        text = holder.pop(self.text or TEXT, None)
        stated = _taken_spans(holder if self.spans_in_holder else row, self.spans, self.shape.group)
        if self.holder and not holder:
            row.pop(self.holder, None)
        return text, stated


def _taken_spans(row: Row, key: str, group: str) -> object:
    stated = row.get(key) if key else None
    if not group or not isinstance(stated, dict):
        return row.pop(key, None) if key else None
    found = stated.pop(group, None)
    if not stated:
        del row[key]
    return found


def guess_of(source: Source) -> Guess | None:
    """The guess for a file: by the first record with spans, or else by the first one with a text."""
    records = (record for _where, record in values(source, Receipt("", "")))
    beginning = list(islice(records, 2))
    return guess_of_records(chain(beginning, records), is_one=len(beginning) == 1)


def guess_of_records(records: Iterable[object], *, is_one: bool) -> Guess | None:
    """The guess for records, which may be the one object that has them all."""
    first: Guess | None = None
    for record in records:
        found = _guess_of_keyed(record) if is_one else None
        found = found or _guess_of_record(record) or (_guess_of_wrapper(record, 1) if is_one else None)
        if found is not None and found.spans:
            return found
        first = first or found
    return first


def _guess_of_record(record: object) -> Guess | None:
    if isinstance(record, str):
        return Guess()
    row = row_of(record) if isinstance(record, dict) else {}
    named = _named_text(row)
    held = None if named else _guess_of_held(row)
    if held is not None:
        return held
    strings = {key: value for key, value in row.items() if isinstance(value, str)}
    text = named or max(strings, key=lambda key: len(strings[key]), default="")
    found = _spans_of(row, strings[text]) if text else None
    if found is not None:
        return Guess(text, *found)
    return Guess(named) if named else None


def _guess_of_held(row: Row) -> Guess | None:
    """The guess for a record whose text is in an object of its own."""
    first: Guess | None = None
    for holder, inner in row.items():
        text = _named_text(inner) if isinstance(inner, dict) else ""
        if not text:
            continue
        for within, spans in ((False, _spans_of(row, inner[text])), (True, _spans_of(inner, inner[text]))):
            if spans is not None:
                return Guess(text, *spans, holder=holder, spans_in_holder=within)
        first = first or Guess(text, holder=holder)
    return first


def _named_text(row: Row) -> str:
    """Which field is the text by its name; nothing where none is."""
    return next((key for key in (*_TEXTS, *_FURTHER_TEXTS) if isinstance(row.get(key), str)), "")


def _spans_of(row: Row, text: str) -> tuple[str, SpanShape] | None:
    shapes = ((key, span_shape(value, text, key)) for key, value in row.items())
    return next(((key, shape) for key, shape in shapes if shape is not None), None)


def _guess_of_keyed(value: object) -> Guess | None:
    """The guess for an object of several records, of which each has its text under the same name."""
    records = list(value.values()) if isinstance(value, dict) else []
    names = {_named_text(one) if isinstance(one, dict) else "" for one in records}
    if len(records) < 2 or len(names) != 1 or "" in names:
        return None
    guess = guess_of_records(records, is_one=False)
    return guess._replace(is_keyed=True) if guess is not None else None


def _guess_of_wrapper(value: object, level: int) -> Guess | None:
    found: list[Guess] = []
    for key, listed in value.items() if isinstance(value, dict) else ():
        guess: Guess | None = None
        if isinstance(listed, dict) and level < _DEEPEST_LIST:
            guess = _guess_of_wrapper(listed, level + 1)
        elif isinstance(listed, list):
            guess = guess_of_records((row_of(one) for one in listed if not isinstance(one, str)), is_one=False)
            if guess is None and key in _LISTS and any(isinstance(one, str) for one in listed):
                guess = Guess()
        if guess is not None:
            found.append(guess._replace(wrapper=(key, *guess.wrapper)))
    return next((one for one in found if one.spans), found[0] if found else None)


def row_of(record: object) -> Row:
    """A record as an object: a text alone, and a pair of a text and an object, are one of the same."""
    if isinstance(record, dict):
        return record
    if isinstance(record, str):
        return {TEXT: record}
    if isinstance(record, list) and len(record) == 2 and isinstance(record[0], str) and isinstance(record[1], dict):
        return record[1] | {TEXT: record[0]}
    return {}


def records_of(source: Source, guess: Guess, receipt: Receipt) -> Iterator[tuple[str, Any]]:
    """Yield the records, by number where they are within an object."""
    for where, value in values(source, receipt):
        if guess.is_keyed:
            yield from _keyed(value, source.name, receipt)
            continue
        if not guess.wrapper:
            yield where, value
            continue
        listed = value
        for key in guess.wrapper:
            outer = listed if isinstance(listed, dict) else {}
            listed = outer.pop(key, None)
            receipt.fields_dropped.update(map(printable, outer))
        for number, one in enumerate(listed if isinstance(listed, list) else [], start=1):
            yield f"{source.name}:{number}", one


def _keyed(value: object, name: str, receipt: Receipt) -> Iterator[tuple[str, Any]]:
    for number, (key, one) in enumerate(value.items() if isinstance(value, dict) else (), start=1):
        where = f"{name}:{number}"
        if isinstance(one, dict) and _KEY not in one:
            one[_KEY] = key
        else:
            receipt.drop_field(where, "the key of the record")
        yield where, one
