"""What joins the runs that a project keeps to the run view: read in a thread, shown again, compared."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.training.past_runs import PastRun, past_runs
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.train.run_readings import differences_of
from gadget_trainer.ui.train.run_view import RunView

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.training.comparing import Differences


class RunHistory(QObject):
    """Keeps the tab of runs up to date, and answers what is asked there."""

    text_requested = Signal(object)
    """A Difference between two pipelines that the person wants to see in its text."""
    run_shown = Signal(object)
    """An earlier PastRun is shown instead of the run before."""

    def __init__(self, project: "Project", view: RunView, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._view = view
        self._reading = LatestSteps(self)
        self._comparing = LatestSteps(self)
        self._reading.stepped.connect(self._take_runs)
        self._comparing.stepped.connect(self._take_differences)
        self._comparing.failed.connect(view.runs.comparison.tell)
        view.runs.runs_chosen.connect(self._show)
        view.runs.comparison.compare_requested.connect(self._compare)
        view.runs.comparison.text_requested.connect(self.text_requested)

    @Slot()
    def refresh(self) -> None:
        """Read the runs anew."""
        project = self._project
        self._reading.ask(lambda: iter([list(past_runs(project.runs.all()))]))

    def finish(self) -> None:
        """End what goes on in threads."""
        self._reading.finish()
        self._comparing.finish()

    @Slot(object)
    def _take_runs(self, runs: list[PastRun]) -> None:
        self._view.runs.show_runs(runs)

    @Slot(object)
    def _show(self, chosen: list[PastRun]) -> None:
        self._comparing.cancel()
        shown = self._view.show_kept(chosen)
        if shown is not None:
            self.run_shown.emit(shown)

    @Slot(object)
    def _compare(self, runs: tuple[PastRun, PastRun]) -> None:
        self._comparing.ask(differences_of(self._project, *runs))

    @Slot(object)
    def _take_differences(self, differences: "Differences | None") -> None:
        if differences is not None:
            self._view.runs.comparison.show_differences(differences)
