"""Where spans are after the words of their text were changed."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

_LONGEST = 2_000
"""Code points of a changed part that are compared one by one; the comparison takes the square of them."""


class Kept(NamedTuple):
    """A part that both texts have: from ``old`` to ``old + length`` before, from ``new`` on now (code points)."""

    old: int
    new: int
    length: int


def kept_parts(before: str, after: str) -> list[Kept]:
    """The parts of ``before`` that are in ``after`` too, in order."""
    shorter = min(len(before), len(after))
    first = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    room = shorter - first
    last = next((at for at in range(room) if before[-1 - at] != after[-1 - at]), room)
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    inner: list[Kept] = []
    if len(old) <= _LONGEST and len(new) <= _LONGEST:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        inner = [Kept(first + a, first + b, size) for a, b, size in blocks if size]
    ends = [Kept(0, 0, first), *inner, Kept(len(before) - last, len(after) - last, last)]
    return [one for one in ends if one.length]


def anchored(parts: Iterable[Kept], start: int, end: int) -> tuple[int, int] | None:
    """Where the code points ``start`` to ``end`` are now; None where their first or last one is gone."""
    first = last = None
    for one in parts:
        if one.old <= start < one.old + one.length:
            first = one.new + start - one.old
        if one.old < end <= one.old + one.length:
            last = one.new + end - one.old
    return None if first is None or last is None or last <= first else (first, last)
