"""Where the spans of a file came to lie in the project, so that what their tool says of them finds them again.

A tool's ids, relations and attributes are kept with the spans as the project has them: in code points, trimmed. There
a text has at most one span at a place, so that a label may be renamed at will.
"""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from gadget_trainer.corpus.records import Span
from gadget_trainer.formats.cleaning import alike
from gadget_trainer.formats.mismatches import Mismatches, MismatchRule, place_of
from gadget_trainer.formats.offset_units import OffsetMap

Place = tuple[int, int]
"""Start and end (exclusive) in code points."""
Item = TypeVar("Item")


class Kept(NamedTuple, Generic[Item]):
    """What a file says of a span that it has."""

    item: Item
    place: Place | None
    """Where the span came to lie; None where it is no span of the text."""
    labels: Sequence[object]
    """What it may be called: more than one where a tool gives a stretch several labels."""


def place_in(
    text: str, offsets: OffsetMap, start: object, end: object, surface: object = None, settled: Mismatches | None = None
) -> Place | None:
    """Where a span of the file is in its text, without the spaces at its edges; None where it is no span of it.

    ``surface`` is the text that the file gives for it, and ``settled`` says what becomes of one that is elsewhere.
    """
    if type(start) is not int or type(end) is not int:
        return None
    found = offsets.span(start, end)
    if found is None:
        return None
    is_within = 0 <= found[0] < found[1] <= len(text)
    stated = text[slice(*found)] if is_within else ""
    by_words = settled is not None and settled.rule is MismatchRule.WORDS
    if by_words and isinstance(surface, str) and surface and not (is_within and alike(stated, surface)):
        return place_of(surface, text, found[0])
    first = found[0] + len(stated) - len(stated.lstrip())
    last = found[1] - len(stated) + len(stated.rstrip())
    return (first, last) if is_within and first < last else None


def still_there(found: Sequence[Kept[Item]], spans: Sequence[Span]) -> list[tuple[Item, Place]]:
    """Those that a text has a span of, in their order; of several at a place, those with its label if there are any.

    The others gave way to it; where none has its label, it was renamed.
    """
    labels = {(span.start, span.end): span.label for span in spans}
    named = {each.place for each in found if each.place in labels and labels[each.place] in each.labels}
    return [
        (each.item, each.place)
        for each in found
        if each.place in labels and (each.place not in named or labels[each.place] in each.labels)
    ]
