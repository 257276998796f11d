"""A run whose course is kept in its project: that it began, each iteration, and how it ended."""

from collections.abc import Iterator
from pathlib import Path

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.runs import Run, RunStatus
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.errors import UserError
from gadget_trainer.training.broken_off import folder_of
from gadget_trainer.training.progress import (
    IterationDone,
    Noted,
    Resumed,
    Saved,
    Saving,
    SavingRecord,
    TrainingRecord,
)
from gadget_trainer.training.readings import Readings, held_out_texts
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.run_records import iteration_to_json
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import unlabelled_texts

_SLICE = 64
"""Texts that are read between two records."""


class KeptRun:
    """A :class:`TrainingRun` on a project's texts, with the same steps; closed, it is no longer running there."""

    def __init__(self, project: Project, run: TrainingRun, run_id: int | None = None) -> None:
        """``run_id`` is that of a run that was broken off; see :func:`begin` and :func:`go_on`."""
        self._project = project
        self._run = run
        self._id = run_id
        self._status = RunStatus.DISCARDED
        self._saved: Saved | None = None
        self._found = Readings()
        self._stays = False

    @property
    def held_out(self) -> frozenset[int]:
        """The fingerprints of the texts that it is scored on; empty until the texts have been read."""
        return self._run.held_out

    @property
    def id(self) -> int | None:
        """That of the run in the project; None until it has read the texts."""
        return self._id

    @property
    def seen(self) -> frozenset[int]:
        """The ids of the finished texts that it has taken in or that cannot join it."""
        return self._run.seen

    def request_join(self) -> None:
        """Have the texts that were finished since the run began join at the next iteration. From any thread."""
        self._run.request_join()

    def steps(self) -> Iterator[TrainingRecord]:
        """Those of the run. Raises UserError for what the person can mend."""
        try:
            for record in self._run.steps():
                if self._id is None and self._run.folder is not None:
                    self._id = self._begin(self._run.folder)
                if isinstance(record, IterationDone | Resumed):
                    yield from self._note_iterations()
                yield record
        except Exception:
            self._fail()
            raise

    def save(self) -> Iterator[SavingRecord]:
        """Those of the run, and what it finds in the texts held out is kept.

        Where it fails, the run stays, and can go on to save it when there is room.
        """
        try:
            yield from self._read_held_out()
            for record in self._run.save():
                if isinstance(record, Saved):
                    self._status, self._saved = RunStatus.SAVED, record
                    yield from self._keep_found()
                yield record
        except Exception:
            self._fail()
            raise

    def close(self) -> None:
        """Note how it ended, and remove what is temporary. May be called twice."""
        if self._stays:
            self._run.leave()
        elif self._id is not None:
            outcome = self._run.facts()
            if self._saved is not None:
                outcome |= {"folder": str(self._saved.folder.absolute()), "f_score": self._saved.f_score}
            self._project.runs.end(self._id, self._status, outcome)
            self._id = None
        self._run.close()

    def _read_held_out(self) -> Iterator[Saving | Noted]:
        reader = self._run.reader()
        if reader is None:
            return
        try:
            texts = [text.text for text in held_out_texts(self._project.read.texts(), self._run.held_out)]
        except UserError as error:  # no reason to save nothing
            yield Noted(str(error))
            return
        for number, (text, found) in enumerate(zip(texts, reader.read_many(texts), strict=True)):
            if number % _SLICE == 0:
                yield Saving("Noting what it finds in the texts held out", 0.0)
            self._found.add(text, found)

    def _keep_found(self) -> Iterator[Noted]:
        if self._id is None:
            return
        try:
            self._project.runs.keep_found(self._id, self._found.to_json())
        except UserError as error:  # the pipeline is there all the same
            yield Noted(str(error))

    def _fail(self) -> None:
        """Where there is a checkpoint nothing is lost: the run can go on from it."""
        self._status = RunStatus.FAILED
        self._stays = self._run.can_go_on()

    def _note_iterations(self) -> Iterator[Noted]:
        if self._id is None:
            return
        try:
            self._project.runs.note_iterations(self._id, [iteration_to_json(one) for one in self._run.records()])
        except UserError as error:  # no reason to end a run of hours
            yield Noted(str(error))

    def _begin(self, folder: Path) -> int:
        settings = self._run.settings.to_json()
        return self._project.runs.begin(settings, {"run_folder": str(folder.absolute())})


def begin(project: Project, settings: TrainingSettings) -> KeptRun:
    """A new run on the texts of ``project``. Runs of it that were broken off stay as they are."""
    spared = [folder_of(one) for one in project.runs.running()]
    run = TrainingRun(
        project.read.texts,
        settings,
        unlabelled=lambda: _unlabelled(project),
        spared=spared,
        categories=project.categories.scheme(),
    )
    return KeptRun(project, run)


def go_on(project: Project, run: Run) -> KeptRun:
    """The run that was broken off goes on. Raises UserError where it cannot."""
    going_on = TrainingRun.broken_off(folder_of(run), project.read.texts, lambda: _unlabelled(project))
    return KeptRun(project, going_on, run.id)


def _unlabelled(project: Project) -> Iterator[str]:
    return unlabelled_texts(project.read.texts(project.read.text_ids(TextFilter(state=TextState.TODO))))
