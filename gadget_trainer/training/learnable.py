"""What in the texts can be learned from at all. Knows no spaCy, so that a check before a run costs nothing."""

from collections.abc import Iterable

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState

LONGEST = 500
"""Tokens that are learned from in one go; longer texts are cut into pieces."""


def takes_part(text: AnnotatedText) -> bool:
    """Whether something can be learned from ``text``: it has spans or refused ones, or is known to have none; or its
    categories are known.
    """
    if text.state is TextState.SKIPPED:
        return False
    return bool(text.spans or text.refused or text.complete or (text.categories and text.state is TextState.DONE))


def is_trainable_label(label: str) -> bool:
    """Whether spaCy can learn ``label``: a leading exclamation mark means "not this" to it (E869)."""
    return bool(label.strip()) and not label.startswith("!")


def overlapping(spans: Iterable[Span]) -> set[Span]:
    """Those of ``spans`` that share a code point with another one; the same span twice is one span."""
    clashing: set[Span] = set()
    furthest: Span | None = None
    for span in sorted({span for span in spans if span.start < span.end}):
        if furthest is not None and span.start < furthest.end:
            clashing.update((span, furthest))
        if furthest is None or span.end > furthest.end:
            furthest = span
    return clashing
