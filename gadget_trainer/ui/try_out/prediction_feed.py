"""Entities for a text, found in a thread by pipelines that are loaded once."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, Span
from gadget_trainer.training.categories import NO_CATEGORIES
from gadget_trainer.training.category_mistakes import category_mistakes
from gadget_trainer.training.found import Found
from gadget_trainer.training.importing import import_spacy
from gadget_trainer.ui.latest import LatestSteps

if TYPE_CHECKING:  # spaCy and SQLAlchemy behind these take longer to import than the window to paint
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.training.predict import Predictor

_KEPT = 2
"""Pipelines that are kept in memory: as many as are compared."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a pipeline, or a person, found in a text."""

    spans: tuple[Span, ...]
    labels: tuple[str, ...]
    """All labels that it knows."""
    probabilities: Mapping[str, float] = field(default_factory=dict)
    """Of each category that it knows, in its own order; empty for a person."""
    categories: tuple[str, ...] = ()
    """Those that it gives to the text, the most probable first."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A text as one or two pipelines see it."""

    text: str
    left: Reading
    right: Reading | None = None
    complete: bool = True
    """False where another Prediction of the same text follows, with the second reading."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Annotated texts of a project, and which of them is wanted."""

    text_ids: Sequence[int]
    position: int
    """In ``text_ids``, from where to look."""
    step: int
    """1 looks onward and -1 back from there, for the first text that is wanted."""
    differing: bool
    """Whether only a text is wanted that the pipeline reads otherwise than the person."""
    labels: frozenset[str]
    """The project's: what the pipeline says of others doesn't count."""
    categories: CategoryScheme = NO_CATEGORIES
    """The project's, likewise."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A text of the project as the pipeline sees it, beside its annotations."""

    position: int
    annotated: AnnotatedText
    found: Reading


@dataclass(frozen=True, slots=True)
class Searching:
    """So many texts were compared, and none of them differs."""

    texts: int


@dataclass(frozen=True, slots=True)
class NoneLeft:
    """There is no further text that is wanted in that direction."""

    texts: int
    """That were looked at."""


class PredictionFeed(LatestSteps):
    """Predicts what was asked for last; ``stepped`` tells Predictions, or Searching, Compared and NoneLeft."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loaded = _Loaded()

    def predict(self, text: str, model: str, other: str = "") -> None:
        """Find the entities of ``text`` with the pipeline ``model``, and with ``other`` too if there is one."""
        self.ask(lambda: _predict(self._loaded, text, model, other))

    def walk(self, project: "Project", model: str, walk: Walk) -> None:
        """Find the text of the project that is wanted, and compare what the pipeline ``model`` finds in it."""
        self.ask(lambda: _walk(self._loaded, project, model, walk))

    def forget(self, folder: Path) -> None:
        """Load the pipeline of that folder anew when it is asked next: it was saved again."""
        self._loaded.forget(str(folder))


class _Loaded:
    """The pipelines loaded last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._predictors: dict[str, Predictor] = {}

    def get(self, model: str) -> "Predictor":
        import_spacy()
        from gadget_trainer.training.predict import Predictor  # spaCy is there by now

        with self._lock:
            found = self._predictors.pop(model, None) or Predictor(model)
            self._predictors[model] = found
            while len(self._predictors) > _KEPT:
                del self._predictors[next(iter(self._predictors))]
            return found

    def forget(self, model: str) -> None:
        with self._lock:
            self._predictors.pop(model, None)


def _predict(loaded: _Loaded, text: str, model: str, other: str) -> Iterator[object]:
    left = _read(loaded.get(model), text)
    yield Prediction(text, left, complete=not other)
    if other:
        yield Prediction(text, left, _read(loaded.get(other), text))


def _read(predictor: "Predictor", text: str) -> Reading:
    found = predictor.read(text)
    return Reading(found.spans, predictor.labels, found.probabilities, found.categories)


def _walk(loaded: _Loaded, project: "Project", model: str, walk: Walk) -> Iterator[object]:
    predictor = loaded.get(model)
    looked_at = 0
    position = walk.position
    while 0 <= position < len(walk.text_ids):
        annotated = project.read.text(walk.text_ids[position])
        if annotated is not None:
            read = _read(predictor, annotated.text)
            spans = tuple(span for span in read.spans if span.label in walk.labels)
            differs = set(spans) != set(annotated.spans) or _tells_otherwise(read, annotated, walk.categories)
            if differs or not walk.differing:
                yield Compared(position, annotated, replace(read, spans=spans))
                return
        looked_at += 1
        position += walk.step
        yield Searching(looked_at)
    yield NoneLeft(looked_at)


def _tells_otherwise(read: Reading, annotated: AnnotatedText, categories: CategoryScheme) -> bool:
    """Whether the text has other categories than the person gave it."""
    wrong, _ = category_mistakes(annotated, categories, Found((), read.probabilities, read.categories))
    return bool(wrong)
