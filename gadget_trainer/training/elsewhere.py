"""How the same strings are marked in other places: what a person nearly always marks so, and here not, is suspicious.

Knows no spaCy.
"""

import re
from collections import Counter
from collections.abc import Iterable

from gadget_trainer.corpus.records import AnnotatedText

UNSEEN = 0.3
"""How far a reading of a string counts that is nowhere else. Measured with bench_annotation_errors.py."""
_PART = re.compile(r"\w+|[^\w\s]")

_Parts = tuple[str, ...]


class Elsewhere:
    """Shown finished texts, it knows of some strings how often they occur, and with which labels they are marked."""

    def __init__(self, strings: Iterable[str]) -> None:
        """The strings that will be asked for; case and spaces make no difference."""
        self._wanted = {parts for string in strings if (parts := _parts(string))}
        self._lengths: dict[str, set[int]] = {}
        for parts in self._wanted:
            self._lengths.setdefault(parts[0], set()).add(len(parts))
        self._occurs: Counter[_Parts] = Counter()
        self._marked: Counter[tuple[_Parts, str]] = Counter()

    def add(self, text: AnnotatedText) -> None:
        """Look for them in a text."""
        found = _parts(text.text)
        for place, first in enumerate(found):
            for length in self._lengths.get(first, ()):
                parts = found[place : place + length]
                if parts in self._wanted:
                    self._occurs[parts] += 1
        for span in text.spans:
            parts = _parts(text.text[span.start : span.end])
            if parts in self._wanted:
                self._marked[parts, span.label] += 1

    def share(self, string: str, label: str, *, marked_here: bool) -> float:
        """In how many of its other places ``string`` is marked with ``label``, from 0 to 1.

        One place counts as not looked at, with :data:`UNSEEN`. ``marked_here`` says that the place that is asked of
        is marked so.
        """
        parts = _parts(string)
        marked = max(self._marked[parts, label] - marked_here, 0)
        others = max(self._occurs[parts] - 1, marked)
        return (marked + UNSEEN) / (others + 1)


def _parts(text: str) -> _Parts:
    return tuple(_PART.findall(text.casefold()))
