"""Tokens for the text view: found in a thread, slice by slice, by the tokenizer that training will use."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # spaCy behind it takes longer to import than the window to paint
    from gadget_trainer.training.tokens import TokenSlice, TokenSource


@dataclass(frozen=True, slots=True)
class _Found:
    """A slice of the tokens of the text that was asked for as number ``ticket``."""

    ticket: int
    slice: "TokenSlice | None"
    """None behind the last one."""


class TokenFeed(QObject):
    """Finds the tokens of one text at a time; asking for another one forgets the first."""

    arrived = Signal(object)
    """A TokenSlice of the text that was asked for last."""
    completed = Signal()
    """All tokens of the text that was asked for last have arrived."""
    failed = Signal(str)
    """The pipeline's tokenizer does not load."""

    def __init__(self, settings: TrainingSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._source = _SharedSource(settings)
        self._ticket = 0
        self._threads: list[Steps] = []

    def use(self, settings: TrainingSettings) -> None:
        """From the next text on, find the tokens of the pipeline that these settings train."""
        self._source = _SharedSource(settings)

    def ask(self, text: str) -> None:
        """Find the tokens of ``text``."""
        self._ticket += 1
        for thread in self._threads:
            thread.stop()
        thread = Steps(_slices(self._source, self._ticket, text), self)
        thread.stepped.connect(self._take)
        thread.failed.connect(self.failed)
        thread.crashed.connect(self._raise_crash)
        thread.finished.connect(self._forget)
        self._threads.append(thread)
        thread.start()

    def finish(self) -> None:
        """End all threads."""
        for thread in list(self._threads):
            thread.finish()

    @Slot(object)
    def _take(self, found: _Found) -> None:
        if found.ticket != self._ticket:
            return
        if found.slice is None:
            self.completed.emit()
        else:
            self.arrived.emit(found.slice)

    @Slot(str)
    def _raise_crash(self, details: str) -> None:
        raise RuntimeError(details)

    @Slot()
    def _forget(self) -> None:
        for thread in [one for one in self._threads if one.isFinished()]:
            self._threads.remove(thread)
            thread.deleteLater()


class _SharedSource:
    """The tokenizer, loaded by the first thread that needs it."""

    def __init__(self, settings: TrainingSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._loaded: TokenSource | None = None

    def get(self) -> "TokenSource":
        with self._lock:
            if self._loaded is None:
                from gadget_trainer.training.tokens import TokenSource  # loads spaCy, in the thread

                self._loaded = TokenSource(self._settings)
            return self._loaded


def _slices(source: _SharedSource, ticket: int, text: str) -> Callable[[], Iterator[object]]:
    def find() -> Iterator[object]:
        for one in source.get().edges(text):
            yield _Found(ticket, one)
        yield _Found(ticket, None)

    return find
