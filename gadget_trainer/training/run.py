"""A run from the texts to the folder, one record at a time."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from math import sqrt
from pathlib import Path

from spacy.language import Language
from spacy.schemas import ConfigSchemaTraining
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.util import load_config, registry, resolve_dot_names
from thinc.api import fix_random_seed

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.training.base import Base, load_base, start_from_base
from gadget_trainer.training.check import refuse_unsafe_output
from gadget_trainer.training.config import (
    CONFIG_FILE,
    HELD_OUT_FILE,
    START_FOLDER,
    TRAIN_FILE,
    absolute,
    config_from_scratch,
)
from gadget_trainer.training.corpus import TrainingCorpus, collect, collect_more
from gadget_trainer.training.guard import guarded
from gadget_trainer.training.keeping import Keeping
from gadget_trainer.training.kept_labels import KeptLabel
from gadget_trainer.training.learnable import takes_part
from gadget_trainer.training.loading import entity_recogniser
from gadget_trainer.training.loop import Course, train
from gadget_trainer.training.mixing import Mixing, in_turn, unlabelled_words
from gadget_trainer.training.progress import BatchDone, IterationDone, Preparing, SavingRecord, TrainingRecord
from gadget_trainer.training.replacing import HiddenFolder, clear_leftovers, recover
from gadget_trainer.training.saving import Outcome, save
from gadget_trainer.training.score import Tally, score, without_say
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import texts_of_file
from gadget_trainer.training.split import Split, choose_split
from gadget_trainer.training.tokens import Tokens, TokenSource
from gadget_trainer.training.weights import Weights

_SAMPLES = 50
"""Texts that a saved pipeline is tried on."""
_EXAMPLES = 50
"""Examples that are built between two records."""


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
    ) -> None:
        """Nothing is read yet.

        ``texts`` is called more than once. ``work_folder`` is where temporary files go, else beside the output.
        ``unlabelled`` are texts without annotations, on which a base's own predictions are mixed in.
        """
        self._texts = texts
        self._settings = settings
        self._unlabelled = unlabelled
        self._work_folder = work_folder
        self._folder: HiddenFolder | None = None
        self._guard = ExitStack()
        self._nlp: Language | None = None
        self._samples: list[str] = []
        self._examples: list[Example] = []
        self._best: Weights | None = None
        self._best_choice: float | None = None
        self._best_iteration: IterationDone | None = None
        self._scored_labels: frozenset[str] | None = None
        self._keeping: Keeping | None = None
        self._kept: tuple[KeptLabel, ...] = ()
        self._choice: float | None = None
        self._documents = 0
        self._batches = 0
        self._seconds = 0.0
        self._held_out: frozenset[int] = frozenset()

    @property
    def held_out(self) -> frozenset[int]:
        """The fingerprints of the texts that this run is scored on; empty until the texts have been read."""
        return self._held_out

    def steps(self) -> Iterator[TrainingRecord]:
        """Prepare, and train iteration by iteration. Raises UserError for what the person can mend."""
        yield Preparing("Starting", 0.0)
        self._guard.enter_context(guarded())
        folder = self._make_folder()
        yield from self._write_files(folder)
        course = yield from self._course(folder)
        # The seed is set here once more, because spacy train sets it again before it trains.
        fix_random_seed(self._settings.seed)
        for record in train(course):
            if isinstance(record, IterationDone):
                yield self._noted(record)
            else:
                self._batches += isinstance(record, BatchDone)
                yield record

    def save(self) -> Iterator[SavingRecord]:
        """Save the best weights so far, proven, ending with a ``Saved``.

        The best are those of the iteration with the highest F-score, the later one of two alike; without texts held
        out those of the last iteration; and if no iteration was finished, those after the last batch. Raises
        UserError if there was no batch, or if the folder can't be written; then what was in it is unchanged.
        """
        if self._nlp is None or self._folder is None or not self._batches:
            raise UserError("Nothing was learned yet, so there is nothing to save. Let the training run a little.")
        if self._best is not None:
            self._best.put_into(self._nlp)
        yield from save(
            Outcome(
                nlp=self._nlp,
                settings=self._settings,
                iteration=self._best_iteration,
                seconds=self._seconds,
                run_folder=self._folder.path,
                samples=self._samples,
                judged=self._scored_labels,
                kept=self._kept,
            )
        )

    def discard(self) -> None:
        """Remove everything temporary. Nothing can be saved afterwards."""
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def close(self) -> None:
        """Discard, and give back to the process what the run had changed. May be called twice."""
        self.discard()
        # A hundred thousand examples that go all at once would hold up a window for a second.
        while self._examples:
            del self._examples[-_EXAMPLES:]
        self._nlp = None
        self._guard.close()

    def _make_folder(self) -> Path:
        target = self._settings.output
        if self._settings.problems():
            raise UserError(" ".join(self._settings.problems()))
        refuse_unsafe_output(target)
        try:
            recover(target)
            clear_leftovers(target)
            beside = self._work_folder / target.name if self._work_folder else target
            self._folder = HiddenFolder(beside, "run")
            (self._folder.path / "corpus").mkdir()
        except OSError as error:
            raise UserError(
                f"“{target.parent}” can't be written: {error.strerror or error}. Choose another output folder."
            ) from error
        return self._folder.path

    def _write_files(self, folder: Path) -> Iterator[Preparing]:
        """Write train.spacy, dev.spacy and config.cfg: from here on the run is what ``spacy train`` would do."""
        yield Preparing("Loading the tokenizer", 0.0)
        corpus = TrainingCorpus()
        base = load_base(self._settings, self._texts) if self._settings.base else None
        yield from self._collect(corpus, base)
        if not corpus.train.spans:
            raise UserError(
                "There is no span to learn from. Highlight some in a few texts, and mark the texts done; spans that "
                "cut words or that overlap don't count."
            )
        self._documents = len(corpus.train.docs) + len(corpus.held_out.docs)
        yield Preparing("Writing the training files", 1.0)
        try:
            if base is None:
                config = config_from_scratch(self._settings, corpus.train.words)
            else:
                config = start_from_base(self._settings, base, corpus.train.words, folder / START_FOLDER)
                self._scored_labels = base.taught
            corpus.write(folder / TRAIN_FILE, folder / HELD_OUT_FILE)
            config.to_disk(folder / CONFIG_FILE)
        except OSError as error:
            raise UserError(
                f"The training files could not be written to “{folder}”: {error.strerror or error}. Make room or "
                "choose another output folder."
            ) from error

    def _collect(self, corpus: TrainingCorpus, base: Base | None) -> Iterator[Preparing]:
        """Read the texts, and with a base what it knows of them and of texts without annotations."""
        tokens = TokenSource(self._settings)
        split = choose_split(self._texts(), self._settings.held_out)
        self._held_out = split.held_out
        if base is None or not base.recogniser:
            yield from collect(self._texts, split, tokens, corpus)
            return
        yield from self._note_what_is_known(base, split, tokens)
        if not self._settings.mix_in:
            yield from collect(self._texts, split, tokens, corpus)
            return
        mixing = Mixing(base)
        yield from collect(self._texts, split, tokens, corpus, mixing.with_predictions)
        words = unlabelled_words(corpus.train.words, self._settings.mix_in_amount)
        unlabelled = (text for text in self._without_annotations() if split.learns_from(text))
        yield from collect_more(mixing.predicted(unlabelled), words, tokens, corpus)

    def _note_what_is_known(self, base: Base, split: Split, tokens: Tokens) -> Iterator[Preparing]:
        self._keeping = Keeping(base.kept, base.retaught)
        held_out = (text for text in self._texts() if takes_part(text) and split.scores_on(text))
        unlabelled = (text for text in self._without_annotations() if not split.learns_from(text))
        yield from self._keeping.collect(base, tokens, held_out, unlabelled)

    def _without_annotations(self) -> Iterator[str]:
        """Texts of the file that the person added and of the project, in turn."""
        chosen = self._settings
        added = texts_of_file(chosen.mix_in_file) if chosen.mix_in and chosen.mix_in_file else ()
        return in_turn(added, self._unlabelled() if self._unlabelled is not None else ())

    def _course(self, folder: Path) -> Generator[Preparing, None, Course]:
        """Build the pipeline and the examples from the files."""
        yield Preparing("Building the model", 0.0)
        config = load_config(folder / CONFIG_FILE, interpolate=False)
        overrides = absolute(config, folder)
        nlp = init_nlp(load_config(folder / CONFIG_FILE, overrides=overrides, interpolate=False))
        interpolated = nlp.config.interpolate()
        training = registry.resolve(interpolated["training"], schema=ConfigSchemaTraining)
        readers = resolve_dot_names(interpolated, [training["train_corpus"], training["dev_corpus"]])
        examples = self._examples
        held_out: list[Example] = []
        for side, read in zip((examples, held_out), readers, strict=True):
            for example in read(nlp):
                built = len(examples) + len(held_out)
                if built % _EXAMPLES == 0:
                    yield Preparing("Building the examples", built / self._documents)
                side.append(example)
        self._nlp = nlp
        self._samples = [example.reference.text for example in (held_out or examples)[:_SAMPLES]]
        frozen = list(training["frozen_components"])
        idle = without_say(nlp, frozen)
        return Course(
            nlp=nlp,
            examples=examples,
            optimizer=training["optimizer"],
            batches=training["batcher"],
            iterations=self._settings.iterations,
            dropout=self._settings.dropout,
            frozen=frozen,
            recogniser=entity_recogniser(nlp),
            scored_labels=self._scored_labels,
            held_out=held_out,
            score=lambda tally: self._score(nlp, held_out, idle, tally),
            keep=lambda f_score: self._keep(f_score, frozen),
        )

    def _score(self, nlp: Language, held_out: list[Example], idle: list[str], tally: Tally) -> Iterator[int]:
        """Score on the texts held out, and on what the base knew."""
        yield from score(nlp, held_out, idle, tally)
        if self._keeping is not None:
            for _ in self._keeping.score(nlp, idle):
                yield len(held_out)

    def _noted(self, record: IterationDone) -> IterationDone:
        self._seconds += record.seconds
        noted = replace(record, choice=self._choice)
        if noted.best:
            self._best_iteration = noted
        return noted

    def _keep(self, f_score: float | None, frozen: list[str]) -> bool:
        """Put the weights aside if they are the best so far.

        With a base what it knew counts as much as what is taught, by the geometric mean: the arithmetic one preferred
        a first iteration that had learned nothing, and so had forgotten nothing.
        """
        kept = self._keeping.f_score() if self._keeping is not None else None
        self._choice = f_score if kept is None or f_score is None else sqrt(f_score * kept)
        if self._nlp is None or (
            self._best_choice is not None and self._choice is not None and self._choice < self._best_choice
        ):
            return False
        self._best, self._best_choice = Weights(self._nlp, frozen), self._choice
        self._kept = self._keeping.labels() if self._keeping is not None else ()
        return True
