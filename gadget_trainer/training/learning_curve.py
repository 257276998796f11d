"""What more texts would bring: quick runs on a quarter, a half, three quarters and all of them, scored alike.

Each part holds the smaller ones, and which texts it holds follows from the seed and the texts, not from chance, so the
curve is the same when it is measured again. The texts held out are those of the run itself. Nothing is saved.
"""

import hashlib
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from math import ceil
from pathlib import Path

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme
from gadget_trainer.training.categories import NO_CATEGORIES, taught_categories
from gadget_trainer.training.learnable import takes_part
from gadget_trainer.training.progress import BatchDone, IterationDone, TrainingRecord
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.split import Split, choose_split
from gadget_trainer.training.what_next import CurvePoint, CurveStep

Texts = Callable[[], Iterable[AnnotatedText]]

SHARES = (0.25, 0.5, 0.75, 1.0)
_MOST_ITERATIONS = 12
"""Of each run: the shape of the curve is asked for, not the last point of F."""


def learning_curve(
    texts: Texts,
    settings: TrainingSettings,
    unlabelled: Callable[[], Iterable[str]] | None = None,
    categories: CategoryScheme = NO_CATEGORIES,
) -> Iterator[CurveStep | CurvePoint]:
    """Train on growing parts of ``texts`` with ``settings`` and yield a CurvePoint for each, CurveSteps between.

    The F of a point is its best iteration's, with categories the score that decides which one that is. ``unlabelled``
    and ``categories`` are what a :class:`TrainingRun` takes. Stop by not asking for the next record. Raises UserError
    when a run can't start.
    """
    yield CurveStep("Choosing the texts", 0.0)
    split = choose_split(texts(), settings.held_out, taught_categories(texts(), categories))
    ranked = _ranked(texts(), split, settings.seed)
    quick = replace(settings, iterations=min(settings.iterations, _MOST_ITERATIONS))
    behind = 0.0
    for share in SHARES:
        part = frozenset(ranked[: ceil(share * len(ranked))]) | split.learned
        name = f"Learning from {share * 100:.0f} % of the texts"
        with tempfile.TemporaryDirectory(prefix="gadget-curve-") as folder:
            run = TrainingRun(
                _only(texts, split, part),
                replace(quick, output=Path(folder) / "model"),
                unlabelled=unlabelled,
                categories=categories,
            )
            with closing(run):
                best = yield from _best(run.steps(), name, behind, share)
        behind += share / sum(SHARES)
        number = sum(fingerprint(text.text) in part for text in texts() if takes_part(text))
        yield CurvePoint(share, number, best.score if best else None, best.score_interval if best else None)


def _best(
    records: Iterator[TrainingRecord], name: str, behind: float, share: float
) -> Generator[CurveStep, None, IterationDone | None]:
    """Go through a run, and return its best iteration."""
    best: IterationDone | None = None
    for record in records:
        if isinstance(record, IterationDone) and record.best:
            best = record
        done = 0.0
        if isinstance(record, BatchDone):
            done = (record.iteration - 1 + record.fraction) / record.iterations
        elif isinstance(record, IterationDone):
            done = record.iteration / record.iterations
        else:
            continue
        yield CurveStep(name, behind + done * share / sum(SHARES))
    return best


def _ranked(texts: Iterable[AnnotatedText], split: Split, seed: int) -> Sequence[int]:
    """The fingerprints that are learned from, in an order that the seed and the texts decide."""
    learned = {fingerprint(text.text) for text in texts if takes_part(text) and split.learns_from(text.text)}
    salt = str(seed).encode()
    return sorted(learned, key=lambda key: hashlib.blake2b(key.to_bytes(8, "big"), digest_size=8, salt=salt).digest())


def _only(texts: Texts, split: Split, part: frozenset[int]) -> Texts:
    """Those of ``texts`` that are held out, and those in ``part``."""
    wanted = part | split.held_out

    def chosen() -> Iterator[AnnotatedText]:
        return (text for text in texts() if fingerprint(text.text) in wanted)

    return chosen
