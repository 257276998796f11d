"""The mistakes of the run that the run view shows, looked for in a thread: of the run that just ended, or of an
earlier one that was chosen again.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gadget_trainer.training.past_runs import PastRun
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.train.run_readings import mistakes_of
from gadget_trainer.ui.train.run_thread import Trained, mistakes_at_end
from gadget_trainer.ui.train.run_view import RunView

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project


class RunMistakes(QObject):
    """Asks for them; the view shows them, or why there are none."""

    ended = Signal()
    """Nothing is looked for any more."""

    def __init__(self, project: "Project", view: RunView, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._steps = LatestSteps(self)
        self._steps.stepped.connect(view.show_record)
        self._steps.failed.connect(view.mistakes.explain)
        self._steps.ended.connect(self.ended)

    def is_busy(self) -> bool:
        """Whether some are being looked for."""
        return self._steps.is_busy()

    def look_at(self, trained: Trained, folder: Path) -> None:
        """Look for those of the run that was just saved in ``folder``."""
        self._steps.ask(lambda: mistakes_at_end(self._project, trained, folder))

    def look_again(self, run: PastRun) -> None:
        """Look for those of an earlier run, if it can still be told what it found."""
        if run.can_be_read:
            self._steps.ask(lambda: mistakes_of(self._project, run))
        else:
            self._steps.cancel()

    def cancel(self) -> None:
        """Another run is shown."""
        self._steps.cancel()

    def finish(self) -> None:
        """Look no further, and wait until the thread has ended."""
        self._steps.finish()
