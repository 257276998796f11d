"""What the check finds, and how its sentences speak of numbers."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from gadget_trainer.corpus.repairs import Move

_NAMED = 8
"""Labels of a group that are named; the rest is counted."""


class Severity(StrEnum):
    """What a finding means for the start, the worst first."""

    BLOCK = "block"
    """A run can't start."""
    WARN = "warn"
    """A run can start, and may disappoint."""
    FACT = "fact"
    """Good to know."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What one press would do about a problem, as one step of the journal."""

    title: str
    """On the button."""
    summary: str
    """In the journal, in the past tense."""
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found before a run."""

    severity: Severity
    kind: str
    """A short name for the program, such as ``cut tokens``."""
    message: str
    """Whole sentences for the person."""
    text_ids: tuple[int, ...] = ()
    """The texts that it is about, to be shown."""
    mend: Mend | None = None


def block(kind: str, message: str) -> Problem:
    """What stands in the way of a run."""
    return Problem(Severity.BLOCK, kind, message)


def worst_first(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The same problems, those that block before those that warn before facts."""
    order = list(Severity)
    yield from sorted(problems, key=lambda one: order.index(one.severity))


def counted(number: int, what: str) -> str:
    """``number`` things: ``counted(2, "text")`` is “2 texts”."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def named(labels: Collection[str]) -> str:
    """The first few of ``labels``, and how many more there are."""
    shown = list(labels)[:_NAMED]
    more = len(labels) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")
