"""The check before a run, in a thread: problems one by one, the blocking ones among them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project


class CheckThread(Steps):
    """Yields Problem and Preparing records."""

    def __init__(self, project: "Project", settings: TrainingSettings, parent: QObject) -> None:
        super().__init__(_check(project, settings), parent, passing=lambda record: isinstance(record, Preparing))


def _check(project: "Project", settings: TrainingSettings) -> Callable[[], Iterator[object]]:
    def check() -> Iterator[object]:
        from gadget_trainer.training.check import Severity, quick_check, token_check  # loads spaCy, in the thread

        labels = [label.name for label in project.read.labels()]
        found = quick_check(project.read.texts, settings, labels)
        yield from found
        if not any(one.severity is Severity.BLOCK for one in found):
            yield from token_check(project.read.texts, settings)

    return check
