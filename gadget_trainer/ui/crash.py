"""What happens on a bug: one dialog with the details to copy, and the program goes on.

Every edit is on disk when it is made, so nothing is lost. ``sys.excepthook`` runs in the thread that raised;
the report travels to the window's thread by a signal.
"""

import platform
import sys
import traceback
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gadget_trainer import __version__
from gadget_trainer.ui.theme import UNIT


class CrashReporter(QObject):
    """Takes uncaught exceptions from any thread and shows them over the window."""

    reported = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._previous = sys.excepthook
        self._shown: QDialog | None = None
        self.reported.connect(self.show_report, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Be the one that uncaught exceptions go to, until ``remove``."""
        sys.excepthook = self._report

    def remove(self) -> None:
        """Leave uncaught exceptions to whom they went before."""
        if sys.excepthook == self._report:
            sys.excepthook = self._previous

    @Slot(str)
    def show_report(self, details: str) -> None:
        """Show a bug's details. While one is shown, further ones are only written to standard error."""
        sys.stderr.write(details)
        if self._shown is None:
            self._shown = CrashDialog(details, self._window)
            self._shown.finished.connect(self._forget)
            self._shown.open()

    @Slot(int)
    def _forget(self, _result: int) -> None:
        self._shown = None

    def _report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._previous(kind, error, trace)
            return
        self.reported.emit("".join(traceback.format_exception(kind, error, trace)))


class CrashDialog(QDialog):
    """Says that a bug was met and that nothing is lost, with the details to copy."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setWindowTitle("Something went wrong")
        words = QLabel(
            "This is a fault in Gadget Trainer, not yours. Everything that you did is saved. "
            "You can go on; if the window behaves oddly, close it and open it again."
        )
        words.setWordWrap(True)
        about = f"Gadget Trainer {__version__}, Python {platform.python_version()}, PySide6 {pyside_version}"
        shown = QPlainTextEdit(f"{about}, {platform.platform()}\n\n{details}")
        shown.setObjectName("crashDetails")
        shown.setAccessibleName("Details of the fault")
        shown.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy the details", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(shown.selectAll)
        copy.clicked.connect(shown.copy)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(2 * UNIT)
        for widget in (words, shown, buttons):
            whole.addWidget(widget)
        self.resize(640, 400)
