"""Work of which only the latest request counts: one job runs in a thread, at most one waits, the rest is forgotten."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.ui.steps import Steps

_Make = Callable[[], Iterator[object]]


class LatestSteps(QObject):
    """Steps the generator that was asked for last; what an earlier one still yields is not told."""

    stepped = Signal(object)
    """A record of the latest generator's."""
    failed = Signal(str)
    """A UserError ended the latest generator: a sentence to show."""
    broke = Signal()
    """A bug ended the latest generator; it is reported already."""
    ended = Signal()
    """Nothing runs any more, and nothing waits."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running: Steps | None = None
        self._counts = False
        self._waiting: _Make | None = None
        self._closed = False

    def ask(self, make: _Make) -> None:
        """Step this generator as soon as the one before has stopped; after ``finish``, never."""
        if self._closed:
            return
        self.cancel()
        self._waiting = make
        if self._running is None:
            self._begin()

    def is_busy(self) -> bool:
        """Whether something runs."""
        return self._running is not None

    def cancel(self) -> None:
        """Let what was asked for be forgotten."""
        self._waiting = None
        self._counts = False
        if self._running is not None:
            self._running.stop()

    def finish(self) -> None:
        """Forget what was asked for, and wait until the thread has ended. It was the last one."""
        self._closed = True
        self.cancel()
        if self._running is not None:
            self._running.finish()

    def _begin(self) -> None:
        make, self._waiting = self._waiting, None
        if make is None:
            return
        self._counts = True
        self._running = Steps(make, self)
        self._running.stepped.connect(self._take)
        self._running.failed.connect(self._fail)
        self._running.crashed.connect(self._raise_crash)
        self._running.finished.connect(self._end)
        self._running.start()

    @Slot(object)
    def _take(self, record: object) -> None:
        if self._counts:
            self.stepped.emit(record)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        if self._counts:
            self.failed.emit(sentence)

    @Slot(str)
    def _raise_crash(self, details: str) -> None:
        if self._counts:
            self.broke.emit()
        raise RuntimeError(details)

    @Slot()
    def _end(self) -> None:
        if self._running is not None:
            self._running.deleteLater()
            self._running = None
        self._begin()
        if self._running is None:
            self.ended.emit()
