"""doccano's JSONL: ``label`` or ``labels`` as ``[start, end, label]``, or ``entities`` with ``relations``.

Categories of whole texts are names under ``label`` or ``labels``, or under ``cats`` beside ``entities``.

doccano's browser part returns the offsets of the page unchanged, so they count UTF-16 units; in its grapheme mode they
count grapheme clusters, and nothing in the file says which. A text without labels may be one that nobody looked at, so
it is to do. Everything else of a row, relations too, becomes ``meta["doccano"]``.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gadget_trainer.formats.cleaning import RawSpan, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import Row, count_dropped, field_span, rows, sample_rows
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

_TEXTS = ("text", "data")
_LISTS = ("label", "labels", "entities", "annotations")
_ENTITY_KEYS = frozenset({"label", "start_offset", "end_offset", "id", "user", "document", "created_at", "updated_at"})
_OF_OTHERS = frozenset({"spans", "answer", "_input_hash", "_view_id"})
"""Keys of rows that are Prodigy's."""
_LONGEST_LABEL_FILE = 2**20


class DoccanoJsonl(SpanReader):
    """An object a line; older files hold numbers for labels, which a label file beside them names."""

    name = "doccano"
    title = "doccano JSONL"
    suffixes = (".jsonl", ".json")
    unit = Reading.UTF16

    def recognises(self, sample: Sample) -> Fit:
        """Certain when a row has spans as doccano writes them."""
        found = sample_rows(sample)
        if any(row.keys() & _OF_OTHERS for row in found):
            return Fit.NO
        if any(_is_telling(row) for row in found):
            return Fit.CERTAIN
        return Fit.LIKELY if found and all(_is_classified(row) for row in found) else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a row."""
        names = _label_names(source.path)
        for where, row in rows(source, receipt):
            text = next((row[key] for key in _TEXTS if key in row), None)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            categories = list(_categories(row, names))
            spans = list(_spans(row, names, where, receipt))
            rest = {key: value for key, value in row.items() if key not in (*_TEXTS, *_LISTS, "cats")}
            if rest.get("relations"):
                rest["entities"] = row.get("entities")  # what the relations point to
            meta = {"doccano": rest} if rest else {}
            # Who was asked for categories alone was not asked for entities.
            complete = not categories or "entities" in row
            yield RawText(where, str(text), spans, None, meta=meta, complete=complete, categories=categories)


def _is_telling(row: Row) -> bool:
    if not any(isinstance(row.get(key), str) for key in _TEXTS):
        return False
    return any(_is_triple(item) or _is_entity(item) for key in _LISTS for item in _list(row.get(key)))


def _is_classified(row: Row) -> bool:
    """Whether a row has a text and nothing but names for its labels."""
    if not any(isinstance(row.get(key), str) for key in _TEXTS):
        return False
    return any(_is_name(item) for key in ("label", "labels") for item in _names(row.get(key)))


def _is_name(item: object) -> bool:
    return isinstance(item, str) or (isinstance(item, dict) and "label" in item and "start_offset" not in item)


def _names(value: object) -> list[Any]:
    """The values of a field that may hold one name or a list of them."""
    return [value] if isinstance(value, str) else _list(value)


def _categories(row: Row, names: dict[int, str]) -> Iterator[object]:
    """The labels of the whole text, which are taken out of the row."""
    for key in (*_LISTS, "cats"):
        found = _names(row.get(key))
        categories = [item for item in found if _is_name(item)]
        if categories:
            row[key] = [item for item in found if not _is_name(item)]
        yield from (_label(item.get("label"), names) if isinstance(item, dict) else item for item in categories)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_triple(item: object) -> bool:
    return isinstance(item, list) and len(item) == 3 and all(type(offset) is int for offset in item[:2])


def _is_entity(item: object) -> bool:
    return isinstance(item, dict) and {"start_offset", "end_offset", "label"} <= item.keys()


def _spans(row: Row, names: dict[int, str], where: str, receipt: Receipt) -> Iterator[RawSpan]:
    for key in _LISTS:
        value = row.get(key)
        if value is None:
            continue
        if not isinstance(value, list):
            receipt.spans_lost.add(where, "the labels are not a list", quoted(value))
            continue
        for item in value:
            if isinstance(item, list) and len(item) == 3:
                yield RawSpan(item[0], item[1], _label(item[2], names))
            elif isinstance(item, dict):
                count_dropped(receipt, item, _ENTITY_KEYS, "entities")
                yield field_span(item, "start_offset", "end_offset", _label(item.get("label"), names))
            else:
                receipt.spans_lost.add(where, "the label is not [start, end, label]", quoted(item))


def _label(label: object, names: dict[int, str]) -> object:
    """The name of a label; a number that no label file names stays as its digits."""
    if type(label) is not int:
        return label
    return names.get(label) or (str(label) if abs(label) < 10**18 else None)


def _label_names(path: Path) -> dict[int, str]:
    """The names of numbered labels, by a label file in the folder of the file."""
    try:
        beside = sorted(path.parent.glob("*.json")) if path.is_file() else []
        small = [each for each in beside if each != path and each.stat().st_size <= _LONGEST_LABEL_FILE]
        for each in small:
            names = _names_in(each.read_bytes())
            if names:
                return names
    except OSError:
        pass
    return {}


def _names_in(content: bytes) -> dict[int, str]:
    try:
        items = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    listed = items if isinstance(items, list) else []
    if not all(isinstance(item, dict) and {"id", "text"} <= item.keys() for item in listed):
        return {}
    return {item["id"]: item["text"] for item in listed if type(item["id"]) is int and isinstance(item["text"], str)}


FORMAT = DoccanoJsonl()
