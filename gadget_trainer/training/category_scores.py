"""How a pipeline labels whole texts that are held out. Knows no spaCy; the numbers are those of its scorer."""

from dataclasses import dataclass
from typing import Any

from gadget_trainer.training.progress import LabelScore


@dataclass(frozen=True, slots=True)
class CategoryScores:
    """All categories together, and each of them; scores lie between 0 and 1."""

    exclusive: bool
    """Whether each text has exactly one category."""
    macro_f: float | None
    """The mean of the categories' F-scores, spaCy's ``cats_macro_f``; None where no text says its categories."""
    micro_f: float | None
    """Over all decisions, spaCy's ``cats_micro_f``; with exclusive categories the share of texts that are right."""
    macro_auc: float | None
    """spaCy's ``cats_macro_auc``."""
    texts: int
    """Texts held out whose categories are known."""
    labels: tuple[LabelScore, ...]
    """One a category, in the scheme's order; their spans are texts."""
    micro_interval: tuple[float, float] | None = None
    """Between which values the true micro F lies, 95 times in 100."""

    def to_json(self) -> dict[str, Any]:
        """The keys that ``gadget-trainer train --json`` prints."""
        return {
            "categories_macro_f": self.macro_f,
            "categories_accuracy" if self.exclusive else "categories_micro_f": self.micro_f,
            "categories": {one.label: one.f_score for one in self.labels},
        }

    @property
    def micro_name(self) -> str:
        """What people call it."""
        return "accuracy" if self.exclusive else "micro F"
