"""How long a run will take: measured, with the real model on a slice of the texts."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.errors import UserError
from gadget_trainer.training.categories import NO_CATEGORIES, taught_categories
from gadget_trainer.training.check.size import Size, Sizes
from gadget_trainer.training.progress import BatchDone, IterationDone, Preparing, Scoring, TrainingRecord
from gadget_trainer.training.settings import TrainingSettings, automatic_batch_size
from gadget_trainer.training.split import choose_split

_LARGEST_BATCH = 1_000
"""Words: the speed hardly depends on the size above it."""
_LEAST_WORDS = 600
_BATCHES = 3
"""Updates that the slice should be enough for; the first one, which makes the arrays, is not timed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What updates and scoring took, in seconds a word."""

    learning: float
    scoring: float

    def iteration(self, size: Size) -> float:
        """The seconds that an iteration takes, with its score."""
        learned, scored = size.words + size.beside.mixed, size.held_out_words + size.beside.noted
        return self.learning * learned + self.scoring * scored


def measure(
    sizes: Sizes, settings: TrainingSettings, size: Size, categories: CategoryScheme = NO_CATEGORIES
) -> Generator[Preparing, None, Measured | None]:
    """Begin a run on some of the texts, and stop it after one iteration: about a second of work.

    Step it in one thread. The run is guarded as any other, so that the process's random numbers stay as they are, and
    leaves nothing behind. ``categories`` are those that are taught. None where the slice is no corpus to train on.
    """
    # spaCy takes two seconds to import; importing this package must not.
    from gadget_trainer.training.run import TrainingRun  # noqa: PLC0415

    batch = min(settings.batch_size or automatic_batch_size(size.words), _LARGEST_BATCH)
    sample = sizes.sample(max(_BATCHES * batch, _LEAST_WORDS))
    texts = [text for text, _ in sample]
    split = choose_split(texts, settings.held_out, taught_categories(texts, categories))
    scored = sum(words for text, words in sample if split.scores_on(text))
    with TemporaryDirectory(prefix="gadget-trainer-") as folder:
        tried = replace(
            settings,
            output=Path(folder) / "model",
            iterations=1,
            batch_size=batch,
            compounding=False,
            mix_in=False,
        )
        run = TrainingRun(lambda: texts, tried, categories=categories)
        try:
            return (yield from _time(run.steps(), scored))
        except UserError:
            # No sound span is in the slice; the run itself will say what is wrong, if anything is.
            return None
        finally:
            run.close()


def _time(records: Iterator[TrainingRecord], scored: int) -> Generator[Preparing, None, Measured | None]:
    """What the updates after the first took, which made the arrays; and the scoring of ``scored`` words."""
    before = perf_counter()
    first: tuple[float, int] | None = None
    learning = 0.0
    for record in records:
        now = perf_counter()
        if isinstance(record, IterationDone):
            return Measured(learning, (now - before) / scored if scored else 0.0) if learning else None
        if isinstance(record, BatchDone):
            if first is None:
                first = now, record.words_done
                learning = (now - before) / max(record.words_done, 1)
            else:
                learning = (now - first[0]) / (record.words_done - first[1])
            before = now
        elif not isinstance(record, Scoring):
            before = now
        yield Preparing("Measuring how fast it learns", 0.5)
    return None
