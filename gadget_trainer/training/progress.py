"""What a run tells about itself: the records that its generators yield. Knows no spaCy.

Seconds are those that the run worked, without pauses. Precision, recall and F-score lie between 0 and 1, and are
None where they are undefined (nothing predicted, nothing to be found, or no texts held out).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gadget_trainer.training.kept_labels import KeptLabel

if TYPE_CHECKING:  # it needs the records here
    from gadget_trainer.training.category_scores import CategoryScores


@dataclass(frozen=True, slots=True)
class Preparing:
    """Something that has to be done before the first iteration: what, and how far it is (0 to 1)."""

    message: str
    fraction: float


@dataclass(frozen=True, slots=True)
class BatchDone:
    """One update of the weights."""

    iteration: int
    """From 1."""
    iterations: int
    words_done: int
    """Words of this iteration that were learned from so far."""
    words_total: int
    """Words of each iteration."""
    seconds_left: float | None
    """Of the whole run; None as long as nothing can be said."""
    loss_per_1000_words: float | None = None
    """The entity recogniser's, over the words of this iteration that were learned from so far."""

    @property
    def fraction(self) -> float:
        """How far the iteration is, 0 to 1."""
        return self.words_done / self.words_total if self.words_total else 0.0


@dataclass(frozen=True, slots=True)
class Scoring:
    """The texts held out are being predicted: ``done`` of ``total``."""

    iteration: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How one label (or all together, with an empty name) did on the texts held out."""

    label: str
    precision: float | None
    recall: float | None
    f_score: float | None
    spans: int
    """Spans with this label that people marked in the texts held out."""
    predicted: int
    """Spans that the pipeline predicted where people's annotation is known."""
    correct: int
    """Predicted spans whose edges and label are the people's."""
    f_interval: tuple[float, float] | None = None
    """Between which F-scores the label's true one lies, 95 times in 100."""
    of_texts: bool = False
    """Whether it is a category: then its spans are whole texts."""

    @classmethod
    def of_counts(
        cls,
        label: str,
        marked: int,
        predicted: int,
        correct: int,
        interval: tuple[float, float] | None = None,
        *,
        of_texts: bool = False,
    ) -> "LabelScore":
        """The scores that follow from so many spans marked, predicted, and correct; or whole texts."""
        return cls(
            label=label,
            precision=correct / predicted if predicted else None,
            recall=correct / marked if marked else None,
            f_score=2 * correct / (marked + predicted) if marked else None,
            spans=marked,
            predicted=predicted,
            correct=correct,
            f_interval=interval,
            of_texts=of_texts,
        )


@dataclass(frozen=True, slots=True)
class IterationDone:
    """One pass over all the texts, and the score after it."""

    iteration: int
    """From 1."""
    iterations: int
    loss: float
    """The entity recogniser's loss, summed over the iteration's words; without one that of what learns categories."""
    losses: dict[str, float]
    """The same for each trained component."""
    loss_per_1000_words: float
    precision: float | None
    recall: float | None
    f_score: float | None
    labels: tuple[LabelScore, ...]
    """One a label, in the order of their names."""
    words_per_second: float
    """Of learning; scoring is not counted."""
    seconds: float
    """This iteration's, with scoring."""
    seconds_left: float
    """Of the whole run, without saving."""
    best: bool
    """Whether this is the iteration that would be saved now."""
    f_interval: tuple[float, float] | None = None
    """Between which F-scores the true one lies, 95 times in 100."""
    choice: float | None = None
    """What the best iteration is chosen by: the score, with a base its geometric mean with that of the old labels."""
    categories: "CategoryScores | None" = None
    """How the texts' categories are told; None where the run teaches none, or did not score."""
    next_score: int = 0
    """The iteration that will be scored next, where this one was not; 0 where it was, or nothing is held out."""
    combined: float | None = None
    """With categories, the mean of entities' and categories' F-scores, by the weights of the run's config."""

    @property
    def all_labels(self) -> tuple[LabelScore, ...]:
        """Those of spans, and after them the categories of whole texts."""
        return (*self.labels, *(self.categories.labels if self.categories is not None else ()))

    @property
    def score(self) -> float | None:
        """The one number that the run is judged by; None where nothing is scored."""
        return self.f_score if self.categories is None else self.combined

    @property
    def score_interval(self) -> tuple[float, float] | None:
        """Between which values the true score lies, 95 times in 100; with categories nothing is known of it."""
        return self.f_interval if self.categories is None else None

    @property
    def worth(self) -> float:
        """What the best iteration has most of; 0 where nothing is scored."""
        return (self.score if self.choice is None else self.choice) or 0.0

    def to_json(self) -> dict[str, Any]:
        """The keys that ``gadget-trainer train --json`` prints."""
        return {
            "iteration": self.iteration,
            "loss": self.loss,
            "precision": self.precision,
            "recall": self.recall,
            "f_score": self.f_score,
            "words_per_second": self.words_per_second,
            "seconds": self.seconds,
            **(self.categories.to_json() if self.categories is not None else {}),
        }


@dataclass(frozen=True, slots=True)
class EndedEarly:
    """The run's patience is at its end: there is no further iteration, and the best is what is saved."""

    iterations: int
    """So many brought no better score."""
    best_iteration: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """A run that was broken off goes on after these iterations."""

    records: tuple[IterationDone, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that the person should know, and that ends nothing."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Texts that were finished meanwhile are learned from, from this iteration on."""

    texts: int
    sentence: str
    """How many joined, and why others did not."""


@dataclass(frozen=True, slots=True)
class Saving:
    """The pipeline is being written and proven: what is done, and how far it is (0 to 1)."""

    message: str
    fraction: float


@dataclass(frozen=True, slots=True)
class Saved:
    """The pipeline is in its folder, and was loaded again from it."""

    folder: Path
    best_iteration: int
    """The iteration whose weights were saved; 0 when none was finished, then they are the last batch's."""
    f_score: float | None
    checked_texts: int
    """Texts that the pipeline loaded again predicted just as the one that was trained."""
    kept: tuple[KeptLabel, ...] = ()
    """With a base: how the labels that it knew did before and after."""


TrainingRecord = Preparing | BatchDone | Scoring | IterationDone | EndedEarly | Resumed | Noted | Joined
SavingRecord = Saving | Saved | Noted


def duration(seconds: float) -> str:
    """A length of time in the unit that a person would choose."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
