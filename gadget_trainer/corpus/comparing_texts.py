"""What two versions of a text have in common: also of a long one with changes far from each other.

Samples from the middle are looked for first, and where those were moved, the words that stand once in each text, in
the longest order that both have (the patience diff of Bram Cohen). What is left between them is compared character by
character.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

import regex

_LONGEST = 2_000
"""Code points of a part that are compared one by one; the comparison takes the square of them."""
_SAMPLE = 60
"""Code points from the middle that are looked for."""
_SAMPLES = (0.47, 0.31, 0.67, 0.13, 0.83)
_LEVELS = 1
"""So often all words of a part are gone through, and again between those that were found."""
_PIECES = regex.compile(r"\w+|\W+")


class Kept(NamedTuple):
    """A part that both texts have: from ``old`` to ``old + length`` before, from ``new`` on now (code points)."""

    old: int
    new: int
    length: int


def kept_parts(before: str, after: str) -> list[Kept]:
    """The parts of ``before`` that are in ``after`` too, in order and each as long as it can be."""
    found: list[Kept] = []
    for one in _kept(before, after, 0, 0, _LEVELS):
        last = found[-1] if found else None
        if last is not None and (last.old + last.length, last.new + last.length) == (one.old, one.new):
            found[-1] = Kept(last.old, last.new, last.length + one.length)
        elif one.length:
            found.append(one)
    return found


def _kept(before: str, after: str, old: int, new: int, levels: int) -> Iterator[Kept]:
    """The parts, where ``before`` begins at ``old`` and ``after`` at ``new``."""
    first = _alike(before, after)
    yield Kept(old, new, first)
    before, after, old, new = before[first:], after[first:], old + first, new + first
    last = _alike(before[::-1], after[::-1])
    yield from _inner(before[: len(before) - last], after[: len(after) - last], old, new, levels)
    yield Kept(old + len(before) - last, new + len(after) - last, last)


def _inner(before: str, after: str, old: int, new: int, levels: int) -> Iterator[Kept]:
    """The parts of texts that neither begin nor end alike."""
    if not before or not after:
        return
    if max(len(before), len(after)) <= _LONGEST:
        blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        yield from (Kept(old + a, new + b, size) for a, b, size in blocks if size)
        return
    marks = _marks(before, after, levels)
    edges = [(0, 0), *marks, (len(before), len(after))] if marks else []
    for (start, their_start), (end, their_end) in pairwise(edges):
        # A landmark itself begins what comes behind it.
        part, other = before[start:end], after[their_start:their_end]
        yield from _kept(part, other, old + start, new + their_start, levels - 1)


def _marks(before: str, after: str, levels: int) -> list[tuple[int, int]]:
    """Places that are the same in both, in order; none where nothing is found to be alike."""
    sample = _sample(before, after)
    if sample and min(0, len(after) - len(before)) <= sample[1] - sample[0] <= max(0, len(after) - len(before)):
        return [sample]  # as is so when nothing was moved: quicker than going through all words
    if levels < 0:
        return []  # the texts are too unlike for a comparison in a reasonable time
    pieces, others = _PIECES.findall(before), _PIECES.findall(after)
    starts, their_starts = _starts(pieces), _starts(others)
    found = [(starts[one], their_starts[other]) for one, other in _landmarks(pieces, others)]
    return found or ([sample] if sample else [])


def _sample(before: str, after: str) -> tuple[int, int] | None:
    """Where a few words of ``before`` stand in ``after``, as near to their place as may be; None where nowhere."""
    for share in _SAMPLES:
        at = round(share * (len(before) - _SAMPLE))
        words = before[max(0, at) : at + _SAMPLE]
        near = round(share * (len(after) - _SAMPLE))
        found = [one for one in (after.find(words, max(0, near)), after.rfind(words, 0, near + _SAMPLE)) if one >= 0]
        if found:
            return max(0, at), min(found, key=lambda one: abs(one - near))
    return None


def _alike(one: str, other: str) -> int:
    """How many code points they begin with that are the same."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _landmarks(pieces: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """The places of pieces that stand once in each, as many as are in the same order in both."""
    counts, their_counts = Counter(pieces), Counter(others)
    places = {piece: at for at, piece in enumerate(others) if their_counts[piece] == 1}
    pairs = [(at, places[piece]) for at, piece in enumerate(pieces) if counts[piece] == 1 and piece in places]
    # The longest run of pairs that rises on both sides, by the piles of patience sorting.
    tops: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for number, (_at, other) in enumerate(pairs):
        pile = bisect_left(tops, other)
        before.append(ends[pile - 1] if pile else None)
        tops[pile : pile + 1] = [other]
        ends[pile : pile + 1] = [number]
    found: list[tuple[int, int]] = []
    following = ends[-1] if ends else None
    while following is not None:
        found.append(pairs[following])
        following = before[following]
    return found[::-1]


def _starts(pieces: Sequence[str]) -> list[int]:
    """Where each piece starts, and where the last one ends."""
    found = [0]
    for one in pieces:
        found.append(found[-1] + len(one))
    return found
