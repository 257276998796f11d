"""Which texts are wanted, and in which order: what a person can ask of the table of texts."""

from dataclasses import dataclass, fields
from enum import StrEnum

from gadget_trainer.corpus.records import TextState


@dataclass(frozen=True, slots=True)
class TextFilter:
    """What is asked of a text; every field narrows, and one that is left as it is asks nothing."""

    words: str = ""
    """Words, “phrases”, a /regular expression/; see :mod:`gadget_trainer.corpus.wording`."""
    state: TextState | None = None
    flagged: bool | None = None
    with_label: str = ""
    """The text has a span of this label."""
    without_label: str = ""
    """The text has no span of this label."""
    unsettled_label: str = ""
    """The text is done, but was before this label existed."""
    with_category: str = ""
    """The text has this category."""
    undecided_category: str = ""
    """The text is done, but was before this category existed, and does not have it."""
    categorised: bool | None = None
    """Whether the text has a category at all."""
    source: str = ""
    """The file that the text came from, without a line number."""
    noted: bool | None = None
    refused: bool | None = None
    """Whether something was refused in the text: a match, a suggestion, an answer of a file."""
    shortest: int | None = None
    """The least length, in code points."""
    longest: int | None = None
    """The greatest length, in code points."""
    only: tuple[int, ...] | None = None
    """Just these texts, in this order."""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked at all."""
        return any(getattr(self, one.name) != one.default for one in fields(self))

    @property
    def takes_long(self) -> bool:
        """Whether every text has to be read to know: such a question belongs in a thread."""
        return bool(self.words.strip()) or self.shortest is not None or self.longest is not None


class TextOrder(StrEnum):
    """What the texts are in order of; those that are alike in it are in the project's order."""

    PLACE = "place"
    """The project's own order, in which they came."""
    STATE = "state"
    """To do, begun, done, skipped."""
    SPANS = "spans"
    LENGTH = "length"
    SOURCE = "source"
    RANK = "rank"
    """By numbers that are handed in for some of the texts, the greatest first; the others come behind."""
