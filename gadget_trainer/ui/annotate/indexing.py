"""Large projects get an index of their words while the window lives: searching goes on meanwhile, only slower."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel

from gadget_trainer.ui.latest import LatestSteps

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session

WORTH_IT = 20_000
"""Fewer texts are read in the time that a person takes to look up."""


class IndexingLabel(QLabel):
    """Builds the index in a thread and says how far it is; hidden while there is nothing to say."""

    completed = Signal()

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self.setObjectName("indexingProgress")
        self.setProperty("second", True)
        self._session = session
        self._steps = LatestSteps(self)
        self._steps.stepped.connect(self._show_progress)
        # A busy file ends the building: it goes on when texts come or go, or when the project is opened again.
        self._steps.failed.connect(self.hide)
        self.hide()

    @Slot()
    def build(self) -> None:
        """Index what is not indexed yet, where there are so many texts that it helps."""
        if self._session.project.read.newest_text_id() >= WORTH_IT:
            self._steps.ask(self._session.project.search_index.build)

    def finish(self) -> None:
        """End the thread; the next time it goes on."""
        self._steps.finish()

    @Slot(object)
    def _show_progress(self, share: float) -> None:
        self.setText(f"Preparing the search: {int(share * 100)}%")
        self.setVisible(share < 1)
        if share >= 1:
            self.completed.emit()
