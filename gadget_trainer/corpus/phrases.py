"""Thousands of phrases found in a text in one go, each with its label: the longest one at a place wins.

The text is compared as it reads: white space of any kind and length is one space, and capitals are alike unless they
matter. A place is looked at only where a phrase can begin, and there only phrases of the lengths that begin as it does:
what a text costs hardly depends on how many phrases there are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import regex

from gadget_trainer.corpus.word_edges import FIRST_UNSPACED, are_words, is_unspaced

_STEM = 4
"""So many characters of a place say which lengths are worth a look."""
_SPACES = regex.compile(r"\s+")
_UNEVEN = regex.compile(r"\s\s|[^\S ]")
_END = ""
_Tree = dict[str, "_Tree"]


class Place(NamedTuple):
    """Where a phrase stands, in code points of the text, and the label that it is an example of."""

    start: int
    end: int
    label: str


class Phrases:
    """Phrases to be looked for, by their labels; a phrase of several labels is the first one's."""

    def __init__(
        self, by_label: Mapping[str, Iterable[str]], *, same_case: bool = False, whole_words: bool = True
    ) -> None:
        """Phrases of nothing but white space are left out."""
        self._same_case = same_case
        self._whole_words = whole_words
        self._as_written: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        for label, phrases in by_label.items():
            for words in filter(None, (" ".join(one.split()) for one in phrases)):
                self._as_written.setdefault(words, label)
                self._labels.setdefault(words if same_case else words.casefold(), label)
        self._short, self._lengths = _lengths_by_stem(self._labels)
        self._beginnings = _beginnings(self._labels, whole_words=whole_words)

    def places(self, text: str) -> Iterator[Place]:
        """Where they stand in ``text``, in order and without overlaps."""
        spaced = _SPACES.sub(" ", text) if _UNEVEN.search(text) else text
        read = spaced if self._same_case else spaced.casefold()
        # In nearly every text the offsets stay the same.
        origins = None if len(read) == len(spaced) == len(text) else _origins(text, fold=not self._same_case)
        after = 0
        for beginning in self._beginnings.finditer(read):
            start = beginning.start()
            end = self._longest(read, start, origins) if start >= after else None
            if end is not None:
                after = end
                first, last = (start, end) if origins is None else (origins[start], origins[end])
                yield Place(first, last, self._label(read[start:end], text[first:last]))

    def _longest(self, read: str, start: int, origins: list[int] | None) -> int | None:
        labels = self._labels
        for length in self._lengths.get(read[start : start + _STEM], self._short):
            words = read[start : start + length]
            if words in labels and self._may_stand(read, start, start + len(words), origins):
                return start + len(words)
        return None

    def _may_stand(self, read: str, start: int, end: int, origins: list[int] | None) -> bool:
        if self._whole_words and not are_words(read, start, end):
            return False
        # Of an ß, which is compared as ss, no half is taken.
        return origins is None or not (_is_within(origins, start) or _is_within(origins, end))

    def _label(self, read: str, written: str) -> str:
        """The label of the phrase that is written just so, or else of one that is alike."""
        return self._as_written.get(" ".join(written.split())) or self._labels[read]


def _lengths_by_stem(phrases: Iterable[str]) -> tuple[tuple[int, ...], dict[str, tuple[int, ...]]]:
    """The lengths of the phrases that are shorter than a stem, and with them, by stem, of those that begin so.

    The longest come first.
    """
    short: set[int] = set()
    long: dict[str, set[int]] = {}
    for one in phrases:
        (short if len(one) < _STEM else long.setdefault(one[:_STEM], set())).add(len(one))
    descending: Callable[[set[int]], tuple[int, ...]] = lambda lengths: tuple(sorted(lengths, reverse=True))  # noqa: E731
    return descending(short), {stem: descending(lengths | short) for stem, lengths in long.items()}


def _beginnings(phrases: Iterable[str], *, whole_words: bool) -> "re.Pattern[str]":
    """Finds where a text goes on as a phrase begins; what it takes is one character."""
    tree: _Tree = {}
    for one in phrases:
        branch = tree
        for character in one[:_STEM]:
            branch = branch.setdefault(character, {})
        branch[_END] = {}
    # Most places are ruled out at once; the few that are left are looked at one by one.
    edge = rf"(?<![^\W{FIRST_UNSPACED}-\U0010ffff])" if whole_words else ""
    spaced: list[str] = []
    unspaced: list[str] = []
    for first, rest in tree.items():
        (unspaced if is_unspaced(first) else spaced).append(f"{re.escape(first)}(?={_pattern(rest)})")
    ways = [f"{before}(?:{'|'.join(firsts)})" for before, firsts in ((edge, spaced), ("", unspaced)) if firsts]
    return re.compile("|".join(ways) or r"(?!)")


def _pattern(tree: "_Tree") -> str:
    """A pattern of what the tree holds: what begins alike stands in it once, which ``re`` is quick with."""
    if _END in tree:
        return ""
    return f"(?:{'|'.join(re.escape(first) + _pattern(rest) for first, rest in tree.items())})"


def _origins(text: str, *, fold: bool) -> list[int]:
    """For every offset of the text as it is compared, the end included, the offset in ``text``."""
    found: list[int] = []
    spaces = {space.start(): space.end() for space in _SPACES.finditer(text)}
    at = 0
    while at < len(text):
        after = spaces.get(at, at + 1)
        found += [at] * (len(text[at].casefold()) if fold and at not in spaces else 1)
        at = after
    return [*found, len(text)]


def _is_within(origins: list[int], offset: int) -> bool:
    """Whether the offset is in the middle of what is one character in the text."""
    return offset > 0 and origins[offset] == origins[offset - 1]
