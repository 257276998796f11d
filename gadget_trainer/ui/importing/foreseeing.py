"""Finds out, beside the window, what files would bring as it was decided."""

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.formats.forecast import Forecast, forecasts
from gadget_trainer.ui.importing.draft import Draft
from gadget_trainer.ui.latest import LatestSteps


class Foreseeing(QObject):
    """Reads the files of a draft once more whenever something else is decided."""

    foreseen = Signal(int)
    """It is known what comes of the file with that number."""

    def __init__(self, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self._draft = draft
        self._reading = LatestSteps(self)
        self._reading.stepped.connect(self._take)

    def begin(self) -> None:
        """Read what is not foreseen; what was decided before that is forgotten."""
        plans = self._draft.to_foresee()
        if plans:
            self._reading.ask(lambda: forecasts(plans))
        else:
            self._reading.cancel()

    def finish(self) -> None:
        """Read no further, and wait until the thread has ended."""
        self._reading.finish()

    @Slot(object)
    def _take(self, record: object) -> None:
        row = self._draft.note_forecast(record) if isinstance(record, Forecast) else None
        if row is not None:
            self.foreseen.emit(row)
