"""Entities for a text, found in a thread by a pipeline that is loaded once."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gadget_trainer.corpus.records import Span
from gadget_trainer.training.importing import import_spacy
from gadget_trainer.ui.latest import LatestSteps

if TYPE_CHECKING:  # spaCy behind it takes longer to import than the window to paint
    from gadget_trainer.training.predict import Predictor


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a pipeline found in a text."""

    text: str
    spans: tuple[Span, ...]
    labels: tuple[str, ...]
    """All labels that the pipeline knows."""


class PredictionFeed(LatestSteps):
    """Predicts the text that was asked for last; ``stepped`` tells the Prediction."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loaded = _Loaded()

    def predict(self, folder: Path, text: str) -> None:
        """Find the entities of ``text`` with the pipeline in ``folder``."""
        self.ask(lambda: _predict(self._loaded, folder, text))

    def forget(self, folder: Path) -> None:
        """Load the pipeline of that folder anew when it is asked next: it was saved again."""
        self._loaded.forget(folder)


class _Loaded:
    """The pipeline loaded last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._predictor: Predictor | None = None

    def get(self, folder: Path) -> "Predictor":
        import_spacy()
        from gadget_trainer.training.predict import Predictor  # spaCy is there by now

        with self._lock:
            if self._predictor is None or self._folder != folder:
                self._predictor = Predictor(folder)
                self._folder = folder
            return self._predictor

    def forget(self, folder: Path) -> None:
        with self._lock:
            if self._folder == folder:
                self._predictor = None


def _predict(loaded: _Loaded, folder: Path, text: str) -> Iterator[object]:
    predictor = loaded.get(folder)
    yield Prediction(text, tuple(predictor.predict(text)), tuple(predictor.labels))
