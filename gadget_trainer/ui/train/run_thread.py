"""One run in a thread: trained, saved and closed there, steered from the window."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gadget_trainer.training.importing import import_spacy
from gadget_trainer.training.progress import BatchDone, IterationDone, Joined, Preparing, Scoring
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.steps import Steps
from gadget_trainer.ui.train.run_readings import mistakes, reader

if TYPE_CHECKING:  # SQLAlchemy and spaCy behind these take longer to import than the window to paint
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.corpus.runs import Run
    from gadget_trainer.training.kept_run import KeptRun


PASSING = (Preparing, BatchDone, Scoring)
"""Records that the next one outdates: some of them may be left out."""

_SECONDS_TO_PAINT = 0.05
"""The window's turn to paint after an iteration and before the saving: spaCy's writing of a model keeps all of Python
waiting for thirty milliseconds, and both together would be seen."""
_SECONDS_TO_SETTLE = 0.3
"""The same before its mistakes are looked for: the end of a run changes more of the window, in several steps."""
_SHARE_TO_PAINT = 0.01
"""Of an iteration's time: no more than this is spent on waiting."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A run learns no further: which one of the project's it is, and the fingerprints of the texts that it held out."""

    run_id: int | None
    held_out: frozenset[int]


@dataclass(frozen=True, slots=True)
class Seen:
    """The ids of the finished texts that a run knows: all others are new to it."""

    text_ids: frozenset[int]


class RunThread(Steps):
    """Yields the records of a run, and of its saving when it is through or was stopped."""

    def __init__(
        self, project: "Project", settings: TrainingSettings, parent: QObject, broken_off: "Run | None" = None
    ) -> None:
        """A new run with ``settings``, or the one that was broken off, with its own."""
        self._wishes = _Wishes()
        super().__init__(_train(project, settings, broken_off, self._wishes), parent, passing=_passing)

    def stop_and_save(self) -> None:
        """Train no further batch; save the best so far."""
        self._wishes.enough.set()
        self.resume()

    def request_join(self) -> None:
        """Learn from texts that were finished meanwhile, too, from the next iteration on."""
        self._wishes.join.set()


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the window wants of the thread."""

    enough: threading.Event = field(default_factory=threading.Event)
    join: threading.Event = field(default_factory=threading.Event)


def _passing(record: object) -> bool:
    return isinstance(record, PASSING)


def _train(
    project: "Project", settings: TrainingSettings, broken_off: "Run | None", wishes: _Wishes
) -> Callable[[], Iterator[object]]:
    def train() -> Iterator[object]:
        import_spacy()
        from gadget_trainer.training import kept_run  # spaCy is there by now

        run = kept_run.begin(project, settings) if broken_off is None else kept_run.go_on(project, broken_off)
        try:
            yield from _until_enough(run, wishes)
            yield Trained(run.id, run.held_out)
            time.sleep(_SECONDS_TO_PAINT)
            yield from run.save()
        finally:
            run.close()

    return train


def _until_enough(run: "KeptRun", wishes: _Wishes) -> Iterator[object]:
    told = False
    for record in run.steps():
        yield record
        if isinstance(record, IterationDone):
            time.sleep(min(_SECONDS_TO_PAINT, record.seconds * _SHARE_TO_PAINT))
        if wishes.join.is_set():
            wishes.join.clear()
            run.request_join()
        if wishes.enough.is_set():
            return
        if isinstance(record, Joined) or (isinstance(record, BatchDone) and not told):
            told = True
            yield Seen(run.seen)


def mistakes_at_end(project: "Project", trained: Trained, folder: Path) -> Iterator[object]:
    """Compare what the run that was just saved in ``folder`` finds with the texts held out; ends with Mistakes."""
    time.sleep(_SECONDS_TO_SETTLE)
    yield from mistakes(project, reader(project, trained.run_id, folder), trained.held_out)
