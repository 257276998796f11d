"""Where spans are after the words of their text were changed."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from gadget_trainer.corpus.comparing_texts import Kept, kept_parts
from gadget_trainer.corpus.word_edges import is_unspaced

_IN_WORD = regex.compile(r"[\w\p{M}]")

Place = tuple[int, int]


class _Gap(NamedTuple):
    """What stands between two parts that were kept: the range that it had, and the one that it has now."""

    old: int
    old_end: int
    new: int
    new_end: int


class Anchoring:
    """Finds the places of a text in another that was made of it; offsets in code points."""

    def __init__(self, before: str, after: str) -> None:
        self._before = before
        self._after = after
        self._parts = [Kept(0, 0, 0), *kept_parts(before, after), Kept(len(before), len(after), 0)]

    def place(self, start: int, end: int) -> Place | None:
        """Where ``start`` to ``end`` are now, without spaces at the edges; None where too little of them was kept.

        Where the first or the last character was written anew, the place takes in what was written for it, and a
        letter that was added to its first or last word. It is gone where both less than half of its characters were
        kept and one of those two was not.
        """
        if not self._is_kept(start, end):
            return None
        first, last = self._first(start), self._last(end)
        part = self._after[first:last]
        if not part.strip():
            return None
        return first + len(part) - len(part.lstrip()), last - len(part) + len(part.rstrip())

    def places(self, ranges: Iterable[Place]) -> Iterator[Place | None]:
        """The same for many, which are in order and don't overlap: nor do their places."""
        taken = 0
        for start, end in ranges:
            found = self.place(start, end)
            if found is not None and found[0] < taken:
                found = (taken, found[1]) if taken < found[1] and self._after[taken : found[1]].strip() else None
            if found is not None:
                taken = found[1]
            yield found

    def _is_kept(self, start: int, end: int) -> bool:
        first, last = self._part_of(start), self._part_of(end - 1)
        if self._holds(first, start) and self._holds(last, end - 1):
            return True
        kept = (
            min(end, one.old + one.length) - max(start, one.old) for one in self._parts[first : last + 1] if one.length
        )
        return 2 * sum(max(0, one) for one in kept) >= end - start

    def _first(self, start: int) -> int:
        at = self._part_of(start)
        if not self._holds(at, start):
            return self._first_in(self._gap_after(at), start)
        one = self._parts[at]
        first = one.new + start - one.old
        if start > one.old or (start and self._is_in_word(self._before, start - 1)):
            return first
        least = self._gap_after(at - 1).new
        while first > least and self._go_on(first - 1, first):
            first -= 1
        return first

    def _last(self, end: int) -> int:
        at = self._part_of(end - 1)
        if not self._holds(at, end - 1):
            return self._last_in(self._gap_after(at), end)
        one = self._parts[at]
        last = one.new + end - one.old
        if end < one.old + one.length or (end < len(self._before) and self._is_in_word(self._before, end)):
            return last
        most = self._gap_after(at).new_end
        while last < most and self._go_on(last - 1, last):
            last += 1
        return last

    def _first_in(self, gap: _Gap, start: int) -> int:
        """Where a range begins that began within something that was written anew."""
        if start == gap.old:
            return gap.new
        if gap.old_end - gap.old == gap.new_end - gap.new:
            return gap.new + start - gap.old
        offsets = range(gap.new_end - 1, gap.new, -1)
        return next((one for one in offsets if not self._is_in_word(self._after, one - 1)), gap.new)

    def _last_in(self, gap: _Gap, end: int) -> int:
        """Where a range ends that ended within something that was written anew."""
        if end == gap.old_end:
            return gap.new_end
        if gap.old_end - gap.old == gap.new_end - gap.new:
            return gap.new + end - gap.old
        offsets = range(gap.new + 1, gap.new_end)
        return next((one for one in offsets if not self._is_in_word(self._after, one)), gap.new_end)

    def _part_of(self, offset: int) -> int:
        """The number of the last part that begins at ``offset`` or before."""
        return bisect_right(self._parts, offset, key=lambda one: one.old) - 1

    def _holds(self, at: int, offset: int) -> bool:
        return offset < self._parts[at].old + self._parts[at].length

    def _gap_after(self, at: int) -> _Gap:
        one, following = self._parts[at], self._parts[at + 1]
        return _Gap(one.old + one.length, following.old, one.new + one.length, following.new)

    def _go_on(self, one: int, other: int) -> bool:
        """Whether the characters at these two neighbouring offsets now belong to one word."""
        both = self._after[one], self._after[other]
        return all(_IN_WORD.match(each) and not is_unspaced(each) for each in both)

    @staticmethod
    def _is_in_word(text: str, offset: int) -> bool:
        return bool(_IN_WORD.match(text, offset))
