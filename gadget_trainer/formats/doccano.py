"""doccano's JSONL: ``label`` or ``labels`` as ``[start, end, label]``, or ``entities`` with ``relations``.

Categories of whole texts are names under ``label`` or ``labels``, or under ``cats`` beside ``entities``.

doccano's browser part returns the offsets of the page unchanged, so they count UTF-16 units; in its grapheme mode they
count grapheme clusters, and nothing in the file says which. A text without labels may be one that nobody looked at, so
it is to do. Everything else of a row becomes ``meta["doccano"]``: relations too, with the entities that they join,
whose offsets are then code points.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.cleaning import RawSpan, printable, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import Row, field_span, rows, sample_rows
from gadget_trainer.formats.kept_places import Kept, place_in, still_there
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

_TEXTS = ("text", "data")
_LISTS = ("label", "labels", "entities", "annotations")
_SPAN_KEYS = frozenset({"label", "start_offset", "end_offset"})
_LABEL_KEYS = frozenset({"background_color", "backgroundColor", "prefix_key", "prefixKey", "suffix_key", "suffixKey"})
"""Keys of the labels of a label file, of which a file of texts has none."""
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

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a row, with the entities that it has."""
        names = _LabelNames(source.path)
        for annotated in super().read(source, receipt, offsets):
            yield _located(annotated, names, receipt) if "entities" in annotated.meta.get("doccano", ()) else annotated

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a row."""
        names = _LabelNames(source.path)
        for where, row in rows(source, receipt):
            names.note(row, where, receipt)
            key = next((key for key in _TEXTS if key in row), "text")
            text = row.get(key)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            categories = list(_categories(row, names))
            spans = list(_spans(row, names, where, receipt))
            rest = {name: value for name, value in row.items() if name not in (key, *_LISTS, "cats")}
            if _has_entities(row):
                rest["entities"] = row["entities"]
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


def _has_entities(row: Row) -> bool:
    """Whether the spans of a row have ids, which relations point to."""
    value = row.get("entities")
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _categories(row: Row, names: "_LabelNames") -> Iterator[object]:
    """The labels of the whole text, which are taken out of the row."""
    for key in (*_LISTS, "cats"):
        found = _names(row.get(key))
        categories = [item for item in found if _is_name(item)]
        if categories:
            row[key] = [item for item in found if not _is_name(item)]
        yield from (names.name(item.get("label")) if isinstance(item, dict) else item for item in categories)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_triple(item: object) -> bool:
    return isinstance(item, list) and len(item) == 3 and all(type(offset) is int for offset in item[:2])


def _is_entity(item: object) -> bool:
    return isinstance(item, dict) and {"start_offset", "end_offset", "label"} <= item.keys()


def _spans(row: Row, names: "_LabelNames", where: str, receipt: Receipt) -> Iterator[RawSpan]:
    for key in _LISTS:
        value = row.get(key)
        if value is None:
            continue
        if not isinstance(value, list):
            receipt.spans_lost.add(where, "the labels are not a list", quoted(value))
            continue
        for item in value:
            if isinstance(item, list) and len(item) == 3:
                yield RawSpan(item[0], item[1], names.name(item[2]))
            elif isinstance(item, dict):
                if key != "entities" or not _has_entities(row):
                    for name in sorted(item.keys() - _SPAN_KEYS):
                        receipt.drop_field(where, f"{key}: {printable(name)}")
                yield field_span(item, "start_offset", "end_offset", names.name(item.get("label")))
            else:
                receipt.spans_lost.add(where, "the label is not [start, end, label]", quoted(item))


def _located(annotated: AnnotatedText, names: "_LabelNames", receipt: Receipt) -> AnnotatedText:
    """The text with the entities of which it has the span, in code points."""
    brought = annotated.meta["doccano"]
    offsets = OffsetMap(annotated.text, receipt.offsets or Reading.CODE_POINTS)
    found: list[Kept[Row]] = []
    for entity in brought["entities"]:
        name = names.name(entity.get("label"))
        name = receipt.name_of(name) if isinstance(name, str) else name
        place = place_in(annotated.text, offsets, entity.get("start_offset"), entity.get("end_offset"))
        found.append(Kept(entity, place, [name]))
    there = still_there(found, annotated.spans)
    entities = [entity | {"start_offset": start, "end_offset": end} for entity, (start, end) in there]
    return annotated._replace(meta={**annotated.meta, "doccano": {**brought, "entities": entities}})


class _LabelNames:
    """The names of numbered labels, by a label file in the folder of the file."""

    def __init__(self, path: Path) -> None:
        self._file, self._names = _label_file(path)

    def name(self, label: object) -> object:
        """The name of a label; a number that no label file names stays as its digits."""
        if type(label) is not int:
            return label
        return self._names.get(label) or (str(label) if abs(label) < 10**18 else None)

    def note(self, row: Row, where: str, receipt: Receipt) -> None:
        """Say where the names of its labels come from, or that they have none."""
        numbers = [number for number in _numbers(row) if abs(number) < 10**18]
        named = sum(number in self._names for number in numbers)
        if named:
            receipt.remarks.add(where, f"numbers of labels are named by {self._file}, which is beside the file")
        if named < len(numbers):
            receipt.remarks.add(where, "a label is a number that no label file beside the file names")


def _numbers(row: Row) -> Iterator[int]:
    """The labels of a row that are numbers."""
    for item in (item for key in _LISTS for item in _list(row.get(key))):
        label = item[2] if _is_triple(item) else item.get("label") if isinstance(item, dict) else None
        if type(label) is int:
            yield label


def _label_file(path: Path) -> tuple[str, dict[int, str]]:
    try:
        beside = sorted(path.parent.glob("*.json")) if path.is_file() else []
        for each in beside:
            names = _names_in(each.read_bytes()) if each != path and each.stat().st_size <= _LONGEST_LABEL_FILE else {}
            if names:
                return printable(each.name), names
    except OSError:
        pass
    return "", {}


def _names_in(content: bytes) -> dict[int, str]:
    try:
        items = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    listed = items if isinstance(items, list) else []
    if not all(
        isinstance(item, dict) and {"id", "text"} <= item.keys() and item.keys() & _LABEL_KEYS for item in listed
    ):
        return {}
    return {item["id"]: item["text"] for item in listed if type(item["id"]) is int and isinstance(item["text"], str)}


FORMAT = DoccanoJsonl()
