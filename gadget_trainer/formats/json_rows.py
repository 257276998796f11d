"""JSON files of records, in the three shapes that tools write: a list, one object, or an object a line."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, printable
from gadget_trainer.formats.json_values import (
    DEEPEST,
    JsonDecoder,
    NotJsonError,
    elements,
    placed_elements,
    too_deep,
)
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source

Row = dict[str, Any]
_LOOKED_AT = 20


def rows(source: Source, receipt: Receipt) -> Iterator[tuple[str, Row]]:
    """Yield where a record is and the record: by line, or by number in a list. What is no object is skipped.

    Raises:
        UserError: the file is not JSON to its end, with the line.
    """
    for where, value in values(source, receipt):
        if isinstance(value, dict):
            yield where, value
        else:
            receipt.texts_skipped.add(where, "the record is not an object")


def values(source: Source, receipt: Receipt) -> Iterator[tuple[str, Any]]:
    """The same, with records that may be anything.

    Raises:
        UserError: as in :func:`rows`.
    """
    decoder = JsonDecoder()
    for where, value in _values(source, decoder):
        if decoder.odd_numbers:
            receipt.remarks.add(where, "a number such as NaN or 1e999 was read as null")
            decoder.odd_numbers = 0
        if too_deep(value, DEEPEST):
            raise UserError(f"{where} nests lists and objects too deeply. Take it out, and import the file again.")
        yield where, value


def is_list(source: Source) -> bool:
    """Whether the file is one list, and no object or line of one."""
    return next((line.lstrip("\ufeff \t")[:1] for _number, line in source.lines() if line.strip()), "") == "["


def listed(source: Source) -> Iterator[tuple[int, str]]:
    """The elements of a file that is one list as it has them, by their numbers from 1.

    Raises:
        UserError: the file is not JSON to its end, with the line.
    """
    text = source.text()
    for number, (_value, start, end) in enumerate(_elements(text, source.name, JsonDecoder()), start=1):
        yield number, text[start:end]


def _values(source: Source, decoder: JsonDecoder) -> Iterator[tuple[str, Any]]:
    if is_list(source):
        for number, (value, _start, _end) in enumerate(_elements(source.text(), source.name, decoder), start=1):
            yield f"{source.name}:{number}", value
        return
    number = 0
    for number, line in source.lines():
        if not line.strip():
            continue
        try:
            value = decoder.whole(line)
        except NotJsonError as error:
            whole = _one_object(source) if number == _first_line(source) else None
            if whole is None:
                raise _not_json(source.name, number, error) from error
            yield f"{source.name}:1", whole
            return
        yield f"{source.name}:{number}", value


def _first_line(source: Source) -> int:
    return next((number for number, line in source.lines() if line.strip()), 0)


def _one_object(source: Source) -> Any:
    try:
        return JsonDecoder().whole(source.text())
    except NotJsonError:
        return None


def _elements(text: str, name: str, decoder: JsonDecoder) -> Iterator[tuple[Any, int, int]]:
    try:
        yield from placed_elements(text, decoder)
    except NotJsonError as error:
        raise _not_json(name, text.count("\n", 0, error.position) + 1, error) from error


def _not_json(name: str, line: int, error: NotJsonError) -> UserError:
    return UserError(f"{name}:{line} is not JSON: {error}. Mend the file, and import it again.")


def sample_rows(sample: Sample) -> list[Row]:
    """The first objects of a sample, as far as it goes; none where it is something else."""
    return [each for each in sample_values(sample) if isinstance(each, dict)]


def sample_values(sample: Sample) -> list[Any]:
    """The first records of a sample, as far as it goes."""
    text = sample.text.strip()
    found: list[Any] = []
    if text.startswith("["):
        with suppress(NotJsonError):  # a sample ends anywhere
            for value in islice(elements(text, JsonDecoder()), _LOOKED_AT):
                found.append(value)  # noqa: PERF402 - what comes before the fault is wanted
    elif text.startswith("{"):
        found.extend(_sample_objects(text))
    return [each for each in found if not too_deep(each)]


def _sample_objects(text: str) -> Iterator[Any]:
    decoder = JsonDecoder()
    try:
        yield decoder.whole(text)
    except NotJsonError:
        for line in text.split("\n")[:_LOOKED_AT]:
            try:
                yield decoder.whole(line)
            except NotJsonError:
                return


def field_span(item: object, start: str, end: str, label: object, surface: str = "text") -> RawSpan:
    """A span whose offsets and text are fields of an object."""
    fields = item if isinstance(item, dict) else {}
    return RawSpan(fields.get(start), fields.get(end), label, fields.get(surface))


def count_dropped(receipt: Receipt, item: Row, kept: frozenset[str], what: str) -> None:
    """Count the fields of an object that are not kept."""
    receipt.fields_dropped.update(f"{what}: {printable(key)}" for key in item.keys() - kept)
