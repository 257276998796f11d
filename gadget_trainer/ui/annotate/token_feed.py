"""Tokens for the text view: found in a thread, slice by slice, by the tokenizer that training will use."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gadget_trainer.errors import UserError
from gadget_trainer.training.importing import import_spacy, import_spacy_in_parts, is_spacy_imported
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.latest import LatestSteps

if TYPE_CHECKING:  # spaCy behind it takes longer to import than the window to paint
    from gadget_trainer.training.tokens import TokenSource


@dataclass(frozen=True, slots=True)
class Importing:
    """spaCy is imported; before the next part of it, the thread can be stopped."""


@dataclass(frozen=True, slots=True)
class Completed:
    """All tokens of the text have arrived."""


@dataclass(frozen=True, slots=True)
class DoesNotLoad:
    """The pipeline's tokenizer does not load; that of the language stands in for it, or else a rule about words."""

    sentence: str


_REST_MS = 1000
"""So long the person rests at a text before spaCy is imported: beside that, all else takes twice as long and more. At
the next text, the import is left where it is."""


class TokenFeed(QObject):
    """Finds the tokens of one text at a time; asking for another one forgets the first."""

    arrived = Signal(object)
    """A TokenSlice of the text that was asked for last."""
    completed = Signal()
    """All tokens of the text that was asked for last have arrived."""
    failed = Signal(str)
    """The pipeline's tokenizer does not load; said once."""

    def __init__(self, settings: TrainingSettings, parent: QObject) -> None:
        super().__init__(parent)
        self.source = SharedSource(settings)
        self._latest = LatestSteps(self)
        self._latest.stepped.connect(self._take)
        self._latest.failed.connect(self.failed)
        self._wanted = ""
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(self._ask)

    def use(self, settings: TrainingSettings) -> None:
        """From the next text on, find the tokens of the pipeline that these settings train."""
        self.source = SharedSource(settings)

    def ask(self, text: str) -> None:
        """Find the tokens of ``text``."""
        self._wanted = text
        if self.source.is_loaded():
            self._ask()
        else:
            self._latest.cancel()
            self._begin.start(0 if is_spacy_imported() else _REST_MS)  # the window is painted first

    def finish(self) -> None:
        """End the thread."""
        self._begin.stop()
        self._latest.finish()

    @Slot()
    def _ask(self) -> None:
        source, text = self.source, self._wanted
        self._latest.ask(lambda: _slices(source, text))

    @Slot(object)
    def _take(self, record: object) -> None:
        match record:
            case Importing():
                pass
            case Completed():
                self.completed.emit()
            case DoesNotLoad():
                self.failed.emit(record.sentence)
            case _:
                self.arrived.emit(record)


class SharedSource:
    """A pipeline's tokenizer, loaded by the first thread that needs it."""

    def __init__(self, settings: TrainingSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._loaded: TokenSource | None = None
        self._tried = False
        self._problem = ""

    def get(self) -> "TokenSource | None":
        """The tokenizer; the language's, where the base's does not load; None where neither does."""
        import_spacy()
        from gadget_trainer.training.tokens import TokenSource  # spaCy is there by now

        with self._lock:
            if not self._tried:
                self._tried = True
                for settings in (self._settings, replace(self._settings, base="")):
                    try:
                        self._loaded = TokenSource(settings)
                        break
                    except UserError as error:
                        self._problem = self._problem or str(error)
            return self._loaded

    def is_loaded(self) -> bool:
        """Whether tokens are found without loading anything first."""
        return self._loaded is not None

    def takes_splits(self) -> bool:
        """Whether the tokenizer is loaded, and words can be split by rules."""
        return self._loaded is not None and self._loaded.takes_splits

    def take_problem(self) -> str:
        """Why the base's tokenizer does not load, the first time that it is asked; empty afterwards."""
        problem, self._problem = self._problem, ""
        return problem


def _slices(source: SharedSource, text: str) -> Iterator[object]:
    for _part in import_spacy_in_parts():
        yield Importing()
    tokens = source.get()
    problem = source.take_problem()
    if problem:
        yield DoesNotLoad(f"{problem} Meanwhile, spans snap to words." if tokens is None else problem)
    if tokens is not None:
        from gadget_trainer.training.tokens import in_larger_parts  # as above

        yield from in_larger_parts(tokens.edges(text))
        yield Completed()
