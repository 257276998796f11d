"""A run that is discarded is lost: the person is asked before, unless nothing was learned yet."""

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.ui.train.run_control import RunControl
from gadget_trainer.ui.train.run_view import RunView


class Discarding(QObject):
    """Asks, and discards."""

    asked = Signal(str, object)
    """A question, and what to call for each answer: see NoticeBar.ask."""
    discarded = Signal()

    def __init__(self, run: RunControl, view: RunView, parent: QObject) -> None:
        super().__init__(parent)
        self._run = run
        self._view = view

    @Slot()
    def ask(self) -> None:
        """Discard the run that goes on, once the person has said so."""
        done = len(self._view.records())
        if not done:
            self._discard()
            return
        noun = "iteration" if done == 1 else "iterations"
        self.asked.emit(
            f"What was learned in {done:,} {noun} will be lost. Stop saves the best of it.",
            {"Discard_the_run": self._discard, "Go_on_training": lambda: None},
        )

    def _discard(self) -> None:
        if self._run.is_running() and not self._run.is_stopping():
            self._run.discard()
            self._view.end_without_run("The run was discarded.", "Nothing of it was saved.")
            self.discarded.emit()
