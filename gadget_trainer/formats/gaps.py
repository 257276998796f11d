"""What becomes of a span that has a gap: the project's spans have none.

The rule is the person's to choose. A span for each part loses least: every word of it is kept, no other one is added,
and a span that lies in the gap need not give way.
"""

from abc import abstractmethod
from collections.abc import Sequence
from enum import StrEnum
from typing import Self

from gadget_trainer.formats.kept_places import Place
from gadget_trainer.formats.span_reader import SpanReader


class GapRule(StrEnum):
    """What is taken of a span with a gap; the values are the names on the command line."""

    PARTS = "parts"
    """A span for each of its parts."""
    COVER = "cover"
    """One span from its first to its last character."""
    FIRST = "first"
    """The first of its parts."""
    LEAVE_OUT = "leave-out"

    @property
    def reason(self) -> str:
        """What the receipt says of such a span."""
        return _REASONS[self]

    def places(self, parts: Sequence[Place]) -> Sequence[Place]:
        """What is taken of these parts, which are in order."""
        match self:
            case GapRule.COVER:
                return [(parts[0][0], max(end for _start, end in parts))]
            case GapRule.PARTS:
                return parts
            case GapRule.FIRST:
                return parts[:1]
            case GapRule.LEAVE_OUT:
                return []


_REASONS = {
    GapRule.COVER: "it has a gap, which is covered as well",
    GapRule.PARTS: "it is a part of a span with a gap",
    GapRule.FIRST: "it is the first part of a span with a gap, and the others are left out",
    GapRule.LEAVE_OUT: "it has a gap, and such spans are left out on purpose",
}


class GapReader(SpanReader):
    """A format whose spans may have gaps."""

    @abstractmethod
    def with_gaps(self, rule: GapRule) -> Self:
        """A reader that follows this rule."""
