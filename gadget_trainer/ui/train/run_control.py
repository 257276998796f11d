"""The life of a run in the window: begun or resumed, paused, joined by texts, stopped or discarded, ended."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.training.progress import Joined, Noted
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.session import Session
from gadget_trainer.ui.train.new_texts import NewTexts
from gadget_trainer.ui.train.run_thread import PASSING, RunThread, Seen, Trained

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.training.broken_off import BrokenOff


class RunControl(QObject):
    """Holds the thread of the one run that there can be."""

    record_came = Signal(object)
    """What the run reports, to be shown."""
    noted = Signal(str)
    """Something that the person should know, and that ends nothing."""
    new_texts_counted = Signal(int)
    """So many texts were finished since the run began."""
    failed = Signal(str)
    crashed = Signal(str)
    began = Signal()
    ended = Signal()
    """The thread has ended, whatever came of it; see :attr:`has_failed`."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._thread: RunThread | None = None
        self._new_texts = NewTexts(session, self)
        self._new_texts.counted.connect(self.new_texts_counted)
        self._stopping = False
        self.has_failed = False
        """Whether the latest run ended with an error, so that nothing of it was saved."""
        self.trained = Trained(None, frozenset())
        """Which run the latest one is, and what it held out."""

    def begin(self, settings: TrainingSettings, broken_off: "BrokenOff | None" = None) -> None:
        """Train with ``settings``, or go on with a run that was broken off, with its own."""
        run = broken_off.run if broken_off is not None else None
        self._thread = RunThread(self._session.project, settings, self, run)
        self._stopping = False
        self._thread.stepped.connect(self._take)
        self._thread.failed.connect(self.failed)
        self._thread.crashed.connect(self.crashed)
        self._thread.finished.connect(self._end)
        self._thread.start()
        self.began.emit()

    def is_running(self) -> bool:
        """Whether a run goes on, be it paused or saving."""
        return self._thread is not None

    def is_paused(self) -> bool:
        """Whether the run waits."""
        return self._thread is not None and self._thread.is_paused()

    def is_stopping(self) -> bool:
        """Whether the person has had enough, and the best is about to be saved."""
        return self._stopping

    def pause_or_go_on(self) -> None:
        """Wait before the next batch, or no longer."""
        if self._thread is not None and self._thread.is_paused():
            self._thread.resume()
        elif self._thread is not None:
            self._thread.pause()

    def stop(self) -> None:
        """Train no further batch, and save the best so far."""
        if self._thread is not None:
            self._stopping = True
            self._thread.stop_and_save()

    def discard(self) -> None:
        """Train no further batch, and save nothing."""
        if self._thread is not None:
            self._stopping = True
            self._thread.stop()

    @Slot()
    def join_texts(self) -> None:
        """Learn from the texts that were finished meanwhile, too."""
        if self._thread is not None:
            self._thread.request_join()

    def finish(self) -> None:
        """End everything without saving, for good: nobody is told."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.finish()
        self._new_texts.finish()

    @Slot(object)
    def _take(self, record: object) -> None:
        if self._thread is None or self._thread.was_stopped():
            return
        if self._thread.is_paused() and isinstance(record, PASSING):
            return
        match record:
            case Trained():
                self.trained = record
            case Seen():
                self._new_texts.begin(record.text_ids)
            case Noted() | Joined():
                self.noted.emit(record.sentence)
            case _:
                self.record_came.emit(record)

    @Slot()
    def _end(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._new_texts.end()
        self.has_failed = thread.broken
        thread.deleteLater()
        self.ended.emit()
