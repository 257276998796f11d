"""What can be looked at beside a run that goes on: its mistakes, annotations in doubt, and the runs before it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.training.past_runs import PastRun
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.train.error_search import ErrorSearch
from gadget_trainer.ui.train.run_history import RunHistory
from gadget_trainer.ui.train.run_mistakes import RunMistakes
from gadget_trainer.ui.train.run_thread import Trained
from gadget_trainer.ui.train.run_view import RunView

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class Review(QObject):
    """Looks for it in threads, and shows it in the run view."""

    text_requested = Signal(object)
    """A Mistake, or a Difference between two pipelines, that the person wants to see in its text."""
    run_shown = Signal(object)
    """An earlier PastRun is shown instead of the run before."""
    mistakes_ended = Signal()
    """No mistakes of a run are looked for any more."""
    search_requested = Signal()
    """The person wants wrong annotations to be searched for."""
    search_changed = Signal()
    """Wrong annotations are searched for, or no longer."""
    failed = Signal(str)

    def __init__(self, session: "Session", view: RunView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._search = ErrorSearch(session.project, self)
        self._mistakes = RunMistakes(session.project, view, self)
        self._history = RunHistory(session.project, view, self)
        view.mistakes.follow(session)
        view.mistakes.mistake_requested.connect(self.text_requested)
        view.mistakes.search.requested.connect(self.search_requested)
        view.mistakes.search.cancelled.connect(self._search.cancel)
        self._search.progressed.connect(view.mistakes.search.show_progress)
        self._search.found.connect(view.show_record)
        self._search.running_changed.connect(self._note_search)
        self._search.failed.connect(self.failed)
        self._mistakes.ended.connect(self.mistakes_ended)
        self._history.text_requested.connect(self.text_requested)
        self._history.run_shown.connect(self._take_earlier_run)

    def is_searching(self) -> bool:
        """Whether wrong annotations are searched for."""
        return self._search.is_running()

    def is_busy(self) -> bool:
        """Whether mistakes of a run are being looked for."""
        return self._mistakes.is_busy()

    def search(self, settings: TrainingSettings) -> None:
        """Search for wrong annotations, with pipelines as these settings would train."""
        self._search.begin(settings)

    def look_at(self, trained: Trained, folder: Path) -> None:
        """Look for the mistakes of the run that was just saved in ``folder``."""
        self._mistakes.look_at(trained, folder)

    def cancel(self) -> None:
        """Another run is shown."""
        self._mistakes.cancel()

    @Slot()
    def refresh(self) -> None:
        """Read the runs of the project anew."""
        self._history.refresh()

    def finish(self) -> None:
        """End what goes on in threads."""
        self._search.finish()
        self._mistakes.finish()
        self._history.finish()

    @Slot(bool)
    def _note_search(self, running: bool) -> None:
        self._view.mistakes.search.show_running(running=running)
        self.search_changed.emit()

    @Slot(object)
    def _take_earlier_run(self, run: PastRun) -> None:
        """The run view shows that run again: so do its mistakes."""
        self.run_shown.emit(run)
        self._mistakes.look_again(run)
