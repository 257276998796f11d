"""What happened to texts and spans, counted: the parts of the receipts of imports and exports.

Only the first :data:`KEPT_NOTES` notes of a kind are kept word for word, so that a million refused rows cost no
memory; the counts are of all of them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

KEPT_NOTES = 1000


def counted(number: int, noun: str) -> str:
    """``1 span``, ``1,904 spans``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that happened, and where: ``posts.jsonl:12`` is a line, or a record in files without lines."""

    where: str
    message: str
    source: str = ""
    """Where the text is from that it is about: a span may have a line of its own."""


@dataclass(slots=True)
class Notes:
    """Notes of one kind: all of them counted, by reason as well, the first of them kept."""

    count: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    first: list[Note] = field(default_factory=list)

    def add(self, where: str, reason: str, detail: str = "", source: str = "") -> None:
        """Count a note; ``reason`` is the same words every time, ``detail`` names the span or text.

        ``source`` is where its text came from; it may be left out where that is the same place.
        """
        self.count += 1
        self.reasons[reason] += 1
        if len(self.first) < KEPT_NOTES:
            self.first.append(Note(where, f"{detail}: {reason}" if detail else reason, source or where))

    def lines(self, heading: str) -> Iterator[str]:
        """The notes as lines of a report; nothing when there are none."""
        if not self.count:
            return
        yield f"{heading}: {self.count:,}"
        for reason, number in self.reasons.most_common():
            yield f"  {number:,} × {reason}"
        for note in self.first:
            yield f"    {note.where}  {note.message}"
        if self.count > len(self.first):
            yield f"    … and {self.count - len(self.first):,} more, counted above"

    def to_json(self) -> dict[str, object]:
        """A dict for ``json.dumps``: count, reasons with their counts, and the notes that were kept."""
        return {
            "count": self.count,
            "reasons": dict(self.reasons),
            "notes": [{"where": note.where, "message": note.message} for note in self.first],
        }


def losses_in_words(repaired: int, lost: int) -> list[str]:
    """As in “3 spans repaired”, “1 lost”; nothing of what is none."""
    parts = [f"{counted(repaired, 'span')} repaired"] if repaired else []
    if lost:
        parts.append(f"{lost:,} lost" if repaired else f"{counted(lost, 'span')} lost")
    return parts


def as_sentence(statement: str, losses: list[str]) -> str:
    """A statement, and what it cost."""
    return f"{statement}; {', '.join(losses)}." if losses else f"{statement}."


def count_lines(heading: str, counts: Counter[str]) -> Iterator[str]:
    """A line of a report with the counts, the largest first; nothing when there are none."""
    if counts:
        yield f"{heading}: {', '.join(f'{name} ({number:,})' for name, number in counts.most_common())}"
