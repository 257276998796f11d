"""How long a run will take: measured, with the real model on a slice of the texts."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme
from gadget_trainer.errors import UserError
from gadget_trainer.training.categories import NO_CATEGORIES, taught_categories
from gadget_trainer.training.check.around import Around, Slice, passes
from gadget_trainer.training.check.size import Size, Sizes
from gadget_trainer.training.check.stage_times import StageTimes
from gadget_trainer.training.progress import BatchDone, IterationDone, Preparing, Scoring, TrainingRecord
from gadget_trainer.training.run_stages import MOST_TRIED
from gadget_trainer.training.settings import TrainingSettings, automatic_batch_size
from gadget_trainer.training.sources import texts_of_file, words_in
from gadget_trainer.training.split import choose_split

if TYPE_CHECKING:  # spaCy behind it takes two seconds to import, for which who imports this package must not wait
    from gadget_trainer.training.run import TrainingRun

_LARGEST_BATCH = 1_000
"""Words: the speed hardly depends on the size above it."""
_LEAST_WORDS = 600
_UNLABELLED_WORDS = 600
_BATCHES = 3
"""Updates that the slice should be enough for; the first one, which makes the arrays, is not timed."""
_STEP = Preparing("Measuring how fast it learns", 0.5)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run takes, in seconds; learning and scoring a word."""

    learning: float
    scoring: float
    keeping: float = 0.0
    """At the end of an iteration: the weights and what follows from the scores."""
    around: Around = field(default_factory=Around)
    dividing: float = 0.0
    """Going through all texts of the project as often as a run does before its first iteration."""

    def iteration(self, size: Size) -> float:
        """The seconds that an iteration takes, with its score."""
        learned, scored = size.words + size.beside.mixed, size.held_out_words + size.beside.noted
        return self.learning * learned + self.scoring * scored + self.keeping

    def before(self, size: Size) -> float:
        """The seconds until the first iteration begins."""
        return self.dividing + self.around.before(size)

    def after(self, size: Size) -> float:
        """The seconds from the last iteration until the pipeline is saved, proven, and has read the texts held out."""
        return self.around.after(size) + self.scoring * size.held_out_words


def measure(
    sizes: Sizes,
    settings: TrainingSettings,
    size: Size,
    categories: CategoryScheme = NO_CATEGORIES,
    going_through: float = 0.0,
) -> Generator[Preparing, None, Measured | None]:
    """Begin a run on some of the texts, stop it after one iteration, and save it: a few seconds of work.

    Step it in one thread. The run is guarded as any other, so that the process's random numbers stay as they are, and
    leaves nothing behind. ``categories`` are those that are taught. ``going_through`` all texts of the project took so
    many seconds. None where the slice is no corpus to train on.
    """
    from gadget_trainer.training.example_list import MOST_KEPT, ExampleList  # noqa: PLC0415 - spaCy
    from gadget_trainer.training.run import TrainingRun  # noqa: PLC0415 - spaCy

    batch = min(settings.batch_size or automatic_batch_size(size.words), _LARGEST_BATCH)
    sample = sizes.sample(max(_BATCHES * batch, _LEAST_WORDS))
    texts = [text for text, _ in sample]
    with TemporaryDirectory(prefix="gadget-trainer-") as folder:
        tried = replace(
            settings,
            output=Path(folder) / "model",
            iterations=1,
            batch_size=batch,
            compounding=False,
            mix_in=bool(size.beside.mixed),
            mix_in_file="",
        )
        will_pack = size.words + size.beside.mixed > MOST_KEPT
        try:
            unlabelled = _unlabelled(sizes, settings) if size.beside.mixed else []
            run = TrainingRun(
                lambda: texts,
                tried,
                unlabelled=lambda: unlabelled,
                categories=categories,
                examples=ExampleList(0 if will_pack else None),
            )
            try:
                read = _slice(sample, unlabelled, settings, size, categories)
                measured = yield from _time(run, read)
            finally:
                run.close()
        except UserError:
            # No sound span is in the slice; the run itself will say what is wrong, if anything is.
            return None
    times = times_gone_through(settings, categories)
    return replace(measured, dividing=times * going_through) if measured is not None else None


def times_gone_through(settings: TrainingSettings, categories: CategoryScheme) -> int:
    """How often a run goes through all texts before its first iteration; ``categories`` are those that are taught.

    To divide them, to count them and to prepare them; to know which categories they have; with a base to know what it
    is taught, and to note what it knows of them.
    """
    return 3 + bool(categories.names) + (2 if settings.base else 0)


def _unlabelled(sizes: Sizes, settings: TrainingSettings) -> list[str]:
    """Some texts without annotations, of the project and of the file that is mixed in. Raises UserError."""
    texts = sizes.unlabelled(_UNLABELLED_WORDS)
    words = 0
    for text in texts_of_file(settings.mix_in_file) if settings.mix_in_file else ():
        texts.append(text)
        words += words_in(len(text))
        if words >= _UNLABELLED_WORDS:
            break
    return texts


def _slice(
    sample: list[tuple[AnnotatedText, int]],
    unlabelled: list[str],
    settings: TrainingSettings,
    size: Size,
    categories: CategoryScheme,
) -> Slice:
    """What a run on these texts reads, but for what only the run can tell."""
    texts = [text for text, _ in sample]
    split = choose_split(texts, settings.held_out, taught_categories(texts, categories))
    offered = [words_in(len(text)) for text in unlabelled if split.learns_from(text)]
    held_out = sum(words for text, words in sample if split.scores_on(text))
    apart = sum(words_in(len(text)) for text in unlabelled) - sum(offered)
    scored_on = sum(split.scores_on(text) for text in texts)
    return Slice(
        learned=sum(words for text, words in sample if split.learns_from(text.text)),
        held_out=held_out,
        offered=sum(offered),
        noted=held_out + apart if size.beside.noted else 0,
        tried=min(scored_on or len(texts), MOST_TRIED),
    )


def _time(run: "TrainingRun", read: Slice) -> Generator[Preparing, None, Measured | None]:
    """One iteration of ``run``, what is before it, and the saving."""
    from gadget_trainer.training.config import CONFIG_FILE  # noqa: PLC0415 - spaCy

    before, after = StageTimes(), StageTimes()
    iteration = yield from _time_iteration(before.passing(run.steps()), before, read)
    if iteration is None or run.folder is None:
        return None
    measured, words = iteration
    readings = passes((run.folder / CONFIG_FILE).read_text(encoding="utf-8"))
    for _ in after.passing(run.save()):
        yield _STEP
    read = replace(read, mixed=max(words - read.learned, 0))
    return replace(measured, around=Around.of(before, after, read, readings))


def _time_iteration(
    records: Iterator[TrainingRecord], times: StageTimes, read: Slice
) -> Generator[Preparing, None, tuple[Measured, int] | None]:
    """What updates and scorings took, and how many words were learned from; None where there were none."""
    updates: list[tuple[int, float]] = []
    scoring, words = 0.0, 0
    for record in records:
        if isinstance(record, BatchDone):
            updates.append((record.words_done - sum(done for done, _ in updates), times.last))
            words = record.words_total
        elif isinstance(record, Scoring):
            scoring += times.last
        elif isinstance(record, IterationDone):
            # The first update, which makes the arrays, counts only where it is the only one.
            told = updates[1:] or updates
            learning = sum(seconds for _, seconds in told) / max(sum(done for done, _ in told), 1)
            return Measured(learning, scoring / max(read.held_out + read.noted, 1), times.last), words
        yield _STEP
    return None
