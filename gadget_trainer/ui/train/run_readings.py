"""What the pipelines of runs find in the texts held out: their mistakes, and where two differ. For threads."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gadget_trainer.errors import UserError
from gadget_trainer.training.importing import import_spacy
from gadget_trainer.training.mistakes import find_mistakes
from gadget_trainer.training.past_runs import Folder, PastRun, held_out_by_both
from gadget_trainer.training.readings import Read, Readings

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project

_SECONDS_BETWEEN = 0.05


def reader(project: "Project", run_id: int | None, folder: Path | None) -> Read:
    """What a run's pipeline finds: as it was kept with the run, or else by the pipeline that is in ``folder`` now.

    Raises UserError where there is none, or it does not load.
    """
    kept = project.runs.found(run_id) if run_id is not None else None
    if kept is not None:
        return Readings.from_json(kept).of
    if folder is None:
        raise UserError("What this run found was not kept, and its pipeline is gone. Train again to see its mistakes.")
    import_spacy()
    from gadget_trainer.training.predict import Predictor  # spaCy is there by now

    return Predictor(folder).read


def mistakes_of(project: "Project", run: PastRun) -> Iterator[object]:
    """Compare what an earlier run finds with the texts that it held out; ends with Mistakes."""
    yield from mistakes(project, _reader_of(project, run), run.held_out or run.held_out_share)


def mistakes(project: "Project", read: Read, held_out: frozenset[int] | float) -> Iterator[object]:
    """The same of texts with these fingerprints, or of the share that a run would hold out."""
    kept, categories = project.kept(), project.categories.scheme()
    yield from _now_and_then(find_mistakes(project.read.texts, held_out, read, kept, categories))


def differences_of(project: "Project", first: PastRun, second: PastRun) -> Callable[[], Iterator[object]]:
    """Where the pipelines of two runs differ on the texts that both held out; ends with Differences."""

    def compare() -> Iterator[object]:
        from gadget_trainer.training.comparing import find_differences

        one, other = (_reader_of(project, run) for run in (first, second))
        texts, scheme = project.read.texts, project.categories.scheme()
        yield from _now_and_then(find_differences(texts, held_out_by_both(first, second, texts), one, other, scheme))

    return compare


def _now_and_then(records: Iterator[object]) -> Iterator[object]:
    """``records`` with fewer of those that only say that it goes on: ten thousand texts are gone through in a moment,
    and each record is a signal to the window.
    """
    last = time.monotonic()
    for record in records:
        now = time.monotonic()
        if record is not None or now - last >= _SECONDS_BETWEEN:
            last = now
            yield record


def _reader_of(project: "Project", run: PastRun) -> Read:
    return reader(project, run.id, run.path if run.folder is Folder.HERE else None)
