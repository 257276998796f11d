"""A run from the texts to the folder, one record at a time."""

import threading
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from spacy.language import Language
from thinc.api import fix_random_seed

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme
from gadget_trainer.errors import UserError
from gadget_trainer.training.beginning import Beginning
from gadget_trainer.training.building import build
from gadget_trainer.training.categories import NO_CATEGORIES
from gadget_trainer.training.checkpoint import read_checkpoint, remove_other_weights
from gadget_trainer.training.checkpoint_writer import CheckpointWriter
from gadget_trainer.training.coursing import course_of
from gadget_trainer.training.example_list import ExampleList, packed
from gadget_trainer.training.facts import facts
from gadget_trainer.training.gathering import Gathering
from gadget_trainer.training.guard import guarded
from gadget_trainer.training.joining import Joining
from gadget_trainer.training.keeping import Keeping
from gadget_trainer.training.loop import Course, train
from gadget_trainer.training.predict import Predictor
from gadget_trainer.training.progress import (
    IterationDone,
    Noted,
    Preparing,
    Resumed,
    SavingRecord,
    TrainingRecord,
)
from gadget_trainer.training.run_folder import RunFolder, beginning_of, write_files
from gadget_trainer.training.run_stages import MOST_TRIED
from gadget_trainer.training.saving import Outcome, save
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.state import RunState
from gadget_trainer.training.unfinished import has_checkpoint

_EXAMPLES = 50
"""Examples that are let go of, or put together, at a time."""


class TrainingRun:
    """One training. Create it anywhere; step it, save or discard it and close it in one and the same thread.

    The caller pauses by not asking for the next record, and stops by leaving the loop::

        run = TrainingRun(lambda: texts, settings)
        try:
            for record in run.steps(): ...
            for record in run.save(): ...
        finally:
            run.close()
    """

    def __init__(
        self,
        texts: Callable[[], Iterable[AnnotatedText]],
        settings: TrainingSettings,
        work_folder: Path | None = None,
        unlabelled: Callable[[], Iterable[str]] | None = None,
        spared: Collection[Path] = (),
        categories: CategoryScheme = NO_CATEGORIES,
        examples: ExampleList | None = None,
    ) -> None:
        """Nothing is read yet.

        ``texts`` is called more than once. ``work_folder`` is where temporary files go, else beside the output.
        ``unlabelled`` are texts without annotations, on which a base's own predictions are mixed in. ``spared`` are
        folders of broken runs that may still go on: others that are found beside the output are cleared away.
        ``categories`` are those that the texts can have; the run teaches those that finished ones do have. ``examples``
        is an empty list that keeps them otherwise than usual.
        """
        self._texts = texts
        self._settings = settings
        self._unlabelled = unlabelled
        self._scheme = categories
        self._broken_off: Path | None = None
        self._folder = RunFolder(settings, work_folder, spared)
        self._guard = ExitStack()
        self._samples: list[str] = []
        self._examples = ExampleList() if examples is None else examples
        self._keeping: Keeping | None = None
        self._beginning: Beginning | None = None
        self._state: RunState | None = None
        self._joining: Joining | None = None
        self._join_requested = threading.Event()
        self._writer: CheckpointWriter | None = None
        self._told_of_checkpoints = False

    @classmethod
    def broken_off(
        cls,
        folder: Path,
        texts: Callable[[], Iterable[AnnotatedText]],
        unlabelled: Callable[[], Iterable[str]] | None = None,
    ) -> "TrainingRun":
        """A run that goes on where the one in ``folder`` was broken off: with the losses that it would have had.

        ``texts`` and ``unlabelled`` are only looked at when texts join it. Raises UserError where it cannot go on.
        """
        run = cls(texts, Beginning.read(folder).settings, unlabelled=unlabelled)
        if not has_checkpoint(folder):
            raise UserError("The run was broken off before its first iteration was done. Start it again.")
        run._broken_off = folder
        return run

    @property
    def settings(self) -> TrainingSettings:
        """What was chosen before it began."""
        return self._settings

    @property
    def folder(self) -> Path | None:
        """Where it keeps its files and checkpoints; None before the first record after its start."""
        return self._folder.path

    @property
    def held_out(self) -> frozenset[int]:
        """The fingerprints of the texts that this run is scored on; empty until the texts have been read."""
        return self._beginning.split.held_out if self._beginning is not None else frozenset()

    @property
    def seen(self) -> frozenset[int]:
        """The ids of the finished texts that this run has taken in or that cannot join it."""
        began = self._beginning.done if self._beginning is not None else frozenset()
        return began.union(self._joining.looked_at if self._joining is not None else ())

    def records(self) -> list[IterationDone]:
        """The iterations that are done."""
        return list(self._state.records) if self._state is not None else []

    def facts(self) -> dict[str, Any]:
        """What the run was, of values that JSON knows; empty before it learned anything."""
        if self._beginning is None or self._state is None:
            return {}
        return {**facts(self._beginning, self._state), "held_out_texts": sorted(self.held_out)}

    def request_join(self) -> None:
        """Have the texts that were finished since the run began join at the next iteration. From any thread."""
        self._join_requested.set()

    def steps(self) -> Iterator[TrainingRecord]:
        """Prepare, and train iteration by iteration. Raises UserError for what the person can mend."""
        yield Preparing("Starting", 0.0)
        self._guard.enter_context(guarded(gpu=self._settings.gpu, numpy_blas=self._settings.numpy_blas))
        if self._broken_off is None:
            folder = self._folder.make()
            yield from self._fill(folder)
        else:
            self._beginning = Beginning.read(self._broken_off)
            folder = self._folder.reopen(self._broken_off)
        course = yield from self._course(folder)
        self._writer = CheckpointWriter(folder)
        if self._broken_off is None:
            # The seed is set here once more, because spacy train sets it again before it trains.
            fix_random_seed(self._settings.seed)
        else:
            yield Resumed(tuple(self.records()))
        state = self._state_so_far()
        for record in train(course, state.standing):
            if isinstance(record, IterationDone):
                record = state.note(record)  # noqa: PLW2901  # with what only the state knows of it
                self._writer.write(state.checkpoint())
            yield record
            yield from self._tell_of_checkpoints()

    def save(self) -> Iterator[SavingRecord]:
        """Save the best weights so far, proven, ending with a ``Saved``.

        The best are those of the iteration with the highest F-score, the later one of two alike; without texts held
        out those of the last iteration; and if no iteration was finished, those after the last batch. Raises
        UserError if there was no batch, or if the folder can't be written; then what was in it is unchanged.
        """
        state = self._state
        if state is None or self.folder is None or not state.standing.updates:
            raise UserError("Nothing was learned yet, so there is nothing to save. Let the training run a little.")
        if self._join_requested.is_set() and self._joining is not None:
            self._join_requested.clear()
            yield from self._joining.refuse()
        yield from save(
            Outcome(
                nlp=self._best(state),
                settings=self._settings,
                iteration=state.best_iteration,
                facts=facts(self._begun(), state),
                run_folder=self.folder,
                samples=self._samples,
                judged=self._begun().scored_labels,
                kept=state.kept,
                write_learned=self._write_learned if state.joined else None,
            )
        )

    def reader(self) -> Predictor | None:
        """What :meth:`save` saves, to read texts with; None where nothing was learned yet."""
        state = self._state
        return Predictor(self._best(state)) if state is not None and state.standing.updates else None

    def can_go_on(self) -> bool:
        """Whether this run could be resumed later, if its folder stayed."""
        return self.folder is not None and has_checkpoint(self.folder)

    def leave(self) -> None:
        """Close, but leave the folder, so that the run can go on later."""
        if self._writer is not None:
            self._writer.finish()
        self._folder.leave()
        self.close()

    def discard(self) -> None:
        """Remove everything temporary. Nothing can be saved afterwards."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._folder.remove()

    def close(self) -> None:
        """Discard, and give back to the process what the run had changed. May be called twice."""
        self.discard()
        # A hundred thousand examples that go all at once would hold up a window for a second.
        while self._examples:
            self._examples.drop_last(_EXAMPLES)
        self._joining = self._state = None
        self._guard.close()

    def _fill(self, folder: Path) -> Iterator[Preparing | Noted]:
        """Write what the run learns from, and know of it only what is needed: the texts and a base take much memory."""
        gathered = Gathering(self._texts, self._settings, self._unlabelled, self._scheme)
        yield from write_files(folder, self._settings, gathered)
        self._beginning, self._keeping = beginning_of(self._settings, gathered), gathered.keeping

    def _course(self, folder: Path) -> Generator[Preparing, None, Course]:
        """Build everything from the files, and bring it to where the run was broken off, if it was."""
        built = yield from build(folder, self._begun().documents, self._examples)
        nlp, begun = built.nlp, self._begun()
        self._samples = [one.reference.text for one in (built.held_out or built.examples)[:MOST_TRIED]]
        if self._broken_off is None:
            state = RunState.at_start(built, begun, self._keeping)
        else:
            checkpoint = read_checkpoint(folder)
            remove_other_weights(checkpoint, folder)
            state = RunState.at_checkpoint(built, begun, checkpoint, Keeping.read(folder, nlp.vocab))
        self._state = state
        self._joining = Joining(self._texts, begun, folder, state)
        return course_of(state, begun, lambda _standing: self._let_join())

    def _let_join(self) -> Iterator[TrainingRecord]:
        if self._joining is not None and self._join_requested.is_set():
            self._join_requested.clear()
            try:
                yield from self._joining.join()
            except OSError as error:
                yield Noted(f"No text could join the training: {error.strerror or error}. It goes on without them.")

    def _tell_of_checkpoints(self) -> Iterator[Noted]:
        problem = self._writer.problem() if self._writer is not None else None
        if problem is not None and not self._told_of_checkpoints:
            self._told_of_checkpoints = True
            yield Noted(
                f"The training could not be put on the disk after the latest iteration: {problem.strerror or problem}. "
                "It goes on; but if it is broken off, it can only go on from an earlier iteration."
            )

    def _best(self, state: RunState) -> Language:
        """The pipeline with the best weights so far, if there are any."""
        if state.best is not None:
            state.best.put_into(state.built.nlp)
        return state.built.nlp

    def _write_learned(self, path: Path) -> Iterator[None]:
        """Write the texts that were learned from in the end, where some joined."""
        docs = packed()
        places = sorted(self._state_so_far().standing.order)
        for number, _ in enumerate(self._examples.bundle(places, docs)):
            if number % _EXAMPLES == 0:
                yield
        docs.to_disk(path)

    def _begun(self) -> Beginning:
        if self._beginning is None:
            raise RuntimeError("the texts have not been read yet")
        return self._beginning

    def _state_so_far(self) -> RunState:
        if self._state is None:
            raise RuntimeError("nothing was built yet")
        return self._state
