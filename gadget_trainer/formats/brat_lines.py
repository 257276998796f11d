"""The lines of brat's annotations that are spans: ``T1``, a label with the offsets of its fragments, and their text."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gadget_trainer.formats.kept_places import Place
from gadget_trainer.formats.offset_units import OffsetMap

_LINE_BREAKS = re.compile("\\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")


class BoundLine(NamedTuple):
    """A line that is a span."""

    name: str
    """``T1``."""
    label: str
    fragments: tuple[Place, ...]
    """In the order of the text, in the unit of the file."""
    surface: str | None
    """The texts of the fragments with a space between them."""
    where: str = ""
    """Which line of which file it is; empty where it is of none."""


def bound_line(line: str, where: str = "") -> BoundLine | None:
    """What a line there says; None where it is not ``ID, label start end, text``."""
    parts = line.split("\t", 2)
    label, _space, offsets = parts[1].partition(" ") if len(parts) > 1 else ("", "", "")
    pieces = [piece.split() for piece in offsets.split(";")]
    if not all(len(piece) == 2 and all(_is_offset(each) for each in piece) for piece in pieces):
        return None
    fragments = sorted((int(start), int(end)) for start, end in pieces)
    return BoundLine(parts[0], label, tuple(fragments), parts[2] if len(parts) > 2 else None, where)


def _is_offset(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 16


def joined(text: str, fragments: Sequence[Place], offsets: Sequence[OffsetMap]) -> list[Place]:
    """The fragments, those as one between which there are only spaces, by one of the ways to read the offsets."""
    found = list(fragments[:1])
    for (_start, end), (start, last) in pairwise(fragments):
        if any(_only_spaces(text, one.span(end, start)) for one in offsets):
            found[-1] = (found[-1][0], last)
        else:
            found.append((start, last))
    return found


def _only_spaces(text: str, place: Place | None) -> bool:
    return place is not None and place[0] <= place[1] <= len(text) and not text[slice(*place)].strip()


def line_of(name: str, label: str, fragments: Sequence[Place], text: str) -> str:
    """The line of a span whose fragments are code points of the text; they are cut where a line ends."""
    pieces = [piece for fragment in fragments for piece in _cut(text, *fragment)]
    offsets = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{name}\t{label} {offsets}\t{' '.join(text[start:end] for start, end in pieces)}"


def _cut(text: str, start: int, end: int) -> Iterator[Place]:
    edges = [start]
    for gap in _LINE_BREAKS.finditer(text, start, end):
        edges += gap.span()
    edges.append(end)
    yield from zip(edges[::2], edges[1::2], strict=True)
