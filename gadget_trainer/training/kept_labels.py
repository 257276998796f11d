"""What a run that continues from a base says of the labels that the base knew. Knows no spaCy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_AGREES = 0.7
"""Pipelines that are equally good agree about so far, and seldom more: one that agreed with its base to 0.77 had kept
96 % of its F against people's annotations, one that agreed to 0.56 had kept 77 % (bench_forgetting.py)."""


class Reference(StrEnum):
    """Who says what is right in the texts held out."""

    PEOPLE = "your annotations"
    BASE = "the base"


@dataclass(frozen=True, slots=True)
class KeptLabel:
    """How a label of the base did before and after, on texts that the run did not learn from.

    F-scores lie between 0 and 1, and are None where there is nothing to be found.
    """

    label: str
    before: float | None
    """The base's F; 1 where the base itself is the reference."""
    after: float | None
    spans: int
    """Spans of the reference."""
    reference: Reference
    interval: tuple[float, float] | None = None
    """Between which values the true F lies 95 times in 100: that before where people's annotations decide, that
    after where the base does."""
    of_texts: bool = False
    """Whether it is a category: then its spans are whole texts."""

    @property
    def lost(self) -> bool:
        """Whether it lost more than chance explains."""
        if self.after is None or self.interval is None:
            return False
        low, high = self.interval
        return self.after < low if self.reference is Reference.PEOPLE else high < _AGREES


def kept_from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[KeptLabel, ...]:
    """The labels that were kept as JSON, by ``dataclasses.asdict``."""
    return tuple(
        KeptLabel(
            one["label"],
            one["before"],
            one["after"],
            one["spans"],
            Reference(one["reference"]),
            tuple(one["interval"]) if one["interval"] else None,
            one.get("of_texts") is True,
        )
        for one in kept
    )


def alarm(labels: Iterable[KeptLabel]) -> str:
    """Say in one sentence what was forgotten; empty when nothing was."""
    lost = ", ".join(label.label for label in labels if label.lost)
    return f"{lost} lost more than chance explains." if lost else ""


def warning(labels: Sequence[KeptLabel]) -> str:
    """Say what was forgotten, how much, and what to do; empty when nothing was."""
    said = " ".join([alarm(labels), *(_loss(label) for label in labels if label.lost)])
    return (
        f"{said} Mix in more of what the base knows, best with a file of texts like those that it was made for, and "
        "train again."
        if said
        else ""
    )


def _loss(label: KeptLabel) -> str:
    if label.reference is Reference.PEOPLE:
        return f"{label.label} was at F {label.before:.2f} on the held-out texts, and it is at {label.after:.2f}."
    return f"{label.label} agrees with what the base found only to F {label.after:.2f}."
