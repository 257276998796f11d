"""Lists of spans under any name: recognised by the names that tools use for a start, an end and a label."""

from collections.abc import Mapping
from typing import NamedTuple

from gadget_trainer.formats.cleaning import quoted
from gadget_trainer.formats.receipt import Receipt

_STARTS = ("start", "start_offset", "start_char", "startOffset", "begin", "from")
_ENDS = ("end", "end_offset", "end_char", "endOffset", "stop", "to")
_LABELS = ("label", "labels", "tag", "entity", "entity_type", "entityLabel", "type", "class", "category")


class SpanShape(NamedTuple):
    """How the spans of a list are stated: the fields of objects, or ``[start, end, label]`` where they are empty."""

    start: str = ""
    end: str = ""
    label: str = ""

    def phrase(self) -> str:
        """For a sentence, after "the spans"."""
        if not self.start:
            return "as [start, end, label]"
        return f"with {quoted(self.start)}, {quoted(self.end)} and {quoted(self.label)}"


def span_shape(value: object, text: str) -> SpanShape | None:
    """How the spans of a text are stated in this value; None where it does not look like a list of spans."""
    for item in value if isinstance(value, list) else []:
        if isinstance(item, list):
            return SpanShape() if _is_triple(item, text) else None
        if not isinstance(item, dict):
            return None
        start = next((name for name in _STARTS if type(item.get(name)) is int), None)
        end = next((name for name in _ENDS if type(item.get(name)) is int), None)
        label = next((name for name in _LABELS if label_of(item.get(name)) is not None), None)
        if start and end and label:
            return SpanShape(start, end, label)
    return None


def note_span_lists(meta: Mapping[str, object], text: str, where: str, receipt: Receipt) -> None:
    """Remark on the metadata of a text that looks like spans, which are then not read as such."""
    for key, value in meta.items():
        if isinstance(value, list) and span_shape(value, text) is not None:
            reason = "its metadata has what looks like a list of spans, which was not read as one"
            receipt.remarks.add(where, reason, quoted(key))


def label_of(value: object) -> object:
    """The label that a field holds, maybe in a list of its own; None where it holds none."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) and value.strip() else None


def _is_triple(item: list[object], text: str) -> bool:
    if len(item) != 3 or label_of(item[2]) is None:
        return False
    start, end, _label = item
    # Bytes are the smallest unit, so that no offset of a text is greater.
    return type(start) is int and type(end) is int and 0 <= start <= end <= len(text.encode(errors="replace"))
