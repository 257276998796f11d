"""Work in a thread: a plain generator is stepped there, and each record that it yields becomes a signal.

Stopping is not asking for the next record; pausing is waiting before asking. The generator knows no Qt.
"""

import threading
import time
import traceback
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QThread, Signal

from gadget_trainer.errors import UserError

_STACK_BYTES = 16 * 1024 * 1024
_SECONDS_BETWEEN = 0.1


class Steps(QThread):
    """Steps the generator that ``make`` gives. Connect its signals to bound slots of objects in the window's thread."""

    stepped = Signal(object)
    """A record of the generator's. Records that ``passing`` accepts come at most ten times a second."""
    failed = Signal(str)
    """A UserError ended the generator: a sentence to show."""
    crashed = Signal(str)
    """A bug ended the generator: its traceback."""

    def __init__(
        self,
        make: Callable[[], Iterator[object]],
        parent: QObject,
        passing: Callable[[object], bool] = lambda _record: False,
    ) -> None:
        super().__init__(parent)
        self.setStackSize(_STACK_BYTES)
        self._make = make
        self._passing = passing
        self._going_on = threading.Event()
        self._going_on.set()
        self._stopped = False
        self.broken = False
        """Whether the generator ended with an error."""

    def run(self) -> None:
        """Step until the generator ends or ``stop`` is called. Runs in the thread; ``start`` calls it."""
        try:
            self._step_all()
        except UserError as error:
            self.broken = True
            self.failed.emit(str(error))
        except Exception:
            self.broken = True
            self.crashed.emit(traceback.format_exc())

    def pause(self) -> None:
        """Wait before the next step."""
        self._going_on.clear()

    def resume(self) -> None:
        """Go on after a pause."""
        self._going_on.set()

    def is_paused(self) -> bool:
        """Whether the next step waits."""
        return not self._going_on.is_set()

    def stop(self) -> None:
        """Take no further step; the generator is closed in its own thread, so that it can tidy up."""
        self._stopped = True
        self._going_on.set()

    def was_stopped(self) -> bool:
        """Whether ``stop`` was called."""
        return self._stopped

    def finish(self) -> None:
        """Stop and wait until the thread has ended. Safe to call at any time."""
        self.stop()
        self.wait()

    def _step_all(self) -> None:
        records = self._make()
        last = 0.0
        try:
            for record in records:
                now = time.monotonic()
                if not self._passing(record) or now - last >= _SECONDS_BETWEEN:
                    last = now
                    self.stepped.emit(record)
                self._going_on.wait()
                if self._stopped:
                    return
        finally:
            close = getattr(records, "close", None)
            if close is not None:
                close()
