"""The records that every part of the program speaks of: texts, spans, labels.

Offsets are code points of the Python ``str``, end exclusive, everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

_NO_META: Mapping[str, Any] = {}

Pieces = tuple[str, ...]
"""A word that is always split, as the pieces that it is split into, in order."""
CategoryPair = tuple[str | None, str | None]
"""The person's category of a text and the model's; None where the one has none for the other's."""


class TextState(StrEnum):
    """How far a text is: nobody finished it, it is complete, or it is left out on purpose."""

    TODO = "todo"
    DONE = "done"
    SKIPPED = "skipped"


class Origin(StrEnum):
    """Who made a span."""

    PERSON = "person"
    IMPORT = "import"
    MODEL = "model"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """An entity: the code points ``start`` to ``end`` (exclusive) of a text, and its label."""

    start: int
    end: int
    label: str

    def touches(self, start: int, end: int) -> bool:
        """Whether this span shares at least one code point with ``start`` to ``end`` (exclusive)."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of entity. ``id`` grows with time: a text done earlier is not complete for a later label."""

    id: int
    name: str
    colour: str
    """The colour as ``#rrggbb``; the window derives fill and stroke for light and dark from its hue."""
    position: int = 0
    description: str = ""
    """What it means, for whoever annotates."""
    examples: tuple[str, ...] = ()
    key: str = ""
    """The key that chooses it; empty: the digit of its place."""


@dataclass(frozen=True, slots=True)
class Category:
    """A label of whole texts, like a topic or an opinion."""

    id: int
    name: str
    colour: str
    position: int = 0
    description: str = ""
    key: str = ""
    """The key that chooses it; empty: none."""


@dataclass(frozen=True, slots=True)
class CategoryScheme:
    """What a whole text can be labelled with."""

    names: tuple[str, ...] = ()
    """In the project's order; empty where it labels no whole texts."""
    exclusive: bool = True
    """Whether a text has exactly one of them, or any number."""


class AnnotatedText(NamedTuple):
    """A text as the project holds it, with its spans in order of their starts.

    There may be a million of them, and a frozen dataclass of so many fields takes five times as long to make.
    """

    text: str
    spans: tuple[Span, ...] = ()
    state: TextState = TextState.TODO
    id: int = 0
    flagged: bool = False
    source: str = ""
    """The file that it came from, with the line or record number, as in ``posts.jsonl:12``."""
    meta: Mapping[str, Any] = _NO_META
    note: str = ""
    """What the person wrote down about the text."""
    complete: bool = False
    """Whether what is not a span is known to be no entity: the text is done, and was done when every
    label that has spans existed already. If not, tokens without a span are unknown, not "no entity"."""
    refused: tuple[Span, ...] = ()
    """Spans that a person said are wrong, in order of their starts; none of them is in ``spans``."""
    categories: tuple[str, ...] = ()
    """The categories that were chosen for the text, in the project's order. Where the text is done, it has none of the
    others, but for those that are undecided; where it is not done, nothing is known of the others."""
    undecided: tuple[str, ...] = ()
    """Categories that came after the text was done, in the project's order: whether it has them is not known."""
