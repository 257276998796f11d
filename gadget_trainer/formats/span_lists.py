"""Lists of spans under any name: recognised by the names that tools use for a start, an end and a label."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from gadget_trainer.formats.cleaning import RawSpan, quoted
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.tags import are_tags

_STARTS = ("start", "start_offset", "start_char", "startOffset", "begin", "from", "offset")
_ENDS = ("end", "end_offset", "end_char", "endOffset", "stop", "to")
_LENGTHS = ("length", "len")
_LABELS = (
    "label",
    "labels",
    "tag",
    "entity",
    "entity_type",
    "entityLabel",
    "entity_group",
    "type",
    "class",
    "category",
    "name",
)
SURFACES = ("text", "surface", "mention", "word", "value")
"""Under which of these an object may repeat the words of its span."""
_GROUPS = "spans"
"""Where spaCy has groups of spans, each under a name of its own, such as ``sc``."""
_BY_LABEL = (
    "entities",
    "ents",
    "entity",
    "spans",
    "annotations",
    "labels",
    "label",
    "mentions",
    "marks",
    "tags",
    "ner",
)
"""Under which of these an object may have the spans of each label: elsewhere, numbers may be anything."""
_TAGS = ("ner_tags", "ner", "bio_tags", "tags", "labels")
"""Under which of these a row may have a tag a token."""
_NOT_READ = "it looks like spans, and was kept as metadata"


class SpanShape(NamedTuple):
    """How the spans of a list are stated: the fields of objects, or ``[start, end, label]`` where they are empty."""

    start: str = ""
    end: str = ""
    """The field of the end, or of the length where there is none."""
    label: str = ""
    is_length: bool = False
    group: str = ""
    """Under which key of an object the list is; empty where it is in none."""
    by_label: bool = False
    """Whether there is no list, but an object with one for each label."""

    def phrase(self) -> str:
        """For a sentence, after "the spans"."""
        if self.by_label:
            stated = f"with {quoted(self.start)} and {quoted(self.end)}" if self.start else "as [start, end]"
            return f"of each label {stated}"
        if not self.start:
            return "as [start, end, label]"
        return f"with {quoted(self.start)}, {quoted(self.end)} and {quoted(self.label)}"

    def fields(self) -> frozenset[str]:
        """The fields of an object that are read."""
        return frozenset((self.start, self.end, self.label))

    def listed(self, value: object) -> object:
        """The spans as a list, where there is an object with a list for each label."""
        return _listed_by_label(value) if self.by_label and isinstance(value, dict) else value

    def span(self, item: Mapping[str, Any], surface: str) -> RawSpan:
        """The span that an object states."""
        start, end = item.get(self.start), item.get(self.end)
        if self.is_length:
            end = start + end if type(start) is int and type(end) is int else None
        return RawSpan(start, end, label_of(item.get(self.label)), item.get(surface))


def span_shape(value: object, text: str, key: str = "") -> SpanShape | None:
    """How the spans of a text are stated in this value of a key; None where it does not look like a list of spans."""
    if key == _GROUPS and isinstance(value, dict) and len(value) == 1:
        ((group, listed),) = value.items()
        shape = span_shape(listed, text)
        if shape is not None and isinstance(group, str):
            return shape._replace(group=group)
    if key in _BY_LABEL and isinstance(value, dict) and not any(map(_has_label, _items(value))):
        shape = span_shape([one for one in _listed_by_label(value) if isinstance(one, list | dict)], text)
        return shape._replace(by_label=True) if shape is not None else None
    for item in value if isinstance(value, list) else []:
        if isinstance(item, list):
            return SpanShape() if _is_triple(item, text) else None
        if not isinstance(item, dict):
            return None
        shape = _shape_of(item)
        if shape is not None:
            return shape
    return None


def note_span_lists(meta: Mapping[str, object], text: str, where: str, receipt: Receipt) -> None:
    """Remark on the metadata of a text that looks like spans, which are then not read as such."""
    for key, value in meta.items():
        if isinstance(value, list | dict) and key != "meta" and _looks_like_spans(key, value, text):
            receipt.remarks.add(where, _NOT_READ, quoted(key))


def label_of(value: object) -> object:
    """The label that a field holds, maybe in a list of its own; None where it holds none."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) and value.strip() else None


def _listed_by_label(value: Mapping[str, Any]) -> list[Any]:
    """The spans of an object that has a list of them for each label, each with its label; the rest as it is."""
    found: list[Any] = []
    for label, listed in value.items():
        for item in _items({label: listed}):
            if isinstance(item, list):
                found.append([*item, label])
            elif isinstance(item, dict) and not _has_label(item):
                found.append({**item, _LABELS[0]: label})
            else:
                found.append(item)
    return found


def _items(value: Mapping[str, Any]) -> list[Any]:
    """What an object has, that of lists one by one."""
    return [item for listed in value.values() for item in (listed if isinstance(listed, list) else [listed])]


def _has_label(item: object) -> bool:
    return isinstance(item, dict) and not item.keys().isdisjoint(_LABELS)


def _shape_of(item: dict[str, Any]) -> SpanShape | None:
    start = next((name for name in _STARTS if type(item.get(name)) is int), None)
    end = next((name for name in _ENDS if type(item.get(name)) is int), None)
    length = next((name for name in _LENGTHS if type(item.get(name)) is int), None)
    label = next((name for name in _LABELS if label_of(item.get(name)) is not None), None)
    if start is None or label is None or (end or length) is None:
        return None
    return SpanShape(start, end or length or "", label, is_length=end is None)


def _looks_like_spans(key: str, value: list[Any] | dict[str, Any], text: str) -> bool:
    """Whether a value is of spans in whatever shape: lists of them, objects of them, or tags of tokens."""
    if isinstance(value, dict):
        if key in _BY_LABEL and _are_words_by_label(value, text):
            return True
        listed = [one for one in value.values() if isinstance(one, list)]
        items = [one for one in value.values() if isinstance(one, dict)]
        return any(_is_list_of_spans(one, text) or _is_pair(one[0], text) for one in [*listed, items] if one)
    if value and isinstance(value[0], list | dict):
        return _is_list_of_spans(value, text)
    return key in _TAGS and _may_be_tags(key, value)


def _are_words_by_label(value: dict[str, Any], text: str) -> bool:
    """Whether there is a list of words of the text for a label, without where they are."""
    words = _items(value) if all(isinstance(listed, list) for listed in value.values()) else []
    return bool(words) and all(isinstance(one, str) and one.strip() and one in text for one in words)


def _is_list_of_spans(value: list[Any], text: str) -> bool:
    first = value[0] if value else None
    if isinstance(first, dict) and any(isinstance(one, str) for key, one in first.items() if key not in SURFACES):
        edges = (any(type(first.get(name)) is int for name in names) for names in (_STARTS, _ENDS + _LENGTHS))
        return all(edges) or span_shape(value, text) is not None
    return span_shape(value, text) is not None


def _may_be_tags(key: str, value: list[Any]) -> bool:
    """Whether a list is a tag a token; numbers are, where their key says so."""
    is_numbers = key == _TAGS[0] and bool(value) and all(type(one) is int for one in value)
    return is_numbers or are_tags(value)


def _is_pair(item: object, text: str) -> bool:
    return isinstance(item, list) and len(item) == 2 and _are_offsets(item[0], item[1], text) and item[0] != item[1]


def _is_triple(item: list[object], text: str) -> bool:
    return len(item) == 3 and label_of(item[2]) is not None and _are_offsets(item[0], item[1], text)


def _are_offsets(start: object, end: object, text: str) -> bool:
    # Bytes are the smallest unit, so that no offset of a text is greater.
    return type(start) is int and type(end) is int and 0 <= start <= end <= len(text.encode(errors="replace"))
