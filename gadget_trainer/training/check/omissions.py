"""Strings that are highlighted in most places and not in others: probably forgotten there.

In a text that is complete, a string without a span teaches that it is no entity. Only strings are told that are
highlighted at least twice, and at least as often as not: “May” may well be a month in one text and a name in another.
"""

import re
from collections import Counter
from collections.abc import Iterator

from gadget_trainer.training.check.problem import Problem, Severity, counted
from gadget_trainer.training.check.sides import Sided

_PART = re.compile(r"\w+|[^\w\s]")
_LEAST = 2
_LONGEST = 12
"""Parts (words and signs) of a string that is looked for."""
_SHOWN = 5

_Parts = tuple[str, ...]


class Omissions:
    """Shown all texts, it learns what is highlighted; shown them again by ``search``, it finds where it is not."""

    def __init__(self) -> None:
        self._highlighted: Counter[_Parts] = Counter()
        self._surfaces: dict[_Parts, str] = {}
        self._lengths: dict[str, set[int]] | None = None
        self._omitted: dict[_Parts, Counter[int]] = {}

    def add(self, one: Sided) -> None:
        """Take in what is highlighted in a text."""
        for span in one.good:
            surface = one.text.text[span.start : span.end]
            parts = tuple(_PART.findall(surface))
            if 0 < len(parts) <= _LONGEST and any(part.isalpha() and len(part) > 1 for part in parts):
                self._highlighted[parts] += 1
                self._surfaces.setdefault(parts, " ".join(surface.split()))

    def search(self, one: Sided) -> None:
        """Look where it is not highlighted in a text."""
        if not (one.used and one.text.complete):
            return
        spans = iter(sorted(one.text.spans))
        span = next(spans, None)
        furthest = 0
        for start, end, parts in self._occurrences(one.text.text):
            while span is not None and span.start < end:
                furthest = max(furthest, span.end)
                span = next(spans, None)
            if furthest <= start:
                self._omitted.setdefault(parts, Counter())[one.text.id] += 1

    def problems(self) -> list[Problem]:
        """What ``search`` found."""
        probable = {parts: texts for parts, texts in self._omitted.items() if texts.total() <= self._highlighted[parts]}
        if not probable:
            return []
        number = sum(texts.total() for texts in probable.values())
        often = sorted(probable, key=lambda parts: -probable[parts].total())
        shown = ", ".join(f"“{self._surfaces[parts]}”" for parts in often[:_SHOWN])
        more = f" and {len(often) - _SHOWN:,} more" if len(often) > _SHOWN else ""
        ids = {text_id for texts in probable.values() for text_id in texts}
        what = "place is not highlighted that is" if number == 1 else "places are not highlighted that are"
        said = (
            f"{number:,} {what} highlighted elsewhere: {shown}{more}. The model learns that they are no entities; "
            f"look through {counted(len(ids), 'text')}."
        )
        return [Problem(Severity.WARN, "omissions", said, tuple(sorted(ids)))]

    def _occurrences(self, text: str) -> Iterator[tuple[int, int, _Parts]]:
        """Where a string that is highlighted often enough occurs, the longest first, without overlaps."""
        lengths = self._by_first_part()
        found = list(_PART.finditer(text))
        place = 0
        while place < len(found):
            step = 1
            for length in sorted(lengths.get(found[place].group(), ()), reverse=True):
                inside = found[place : place + length]
                parts = tuple(one.group() for one in inside)
                if self._highlighted[parts] >= _LEAST:
                    yield inside[0].start(), inside[-1].end(), parts
                    step = length
                    break
            place += step

    def _by_first_part(self) -> dict[str, set[int]]:
        if self._lengths is None:
            self._lengths = {}
            for parts, number in self._highlighted.items():
                if number >= _LEAST:
                    self._lengths.setdefault(parts[0], set()).add(len(parts))
        return self._lengths
