"""The search for wrong annotations, in a thread."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.training.importing import import_spacy
from gadget_trainer.training.mistakes import Mistakes
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project


class ErrorSearch(QObject):
    """One search at a time."""

    progressed = Signal(object)
    """A Validating record."""
    found = Signal(object)
    """The Mistakes, at the end."""
    running_changed = Signal(bool)
    failed = Signal(str)

    def __init__(self, project: "Project", parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._steps: Steps | None = None

    def is_running(self) -> bool:
        """Whether a search goes on."""
        return self._steps is not None

    def begin(self, settings: TrainingSettings) -> None:
        """Search with pipelines as these settings would train."""
        if self._steps is not None:
            return
        project = self._project

        def search() -> Iterator[object]:
            import_spacy()
            from gadget_trainer.training.cross_validation import find_annotation_errors  # spaCy is there by now

            kept, categories = project.kept(), project.categories.scheme()
            yield from find_annotation_errors(project.read.texts, settings, kept, categories=categories)

        self._steps = Steps(search, self, passing=lambda record: not isinstance(record, Mistakes))
        self._steps.stepped.connect(self._take)
        self._steps.failed.connect(self.failed)
        self._steps.crashed.connect(self._raise_crash)
        self._steps.finished.connect(self._end)
        self._steps.start()
        self.running_changed.emit(True)

    @Slot()
    def cancel(self) -> None:
        """Search no further."""
        if self._steps is not None:
            self._steps.stop()

    def finish(self) -> None:
        """Search no further, and wait until the thread has ended."""
        if self._steps is not None:
            self._steps.finish()

    @Slot(object)
    def _take(self, record: object) -> None:
        if isinstance(record, Mistakes):
            self.found.emit(record)
        elif self._steps is not None and not self._steps.was_stopped():
            self.progressed.emit(record)

    @Slot(str)
    def _raise_crash(self, details: str) -> None:
        raise RuntimeError(details)

    @Slot()
    def _end(self) -> None:
        if self._steps is not None:
            self._steps.deleteLater()
            self._steps = None
        self.running_changed.emit(False)
