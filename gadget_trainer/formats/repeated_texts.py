"""Texts that a file has more than once, with other spans each time: one of them is wrong, but nobody knows which."""

from array import array
from collections import defaultdict
from itertools import pairwise

from gadget_trainer.corpus.records import AnnotatedText


class RepeatedTexts:
    """Counts them in no more than two numbers a text, as there may be a million."""

    def __init__(self) -> None:
        self._texts = array("q")
        self._spans = array("q")

    def take(self, annotated: AnnotatedText) -> None:
        """Add a text that has spans."""
        self._texts.append(hash(annotated.text))
        self._spans.append(hash(annotated.spans))

    def count(self) -> int:
        """How many texts there are that have not the same spans each time."""
        ordered = sorted(self._texts)
        several = {text for text, following in pairwise(ordered) if text == following}
        if not several:
            return 0
        found: defaultdict[int, set[int]] = defaultdict(set)
        for text, spans in zip(self._texts, self._spans, strict=True):
            if text in several:
                found[text].add(spans)
        return sum(len(different) > 1 for different in found.values())
