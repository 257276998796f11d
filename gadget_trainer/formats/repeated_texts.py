"""Texts that a file has more than once, with other spans each time: one of them is wrong, but nobody knows which."""

from array import array
from collections.abc import Iterator
from itertools import pairwise

from gadget_trainer.corpus.records import AnnotatedText

_DIGITS = 18
"""Of a number that an array holds."""


class RepeatedTexts:
    """Remembers no more than three numbers of a text, as there may be a million."""

    def __init__(self) -> None:
        self._texts = array("q")
        self._spans = array("q")
        self._numbers = array("q")

    def take(self, annotated: AnnotatedText) -> None:
        """Add a text that has spans."""
        self._texts.append(hash(annotated.text))
        self._spans.append(hash(annotated.spans))
        _file, colon, number = annotated.source.rpartition(":")
        self._numbers.append(int(number) if colon and number.isdecimal() and len(number) <= _DIGITS else 0)

    def found(self) -> Iterator[tuple[int, int]]:
        """For each text that has not the same spans each time: where it is first, and first with other spans.

        These are the numbers at the end of their sources; 0 where that is none.
        """
        ordered = sorted(self._texts)
        several = {text for text, following in pairwise(ordered) if text == following}
        if not several:
            return
        first: dict[int, tuple[int, int]] = {}
        told: set[int] = set()
        for text, spans, number in zip(self._texts, self._spans, self._numbers, strict=True):
            if text not in several or text in told:
                continue
            spans_before, number_before = first.setdefault(text, (spans, number))
            if spans != spans_before:
                told.add(text)
                yield number_before, number
