"""Where a run keeps its files: made beside its output, filled with all that ``spacy train`` would need, or reopened."""

from collections.abc import Collection, Iterator
from pathlib import Path

from gadget_trainer.errors import UserError
from gadget_trainer.replacing import HiddenFolder, clear_leftovers, recover, write_through
from gadget_trainer.training.base import start_from_base
from gadget_trainer.training.beginning import Beginning
from gadget_trainer.training.check import refuse_unsafe_output
from gadget_trainer.training.config import CONFIG_FILE, HELD_OUT_FILE, START_FOLDER, TRAIN_FILE
from gadget_trainer.training.gathering import Gathering
from gadget_trainer.training.progress import Noted, Preparing
from gadget_trainer.training.run_stages import Stage
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.splitting import start_from_scratch

_RENEWED = (
    "The component for categories that the base has can't get further ones, so it is replaced by a new one. With “Keep "
    "what the base knew”, the new one also learns what the old one says."
)


class RunFolder:
    """The folder of one run, which is temporary unless it is left behind."""

    def __init__(self, settings: TrainingSettings, work_folder: Path | None, spared: Collection[Path]) -> None:
        """As a :class:`~gadget_trainer.training.run.TrainingRun` takes them; nothing is made yet."""
        self._settings = settings
        self._work_folder = work_folder
        self._spared = spared
        self._folder: HiddenFolder | None = None

    @property
    def path(self) -> Path | None:
        """Where it is; None as long as there is none, and once it was given up."""
        return self._folder.path if self._folder is not None else None

    def make(self) -> Path:
        """A new one. Raises UserError where it can't be written, or the settings are out of range."""
        target = self._settings.output
        if self._settings.problems():
            raise UserError(" ".join(self._settings.problems()))
        refuse_unsafe_output(target)
        try:
            recover(target)
            clear_leftovers(target, self._spared)
            beside = self._work_folder / target.name if self._work_folder else target
            self._folder = HiddenFolder(beside, "run")
            (self._folder.path / "corpus").mkdir()
        except OSError as error:
            raise UserError(
                f"“{target.parent}” can't be written: {error.strerror or error}. Choose another output folder."
            ) from error
        return self._folder.path

    def reopen(self, left_behind: Path) -> Path:
        """The one that a run left behind. Raises UserError where another window has it."""
        refuse_unsafe_output(self._settings.output)
        try:
            self._folder = HiddenFolder(self._settings.output, "run", left_behind=left_behind)
        except OSError as error:
            raise UserError(f"The run in “{left_behind}” can't go on here: it may go on in another window.") from error
        return left_behind

    def leave(self) -> None:
        """Leave it behind, so that the run can go on later."""
        if self._folder is not None:
            self._folder.leave()
            self._folder = None

    def remove(self) -> None:
        """Remove it with all that is in it. May be called twice."""
        if self._folder is not None:
            self._folder.remove()
            self._folder = None


def write_files(folder: Path, settings: TrainingSettings, gathered: Gathering) -> Iterator[Preparing | Noted]:
    """Write train.spacy, dev.spacy and config.cfg: from here on the run is what ``spacy train`` would do.

    Goes through the steps of ``gathered`` before. Raises UserError where there is nothing to learn from, or where the
    files can't be written.
    """
    yield from gathered.steps()
    corpus, base, taught = gathered.corpus, gathered.base, gathered.taught
    if not taught.components:
        raise UserError(
            "There is no span to learn from. Highlight some in a few texts, and mark the texts done; spans that "
            "overlap, that begin or end with a space, or that cut words don't count."
        )
    if base is not None and taught.categories.names and base.renews_categoriser:
        yield Noted(_RENEWED)
    yield Preparing("Describing the training", 1.0)
    try:
        if base is None:
            config = start_from_scratch(settings, corpus.train.words, folder, taught)
        else:
            config = start_from_base(settings, base, corpus.train.words, folder / START_FOLDER, taught)
        yield Preparing(Stage.FILES, 1.0)
        corpus.write(folder / TRAIN_FILE, folder / HELD_OUT_FILE)
        config.to_disk(folder / CONFIG_FILE)
        _write_beginning(folder, settings, gathered)
    except OSError as error:
        raise UserError(
            f"The training files could not be written to “{folder}”: {error.strerror or error}. Make room or "
            "choose another output folder."
        ) from error


def beginning_of(settings: TrainingSettings, gathered: Gathering) -> Beginning:
    """What a run was begun with."""
    return Beginning(
        settings=settings,
        split=gathered.split,
        data=gathered.data.number,
        documents=gathered.documents,
        scored_labels=gathered.base.taught if gathered.base is not None else None,
        done=frozenset(gathered.done),
    )


def _write_beginning(folder: Path, settings: TrainingSettings, gathered: Gathering) -> None:
    beginning_of(settings, gathered).write(folder)
    if gathered.keeping is not None:
        gathered.keeping.write(folder)
    # A checkpoint is worth nothing without the files that it goes with.
    write_through(folder)
