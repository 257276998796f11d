"""How Python runs while a window lives: who collects garbage, and how long a thread keeps the others waiting.

Both were measured (training-facts, "A thread is enough"). Python collects in whichever thread allocates: a thread that
trains or loads spaCy would destroy the window's objects in the wrong thread, which ends in segmentation faults (trap
11). So the automatic collection is off while the window lives, and a timer of the window's does its work. And each
call of Qt that lets other threads run would wait for Python's five milliseconds to get its turn back.
"""

import gc
import sys

from PySide6.QtCore import QObject, QTimer, Slot

_MILLISECONDS = 100
"""What half a second of importing spaCy leaves to look through stops the window for 50 ms; that of a tenth, for ten."""
_SWITCH_INTERVAL = 0.0001
"""Seconds after which another thread may run; Python's default is fifty times as long. A paint asks
Python many times, and each time waits this long for a thread that trains: with 0.5 ms, laying out the Train workspace
beside a pipeline that was being loaded took 317 ms, with 0.1 ms 39 ms."""


class Interpreter(QObject):
    """While started: young garbage is collected ten times a second, older on request, and threads take short turns."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._interval = sys.getswitchinterval()
        self._timer = QTimer(self)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Take over from Python."""
        # Not gc.disable(): srsly, with which spaCy reads every file, calls gc.enable() when it is done.
        gc.set_threshold(0)
        sys.setswitchinterval(_SWITCH_INTERVAL)
        self._timer.start()

    def stop(self) -> None:
        """Give back to Python what was taken over."""
        if self._timer.isActive():
            self._timer.stop()
            gc.unfreeze()
            gc.set_threshold(*self._thresholds)
            sys.setswitchinterval(self._interval)

    def spare_what_lives(self) -> None:
        """Leave out of ``collect_new`` what lives now: spaCy above all, a tenth of a second's work."""
        gc.freeze()

    def collect_new(self) -> None:
        """Look through what came since ``spare_what_lives``."""
        gc.collect()

    def collect_all(self) -> None:
        """Look through everything: a tenth of a second when spaCy is loaded. A project was let go of."""
        gc.unfreeze()
        gc.collect()

    @Slot()
    def _collect(self) -> None:
        gc.collect(1)
