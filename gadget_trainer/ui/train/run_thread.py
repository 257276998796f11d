"""One run in a thread: trained, saved and closed there, steered from the window."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.training.mistakes import find_mistakes
from gadget_trainer.training.progress import BatchDone, Preparing, Scoring
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import unlabelled_texts
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # SQLAlchemy and spaCy behind these take longer to import than the window to paint
    from gadget_trainer.corpus.project import Project


PASSING = (Preparing, BatchDone, Scoring)
"""Records that the next one outdates: some of them may be left out."""

_SECONDS_TO_PAINT = 0.05
"""The window paints the last iteration before the saving begins: spaCy's writing of a model keeps all of Python waiting
for thirty milliseconds, and both together would be seen."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The fingerprints of the texts that a run held out."""

    fingerprints: frozenset[int]


class RunThread(Steps):
    """Yields the records of a TrainingRun, and of its saving when it is through or was stopped."""

    def __init__(self, project: "Project", settings: TrainingSettings, parent: QObject) -> None:
        self._enough = threading.Event()
        super().__init__(_train(project, settings, self._enough), parent, passing=_passing)

    def stop_and_save(self) -> None:
        """Train no further batch; save the best so far."""
        self._enough.set()
        self.resume()


def _passing(record: object) -> bool:
    return isinstance(record, PASSING)


def _train(project: "Project", settings: TrainingSettings, enough: threading.Event) -> Callable[[], Iterator[object]]:
    def train() -> Iterator[object]:
        from gadget_trainer.training.run import TrainingRun  # loads spaCy, in the thread

        def unlabelled() -> Iterator[str]:
            return unlabelled_texts(project.read.texts(project.read.text_ids(TextFilter(state=TextState.TODO))))

        run = TrainingRun(project.read.texts, settings, unlabelled=unlabelled)
        try:
            for record in run.steps():
                yield record
                if enough.is_set():
                    break
            yield HeldOut(run.held_out)
            time.sleep(_SECONDS_TO_PAINT)
            yield from run.save()
        finally:
            run.close()

    return train


def mistakes_of(project: "Project", folder: Path, held_out: frozenset[int]) -> Iterator[object]:
    """Compare the pipeline that was saved in ``folder`` with the texts that its run held out; ends with Mistakes."""
    from gadget_trainer.training.predict import Predictor  # loads spaCy, in the thread

    yield from find_mistakes(project.read.texts, held_out, Predictor(folder).predict)
