"""Builds the long-lived objects and connects them; the only place that does."""

from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from gadget_trainer.ui.main_window import MainWindow
from gadget_trainer.ui.theme import STYLE_ARGUMENTS


def open_window(project: Path | None) -> QMainWindow:
    """Show the window on the existing QApplication, with that project open, and return it.

    The window is painted before the project is read. ``window.close()`` ends everything that it started. The
    application is best made with ``STYLE_ARGUMENTS``; without, it has the style of the desktop.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("open_window needs a QApplication")
    window = MainWindow(application)
    window.show()
    if project is not None:
        application.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        window.open_project(project)
    return window


def run(project: Path | None, *, sample: bool = False) -> int:
    """Show the window and live until it is closed, be it by Ctrl+C in the terminal; gives the exit status."""
    import signal  # the window is painted sooner without

    application = QApplication(["gadget-trainer", *STYLE_ARGUMENTS])
    application.setApplicationName("Gadget Trainer")
    application.setOrganizationName("Gadget Trainer")
    window = open_window(project)
    if sample and isinstance(window, MainWindow):
        QTimer.singleShot(0, window.open_sample)
    # Python calls this when it has its next turn: the window's timer gives it one twice a second.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: window.close())
    try:
        return application.exec()
    finally:
        signal.signal(signal.SIGINT, before)
