"""What a pipeline finds in a text. Knows no spaCy, so that who only compares need not load it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gadget_trainer.corpus.records import Span


@dataclass(frozen=True, slots=True)
class Found:
    """The entities of a text, and its categories."""

    spans: tuple[Span, ...]
    """In order; offsets in code points, end exclusive."""
    probabilities: Mapping[str, float] = field(default_factory=dict)
    """Of each category that the pipeline knows, in its own order."""
    categories: tuple[str, ...] = ()
    """Those that it gives to the text, the most probable first."""
