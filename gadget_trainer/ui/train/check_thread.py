"""What the check before a run does in its thread."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from gadget_trainer.training.settings import TrainingSettings

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.training.check import Findings

Records = Callable[[], Iterator[object]]


def look_through(project: "Project", settings: TrainingSettings, *, for_start: bool) -> Records:
    """Check everything, or ``for_start`` only what a run needs to be safe; gives Preparing and Findings."""

    def steps() -> Iterator[object]:
        from gadget_trainer.training.check import Depth, check_steps  # loads numpy and spaCy, in the thread

        labels = [label.name for label in project.read.labels()]
        depth = Depth.SPANS if for_start else Depth.TIME
        yield from check_steps(project.read.texts, settings, labels, depth, project.categories.scheme())

    return steps


def look_at_output(findings: "Findings", settings: TrainingSettings) -> Records:
    """Look only at the output folder; the rest is known."""

    def steps() -> Iterator[object]:
        from gadget_trainer.training.check import with_output

        yield with_output(findings, settings)

    return steps
