"""The texts as the check sees them: on which side of the split, and with which spans that can be used."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.check.problem import Mend, Problem, Severity, counted
from gadget_trainer.training.learnable import overlapping, takes_part
from gadget_trainer.training.split import Split, may_be_held_out


class Side(StrEnum):
    """What a run does with a text."""

    LEARNED = "learned"
    HELD_OUT = "held out"
    WAITING = "waiting"
    """It will be held out once it is finished, so it is not learned from before."""
    APART = "apart"
    """Nothing: it is skipped, or nobody said anything about it."""


@dataclass(frozen=True, slots=True)
class Sided:
    """A text, its side, and what is sound in it."""

    text: AnnotatedText
    side: Side
    key: int
    """The fingerprint."""
    good: tuple[Span, ...]
    """The spans that lie in the text and overlap no other one."""
    overlapping: frozenset[Span]
    outside: frozenset[Span]
    unusable: tuple[Span, ...] = ()
    """Spans that lie in the text and overlap no other one, but that its tokens can't hold; known once it has some."""

    @property
    def used(self) -> bool:
        """Whether a run reads it."""
        return self.side in (Side.LEARNED, Side.HELD_OUT)


def sided(text: AnnotatedText, split: Split) -> Sided:
    """What ``text`` is to a run with that split."""
    if not takes_part(text):
        return Sided(text, Side.APART, 0, (), frozenset(), frozenset())
    key = fingerprint(text.text)
    outside = frozenset(span for span in text.spans if not 0 <= span.start < span.end <= len(text.text))
    clashing = frozenset(overlapping(text.spans))
    good = tuple(span for span in text.spans if span not in outside and span not in clashing)
    return Sided(text, _side(text, key, split), key, good, clashing, outside)


def _side(text: AnnotatedText, key: int, split: Split) -> Side:
    if may_be_held_out(text, split.categories) and key in split.held_out:
        return Side.HELD_OUT
    return Side.LEARNED if split.learns_from_key(key) else Side.WAITING


class Finder(Protocol):
    """Looks for problems while all the texts that take part, or are done, are shown to it one by one."""

    def add(self, one: Sided) -> None:
        """Look at a text."""

    def problems(self) -> list[Problem]:
        """What was found, once all texts were shown."""


class SpansFound:
    """How many spans have a problem, and in which texts."""

    def __init__(self) -> None:
        self.number = 0
        self._texts: dict[int, None] = {}

    def add(self, text: AnnotatedText, number: int) -> None:
        """So many different spans of ``text`` have it."""
        if number:
            self.number += number
            self._texts[text.id] = None

    def problems(
        self, severity: Severity, kind: str, what: tuple[str, str], then: str = "", mend: Mend | None = None
    ) -> list[Problem]:
        """“3 spans in 2 texts …”, if there are any: ``what`` says what of one span, and what of several."""
        if not self.number:
            return []
        one = self.number == 1
        then = then or f"{'It is' if one else 'They are'} not learned from. Mend or delete {'it' if one else 'them'}."
        where = f"{counted(self.number, 'span')} in {counted(len(self._texts), 'text')}"
        return [Problem(severity, kind, f"{where} {what[not one]}. {then}", tuple(self._texts), mend)]
