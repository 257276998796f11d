"""How far a model and the person read a text differently, where that is known: after a run, or a search for errors."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window need not wait for it
    from gadget_trainer.training.mistakes import Mistakes


@dataclass(frozen=True, slots=True)
class Disagreement:
    """About one text."""

    places: int
    """Places that are read differently, and categories."""
    confidence: float | None
    """How sure the model is where it is surest, from 0 to 1, if it was asked."""

    @property
    def rank(self) -> float:
        """The more, the sooner it is worth a look."""
        return float(self.places) if self.confidence is None else self.confidence

    def shown(self) -> str:
        """As a cell has it: the confidence, or else the number of places."""
        return f"{self.places:,}" if self.confidence is None else f"{self.confidence:.0%}"

    def sentence(self) -> str:
        """In words."""
        places = "1 place" if self.places == 1 else f"{self.places:,} places"
        sure = "" if self.confidence is None else f"; where it is surest, it is sure to {self.confidence:.0%}"
        return f"The model read {places} differently{sure}"


def by_text(mistakes: "Mistakes | None") -> dict[int, Disagreement]:
    """The disagreements of texts, by their ids."""
    places: dict[int, list[float | None]] = defaultdict(list)
    if mistakes is not None:
        for one in mistakes.all:
            # A category of a run has one too, but its entities have none.
            places[one.text_id].append(one.confidence if mistakes.cross_validated else None)
    return {
        text_id: Disagreement(len(found), max((one for one in found if one is not None), default=None))
        for text_id, found in places.items()
    }
