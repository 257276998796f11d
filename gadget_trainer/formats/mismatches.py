"""Spans that do not fit their text: elsewhere than the words that the file gives for them, or outside the text.

Where no reading of a file's offsets puts all of its spans on their words, either may be wrong: offsets that drifted, or
words that were changed since. Nothing is guessed; the person decides for the file.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class MismatchRule(StrEnum):
    """What becomes of a span whose words in the file are not where its offsets say; the values are for the CLI."""

    OFFSETS = "offsets"
    WORDS = "words"
    """It goes to the place of its words that is nearest to its offsets."""
    LEAVE_OUT = "leave-out"


class OutsideRule(StrEnum):
    """What becomes of a span whose offsets lie outside its text; the values are for the command line."""

    REFUSE = "refuse"
    """The file is not imported: it counts otherwise than it says, so its other spans are not to be trusted either."""
    LEAVE_OUT = "leave-out"


Place = tuple[int, int]
"""Start and end in code points, end exclusive."""


class Mismatch(NamedTuple):
    """A span that does not fit its text, with the places that it may be at."""

    where: str
    text: str
    label: str
    words: str
    """What the file gives for it; empty where it gives nothing."""
    offsets: Place | None
    """None where they lie outside the text."""
    found: Place | None
    """Where the words are; None where they are nowhere."""


@dataclass(frozen=True, slots=True)
class Mismatches:
    """How the mismatches of a file are settled."""

    rule: MismatchRule | None = None
    """None: nobody has decided, so the offsets are taken."""
    outside: OutsideRule = OutsideRule.REFUSE
    noted: Callable[[Mismatch], None] | None = None
    """Told of each."""

    def refuses(self, words: object) -> bool:
        """Whether a span outside its text, for which the file gives these words, is no reason to go on."""
        return self.outside is OutsideRule.REFUSE and not (self.rule is MismatchRule.WORDS and isinstance(words, str))


def place_of(words: str, text: str, near: int) -> Place | None:
    """Where the words are in the text, of several places the one that begins nearest to ``near``; spaces may differ."""
    wanted = words.strip()
    if not wanted:
        return None
    near = min(max(near, 0), len(text))
    starts = {text.rfind(wanted, 0, near + len(wanted)), text.find(wanted, near)} - {-1}
    places = [(start, start + len(wanted)) for start in starts]
    if not places:
        parts = [re.escape(part) for part in wanted.split()]
        places = [match.span() for match in re.finditer(r"\s+".join(parts), text)] if len(parts) > 1 else []
    return min(places, key=lambda place: (abs(place[0] - near), place[0]), default=None)
