"""What happens on an exception that nobody caught: the program goes on.

A bug is shown in one dialog with the details to copy; a UserError is a sentence for the window to show.

Every edit is on disk when it is made, so nothing is lost. ``sys.excepthook`` runs in the thread that raised;
the report travels to the window's thread by a signal.
"""

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.errors import UserError

if TYPE_CHECKING:
    from gadget_trainer.ui.crash_dialog import CrashDialog


class CrashReporter(QObject):
    """Takes uncaught exceptions from any thread and shows bugs over the window."""

    reported = Signal(str)
    """A bug: its traceback."""
    refused = Signal(str)
    """A UserError: a sentence to show."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._previous = sys.excepthook
        self._shown: CrashDialog | None = None
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
        """Show a bug's details. While one is shown, further ones are only written to standard error; so is the
        bug that keeps a report from being shown, which must not be reported in its turn.
        """
        sys.stderr.write(details)
        if self._shown is None:
            try:
                self._open(details)
            except Exception as error:  # whatever it is: the excepthook would come back here for ever
                self._shown = None
                sys.stderr.write(f"The fault above could not be shown in the window: {error!r}\n")

    def _open(self, details: str) -> None:
        from gadget_trainer.ui.crash_dialog import CrashDialog  # start-up need not wait for what it imports

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
        if issubclass(kind, UserError):
            self.refused.emit(str(error))
            return
        import traceback  # start-up need not wait for it

        self.reported.emit("".join(traceback.format_exception(kind, error, trace)))
