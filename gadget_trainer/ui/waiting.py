"""What the window does while an edit of many rows is made in a thread: it says so, and lets itself be told to stop."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gadget_trainer.ui.busy_bar import BusyBar
from gadget_trainer.ui.session import Session

_MILLISECONDS = 200
"""What is over sooner needs no bar: it would only flicker."""


class Waiting(QObject):
    """Shows how far a session's work is, and gives the keys back to where they were before."""

    changed = Signal()
    """The project is to be left alone now, or no longer."""

    def __init__(self, session: Session, bar: BusyBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._bar = bar
        self._doing = ""
        self._share: float | None = None
        self._shows = False
        self._focused: QWidget | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_MILLISECONDS)
        self._soon.timeout.connect(self._show)
        session.work_began.connect(self._begin)
        session.work_progressed.connect(self._tell)
        session.work_ended.connect(self._end)
        bar.cancel_requested.connect(self._cancel)

    def is_busy(self) -> bool:
        """Whether the project is to be left alone now."""
        return bool(self._doing)

    @Slot(str)
    def _begin(self, doing: str) -> None:
        self._doing, self._share = doing, None
        self._focused = QApplication.focusWidget()
        self._soon.start()
        self.changed.emit()

    @Slot()
    def _show(self) -> None:
        if self._bar.isHidden():  # else a file is being written, which it goes on saying
            self._shows = True
            self._bar.begin(f"{self._doing}…", can_cancel=True)
            self._bar.tell(f"{self._doing}…", self._share)

    @Slot(float)
    def _tell(self, share: float) -> None:
        self._share = share
        if self._shows:
            self._bar.tell(f"{self._doing}…", share)

    @Slot()
    def _cancel(self) -> None:
        if self._shows:
            self._bar.note_cancel()
            self._session.cancel_work()

    @Slot()
    def _end(self) -> None:
        self._soon.stop()
        self._doing = ""
        if self._shows:
            self._shows = False
            self._bar.end()
        focused, self._focused = self._focused, None
        self.changed.emit()
        if focused is not None and isValid(focused) and focused.isVisible():
            focused.setFocus()
