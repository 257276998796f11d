"""What a person presses to begin a run, to pause it, and to end it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.theme import UNIT


class RunButtons(QWidget):
    """Start, Pause, Stop and Discard in a row."""

    start_requested = Signal()
    pause_requested = Signal()
    """Or, where it is paused, to go on."""
    stop_requested = Signal()
    discard_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._start = _button("startTraining", "Start", "start", primary=True)
        self._pause = _button("pauseTraining", "Pause", "pause")
        self._stop = _button("stopTraining", "Stop", "stop")
        self._stop.setToolTip("Stop within one batch, and save the best so far")
        self._discard = _button("discardTraining", "Discard", "delete")
        self._discard.setToolTip("Stop within one batch, and save nothing")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for button, requested in (
            (self._start, self.start_requested),
            (self._pause, self.pause_requested),
            (self._stop, self.stop_requested),
            (self._discard, self.discard_requested),
        ):
            button.clicked.connect(requested)
            row.addWidget(button)

    def allow_start(self, allowed: bool) -> None:
        """Whether a run can begin."""
        self._start.setEnabled(allowed)

    def show_run(self, *, starting: bool, running: bool, paused: bool, stopping: bool) -> None:
        """Allow what makes sense to a run that is checked before its start, goes on, is paused, or ends."""
        self._pause.setEnabled(running)
        self._discard.setEnabled(running and not stopping)
        self._pause.setText("Go on" if paused else "Pause")
        put_icon(self._pause, "start" if paused else "pause")
        self._stop.setEnabled(running or starting)


def _button(name: str, words: str, picture: str, *, primary: bool = False) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setProperty("primary", primary)
    if not primary:
        put_icon(button, picture)
    return button
