"""The spans of Prodigy's rows, and the fields that they have beside offsets and label, such as ``pattern``.

A span of the project has no room for such fields. They stay with the text, under a key of its metadata, as
``[start, end, label, fields]``, and go back to the spans that are still where they were.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.formats.cleaning import RawSpan, printable, quoted
from gadget_trainer.formats.receipt import Receipt

FIELDS = "_span_fields"
_KNOWN = frozenset({"start", "end", "label", "text", "token_start", "token_end", "answer", "input_hash"})
"""The fields of a span that are kept, or follow from its offsets."""


def raw_spans(value: object, where: str, receipt: Receipt, row: dict[str, Any] | None = None) -> Iterator[RawSpan]:
    """Yield the spans of a list; their further fields go to the row, or are counted where there is none."""
    if value is None:
        return
    if not isinstance(value, list):
        receipt.spans_lost.add(where, "the spans are not a list")
        return
    further: list[list[Any]] = []
    for item in value:
        if not isinstance(item, dict):
            receipt.spans_lost.add(where, "the span is not an object", quoted(item))
            continue
        raw = RawSpan(item.get("start"), item.get("end"), item.get("label"), item.get("text"))
        if not item.keys() <= _KNOWN:
            fields = {key: field for key, field in item.items() if key not in _KNOWN}
            if row is not None and FIELDS not in row and _is_placed([*raw[:3], fields]):
                further.append([*raw[:3], fields])
            else:
                for key in fields:
                    receipt.drop_field(where, f"spans: {printable(key)}")
        yield raw
    if further and row is not None:
        row[FIELDS] = sorted(further, key=_order)


def with_all_fields(meta: Mapping[str, Any], others: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The metadata of a text with the fields of the spans that other rows of it brought."""
    found = [*_entries(meta)]
    for other in others:
        found += [one for one in _entries(other) if one not in found]
    return {**meta, FIELDS: sorted(found, key=_order)} if found else meta


def _order(entry: Sequence[Any]) -> tuple[int, int, str]:
    """By place and label."""
    start, end, label, _fields = entry
    return start, end, label


def are_fields(value: object) -> bool:
    """Whether it is a list of fields as we keep them; anything else under that key is metadata."""
    return isinstance(value, list) and bool(value) and all(_is_placed(one) for one in value)


def span_objects(annotated: AnnotatedText) -> list[dict[str, Any]]:
    """The spans of a text as objects, with the fields that they brought."""
    entries = _entries(annotated.meta)
    return [_fields_of(span, annotated.text, entries) | span_object(span) for span in annotated.spans]


def span_object(span: Span) -> dict[str, Any]:
    """A span as an object."""
    return {"start": span.start, "end": span.end, "label": span.label}


def fields_without_a_span(annotated: AnnotatedText) -> int:
    """How many spans that brought fields are gone, or were merged with others that did."""
    entries = _entries(annotated.meta)
    places = {_place(one, annotated.text) for one in entries}
    return len(entries) - sum((span.start, span.end) in places for span in annotated.spans)


def _entries(meta: Mapping[str, Any]) -> Sequence[Any]:
    value = meta.get(FIELDS)
    return value if isinstance(value, list) and are_fields(value) else ()


def _is_placed(entry: object) -> bool:
    if not isinstance(entry, list) or len(entry) != 4:
        return False
    start, end, label, fields = entry
    return type(start) is int and type(end) is int and isinstance(label, str) and isinstance(fields, dict)


def _fields_of(span: Span, text: str, entries: Sequence[Any]) -> dict[str, Any]:
    """The fields of a span: of those from its place rather one with its label, which may be another by now."""
    here = [one for one in entries if _place(one, text) == (span.start, span.end)]
    here.sort(key=lambda one: one[2] != span.label)
    return dict(here[0][3]) if here else {}


def _place(entry: Sequence[Any], text: str) -> tuple[int, int]:
    """Where the span of an entry is, without the spaces at its edges, which were trimmed."""
    start, end = entry[:2]
    stated = text[max(start, 0) : max(end, 0)]
    return start + len(stated) - len(stated.lstrip()), end - len(stated) + len(stated.rstrip())
