"""Cyclic garbage is collected in the window's thread, and nowhere else.

Python collects in whichever thread allocates. A thread that trains or loads spaCy would destroy the window's objects
in the wrong thread, which ends in segmentation faults (training-facts, trap 11). So the automatic collection is
off while the window lives, and a timer of the window's does its work.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_MILLISECONDS = 500


class GarbageCollection(QObject):
    """Collects while it is started: young garbage twice a second, all of it when ``collect_all`` is called."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Take over from Python, unless somebody else has."""
        if not any(self._thresholds):
            return
        # Not gc.disable(): srsly, with which spaCy reads every file, calls gc.enable() when it is done.
        gc.set_threshold(0)
        self._timer.start()

    def stop(self) -> None:
        """Give back to Python what was taken over."""
        if self._timer.isActive():
            self._timer.stop()
            gc.unfreeze()
            gc.set_threshold(*self._thresholds)

    def collect_all(self) -> None:
        """Look through everything: a tenth of a second when spaCy is loaded. Something large was let go of."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    @Slot()
    def _collect(self) -> None:
        gc.collect(1)
        # What outlived this (spaCy's tables above all) is not looked through again before ``collect_all``: a full
        # collection would hold up the window for a tenth of a second.
        gc.freeze()
