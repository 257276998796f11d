"""Entities for a text, found in a thread by a pipeline that is loaded once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # spaCy behind it takes longer to import than the window to paint
    from gadget_trainer.training.predict import Predictor


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a pipeline found in a text."""

    text: str
    spans: tuple[Span, ...]
    labels: tuple[str, ...]
    """All labels that the pipeline knows."""


class PredictionFeed(QObject):
    """Predicts one text at a time; asking again while one is predicted answers the latest only."""

    arrived = Signal(object)
    """A Prediction."""
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loaded = _Loaded()
        self._thread: Steps | None = None
        self._next: tuple[Path, str] | None = None

    def ask(self, folder: Path, text: str) -> None:
        """Find the entities of ``text`` with the pipeline in ``folder``."""
        if self._thread is not None:
            self._next = (folder, text)
            return
        self._thread = Steps(_predict(self._loaded, folder, text), self)
        self._thread.stepped.connect(self.arrived)
        self._thread.failed.connect(self.failed)
        self._thread.crashed.connect(self._raise_crash)
        self._thread.finished.connect(self._go_on)
        self._thread.start()

    def forget(self, folder: Path) -> None:
        """Load the pipeline of that folder anew when it is asked next: it was saved again."""
        self._loaded.forget(folder)

    def finish(self) -> None:
        """End the thread."""
        self._next = None
        if self._thread is not None:
            self._thread.finish()

    @Slot(str)
    def _raise_crash(self, details: str) -> None:
        raise RuntimeError(details)

    @Slot()
    def _go_on(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
            self._thread = None
        if self._next is not None:
            (folder, text), self._next = self._next, None
            self.ask(folder, text)


class _Loaded:
    """The pipeline loaded last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._predictor: Predictor | None = None

    def get(self, folder: Path) -> "Predictor":
        with self._lock:
            if self._predictor is None or self._folder != folder:
                from gadget_trainer.training.predict import Predictor  # loads spaCy, in the thread

                self._predictor = Predictor(folder)
                self._folder = folder
            return self._predictor

    def forget(self, folder: Path) -> None:
        with self._lock:
            if self._folder == folder:
                self._predictor = None


def _predict(loaded: _Loaded, folder: Path, text: str) -> Callable[[], Iterator[object]]:
    def predict() -> Iterator[object]:
        predictor = loaded.get(folder)
        yield Prediction(text, tuple(predictor.predict(text)), tuple(predictor.labels))

    return predict
