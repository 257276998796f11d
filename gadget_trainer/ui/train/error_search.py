"""The search for wrong annotations, in a thread."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gadget_trainer.training.mistakes import Mistakes
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project


class ErrorSearch(Steps):
    """Yields Validating records and at the end the Mistakes."""

    def __init__(self, project: "Project", settings: TrainingSettings, parent: QObject) -> None:
        def search() -> Iterator[object]:
            from gadget_trainer.training.cross_validation import find_annotation_errors  # loads spaCy, in the thread

            yield from find_annotation_errors(project.read.texts, settings, project.kept_spans.all())

        super().__init__(search, parent, passing=lambda record: not isinstance(record, Mistakes))
