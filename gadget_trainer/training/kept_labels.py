"""What a run that continues from a base says of the labels that the base knew. Knows no spaCy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gadget_trainer.training.naming import at_start, categories_named, name_of

_AGREES = 0.7
"""Pipelines that are equally good agree about so far, and seldom more: one that agreed with its base to 0.77 had kept
96 % of its F against people's annotations, one that agreed to 0.56 had kept 77 % (bench_forgetting.py)."""

_THE_SAME = 0.9
"""Where it may agree at least so far, nothing that matters has changed."""


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
    def name(self) -> str:
        """What a sentence calls it."""
        return name_of(self.label, of_texts=self.of_texts)

    @property
    def name_at_start(self) -> str:
        """The same where a sentence begins with it."""
        return at_start(self.name, of_texts=self.of_texts)

    @property
    def lost(self) -> bool:
        """Whether it lost more than chance explains."""
        if self.after is None or self.interval is None:
            return False
        low, high = self.interval
        return self.after < low if self.reference is Reference.PEOPLE else high < _AGREES

    @property
    def changed(self) -> bool:
        """Whether it finds other things than the base did, of which nobody marked whether they are right."""
        if self.reference is Reference.PEOPLE or self.interval is None or self.lost:
            return False
        return self.interval[1] < _THE_SAME


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
    lost = [label for label in labels if label.lost]
    if not lost:
        return ""
    named = ", ".join([lost[0].name_at_start, *(label.name for label in lost[1:])])
    return f"{named} lost more than chance explains."


def warning(labels: Sequence[KeptLabel]) -> str:
    """Say what was forgotten or changed, how much, and what to do; empty when nothing was."""
    changed = [label for label in labels if label.changed]
    categories = [label for label in changed if label.of_texts]
    spans = [label for label in changed if not label.of_texts]
    return " ".join(filter(None, (_about_lost(labels), _about_changed(spans), _about_changed_categories(categories))))


def _about_lost(labels: Sequence[KeptLabel]) -> str:
    said = " ".join([alarm(labels), *(_loss(label) for label in labels if label.lost)])
    return (
        f"{said} Mix in more of what the base knows, best with a file of texts like those that it was made for, or "
        "teach the new labels to a second recogniser, and train again."
        if said
        else ""
    )


def _about_changed(changed: Sequence[KeptLabel]) -> str:
    if not changed:
        return ""
    named = ", ".join(label.label for label in changed)
    said = " ".join(_agreement(label) for label in changed)
    return (
        f"{said} Whether that is worse or better can't be said, because nobody marked {named} in these texts. "
        "Highlight it in finished texts to know."
    )


def _about_changed_categories(changed: Sequence[KeptLabel]) -> str:
    if not changed:
        return ""
    said = " ".join(_agreement(label) for label in changed)
    named = categories_named([label.label for label in changed])
    return (
        f"{said} Whether that is worse or better can't be said, because nobody said of these texts whether they are of "
        f"{named}. Choose it for finished texts to know."
    )


def _agreement(label: KeptLabel) -> str:
    low, high = label.interval or (0.0, 1.0)
    return (
        f"{label.name_at_start} agrees with the base to F {label.after or 0.0:.2f} (likely between {low:.2f} and "
        f"{high:.2f})."
    )


def _loss(label: KeptLabel) -> str:
    if label.reference is Reference.PEOPLE:
        name = label.name_at_start
        return f"{name} was at F {label.before:.2f} on the held-out texts, and it is at {label.after:.2f}."
    return f"{label.name_at_start} agrees with what the base found only to F {label.after:.2f}."


def known_already(labels: Sequence[str]) -> str:
    """Why a recogniser beside the base's can't learn these labels, which the base knows."""
    return (
        f"The base knows {', '.join(labels)} already, and where its recogniser stays as it is, it learns nothing more "
        "of that. Switch off “New labels in a second recogniser”, or take these spans out of the texts."
    )
