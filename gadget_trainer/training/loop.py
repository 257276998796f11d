"""The training loop: iterations, shuffling, batches, updates, scores. Its data and its scoring are handed to it.

The same steps as in spaCy's own ``spacy/training/loop.py`` (``train_while_improving``, ``create_train_batches``), but
scored at the end of each iteration, and a generator that can be left between any two batches. A test holds that its
weights are bit for bit those of ``spacy train``.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from spacy.language import Language
from spacy.training import Example
from thinc.api import Optimizer

from gadget_trainer.training.pace import Pace
from gadget_trainer.training.progress import BatchDone, IterationDone, Scoring
from gadget_trainer.training.score import Tally
from gadget_trainer.training.weights import trainable


@dataclass(frozen=True, slots=True)
class Course:
    """All that the loop needs to know."""

    nlp: Language
    examples: list[Example]
    """Shuffled in place, none empty."""
    optimizer: Optimizer
    batches: Callable[[Iterable[Example]], Iterable[list[Example]]]
    iterations: int
    dropout: float
    frozen: list[str]
    """Components that don't learn."""
    recogniser: str
    """The component whose loss is told as the loss."""
    scored_labels: frozenset[str] | None
    """The labels that are scored, if not all."""
    held_out: list[Example]
    score: Callable[[Tally], Iterator[int]]
    """Scores the pipeline on the texts held out, yielding how many are done."""
    keep: Callable[[float | None], bool]
    """Is told each F-score while the scored weights are in the pipeline; says if they are the best so far."""


def train(course: Course) -> Iterator[BatchDone | Scoring | IterationDone]:
    """Go through the examples ``course.iterations`` times. Draws from the process's random numbers."""
    words = sum(len(example) for example in course.examples)
    pace = Pace(course.iterations, words)
    for iteration in range(1, course.iterations + 1):
        pace.begin_iteration()
        losses: dict[str, float] = {}
        words_done = 0
        random.shuffle(course.examples)
        for batch in course.batches(course.examples):
            batch_words = sum(len(example) for example in batch)
            with pace.learning(batch_words):
                update(course, batch, losses)
            words_done += batch_words
            loss = 1000 * float(losses.get(course.recogniser, 0.0)) / words_done
            yield BatchDone(iteration, course.iterations, words_done, words, pace.seconds_left, loss)
        tally = Tally(course.scored_labels)
        with course.nlp.use_params(course.optimizer.averages):
            for done in pace.scoring(course.score(tally)):
                yield Scoring(iteration, done, len(course.held_out))
            best = course.keep(tally.total().f_score)
        yield _summary(course, iteration, losses, words, tally, pace, best=best)


def update(course: Course, batch: list[Example], losses: dict[str, float]) -> None:
    """Learn from one batch: the gradients of all components first, then one step of the optimizer."""
    # From short to long, as spacy train does: the order of the sums decides the last bits of the weights.
    batch = sorted(batch, key=len)
    # False, unlike None, is spaCy's word for "no step of the optimizer yet".
    no_step = cast("Optimizer", False)  # noqa: FBT003
    course.nlp.update(batch, drop=course.dropout, losses=losses, sgd=no_step, exclude=course.frozen)
    for _, component in trainable(course.nlp, course.frozen):
        component.finish_update(course.optimizer)
    course.optimizer.step_schedules()  # type: ignore[no-untyped-call]  # thinc forgot to type it


def _summary(
    course: Course, iteration: int, losses: dict[str, float], words: int, tally: Tally, pace: Pace, *, best: bool
) -> IterationDone:
    total = tally.total()
    # numpy's numbers are no JSON and no Qt signal's payload.
    plain = {name: float(loss) for name, loss in losses.items()}
    loss = plain.get(course.recogniser, 0.0)
    return IterationDone(
        iteration=iteration,
        iterations=course.iterations,
        loss=loss,
        losses=plain,
        loss_per_1000_words=1000 * loss / words if words else 0.0,
        precision=total.precision,
        recall=total.recall,
        f_score=total.f_score,
        labels=tally.by_label(course.nlp.pipe_labels.get(course.recogniser, ())) if course.held_out else (),
        words_per_second=pace.words_per_second,
        seconds=pace.iteration_seconds,
        seconds_left=pace.seconds_left or 0.0,
        best=best,
        f_interval=tally.interval(),
    )
