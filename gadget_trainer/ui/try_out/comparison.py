"""Two readings of a text beside each other: what both have, and where they differ. Knows no Qt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gadget_trainer.corpus.records import Span
from gadget_trainer.training.mistakes import disagreements


class Difference(StrEnum):
    """How two readings of a place differ, in words."""

    NONE = "the same"
    ONLY_LEFT = "only left"
    ONLY_RIGHT = "only right"
    OTHER_LABEL = "other label"
    OTHER_EDGES = "other edges"

    @property
    def sign(self) -> str:
        """A sign that stands before the label, so that colour is never the only one; empty where nothing differs."""
        return _SIGNS[self]


_SIGNS = {
    Difference.NONE: "",
    Difference.ONLY_LEFT: "+",
    Difference.ONLY_RIGHT: "+",
    Difference.OTHER_LABEL: "≠",
    Difference.OTHER_EDGES: "↔",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of a text, as one or two readings have it."""

    surface: str
    """On one line."""
    left: Span | None
    right: Span | None
    difference: Difference
    times: int
    """How often an entity of this surface and these labels is in the text."""

    @property
    def span(self) -> Span:
        """Where it is: as the left reading has it, if it does."""
        found = self.left or self.right
        assert found is not None  # noqa: S101 - made of at least one
        return found


def entities_of(text: str, spans: Sequence[Span]) -> list[Entity]:
    """The entities of one reading, in the order of the text."""
    return _entities(text, [(span, None, Difference.NONE) for span in spans])


def compare(text: str, left: Sequence[Span], right: Sequence[Span]) -> list[Entity]:
    """The entities of both readings, in the order of the text; spans that share code points are one entity."""
    both = [(span, span, Difference.NONE) for span in set(left) & set(right)]
    differing = [(one, other, _difference(one, other)) for one, other in disagreements(left, right)]
    return _entities(text, [*both, *differing])


def summary(entities: Sequence[Entity]) -> str:
    """How many are alike and how many are not: "5 the same, 2 only left, 1 other label"."""
    counts = Counter(entity.difference for entity in entities)
    said = [f"{counts[kind]:,} {kind}" for kind in Difference if counts[kind]]
    return ", ".join(said) or "No entity in either"


def _difference(left: Span | None, right: Span | None) -> Difference:
    if right is None:
        return Difference.ONLY_LEFT
    if left is None:
        return Difference.ONLY_RIGHT
    same_edges = (left.start, left.end) == (right.start, right.end)
    return Difference.OTHER_LABEL if same_edges else Difference.OTHER_EDGES


def _entities(text: str, rows: Sequence[tuple[Span | None, Span | None, Difference]]) -> list[Entity]:
    named = [(_surface(text, left, right), left, right, difference) for left, right, difference in rows]
    times = Counter((surface, _label(left), _label(right)) for surface, left, right, _ in named)
    made = [
        Entity(surface, left, right, difference, times[surface, _label(left), _label(right)])
        for surface, left, right, difference in named
    ]
    return sorted(made, key=lambda entity: entity.span)


def _surface(text: str, left: Span | None, right: Span | None) -> str:
    spans = [span for span in (left, right) if span is not None]
    return " ".join(text[min(span.start for span in spans) : max(span.end for span in spans)].split())


def _label(span: Span | None) -> str | None:
    return None if span is None else span.label
