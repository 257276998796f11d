"""The training loop: iterations, shuffling, batches, updates, scores. Its data and its scoring are handed to it.

The same steps as in spaCy's own ``spacy/training/loop.py`` (``train_while_improving``, ``create_train_batches``), but
scored at the end of each iteration, and a generator that can be left between any two batches. A test holds that its
weights are bit for bit those of ``spacy train``.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from spacy.language import Language
from spacy.training import Example
from spacy.training.loop import subdivide_batch
from thinc.api import Optimizer

from gadget_trainer.training.category_tally import CategoryTally
from gadget_trainer.training.example_list import tokens_at
from gadget_trainer.training.loading import has_exclusive_categories
from gadget_trainer.training.pace import Pace
from gadget_trainer.training.progress import BatchDone, EndedEarly, IterationDone, Scoring, TrainingRecord
from gadget_trainer.training.score import Tally
from gadget_trainer.training.weights import trainable


@dataclass(slots=True)
class Standing:
    """How far a course is. With the weights, the optimizer's state and the random numbers, the rest follows from it."""

    order: list[int]
    """Places of the examples that are learned from, as the latest iteration went through them."""
    iteration: int = 0
    """Iterations that are done."""
    updates: int = 0
    """Steps of the optimizer that are done."""
    highest: float = 0.0
    """The highest score so far."""
    highest_at: int = 0
    """The first iteration that reached it; 0 as long as nothing was right on the texts held out."""


@dataclass(frozen=True, slots=True)
class Course:
    """All that the loop needs to know."""

    nlp: Language
    examples: Sequence[Example]
    """None empty. There may be more of them after ``prepare``."""
    optimizer: Optimizer
    batches: Callable[[Iterable[Example]], Iterable[list[Example]]]
    iterations: int
    dropout: float
    frozen: list[str]
    """Components that don't learn."""
    recogniser: str
    """The component whose loss is told as the loss; empty where no entities are taught."""
    scored_labels: frozenset[str] | None
    """The labels that are scored, if not all."""
    held_out: Sequence[Example]
    score: Callable[[Tally], Iterator[int]]
    """Scores the pipeline on the texts held out, yielding how many are done."""
    keep: Callable[[float | None], bool]
    """Is told each score while the scored weights are in the pipeline; says if they are the best so far."""
    categoriser: str = ""
    """The component that learns categories; empty where none are taught."""
    score_weights: Mapping[str, float] = field(default_factory=dict)
    """With categories, what each of spaCy's scores counts in the score that decides."""
    prepare: Callable[[Standing], Iterator[TrainingRecord]] = lambda _standing: iter(())
    """Is called before each iteration, and may change which examples are learned from."""
    accumulate: int = 1
    """Parts of a batch whose gradients are summed before a step, spaCy's ``accumulate_gradient``."""
    evaluate_every: int = 1
    """Iterations between two scores; the last one is always scored."""
    patience: int = 0
    """Iterations without a better score after which the course ends; 0: never."""

    @property
    def main_component(self) -> str:
        """The component whose loss is told as the loss."""
        return self.recogniser or self.categoriser


def train(course: Course, standing: Standing) -> Iterator[TrainingRecord]:
    """Go through the examples until ``course.iterations`` are done, from where ``standing`` says that the course is.

    Draws from the process's random numbers. ``standing`` is that after an iteration when its record is yielded.
    """
    pace = Pace(course.iterations - standing.iteration)
    while standing.iteration < course.iterations:
        if _is_out_of_patience(course, standing):
            yield EndedEarly(standing.iteration - standing.highest_at, standing.highest_at)
            return
        yield from course.prepare(standing)
        yield from _iterate(course, standing, pace)


def update(course: Course, batch: list[Example], losses: dict[str, float]) -> None:
    """Learn from one batch: the gradients of all components first, then one step of the optimizer."""
    # False, unlike None, is spaCy's word for "no step of the optimizer yet".
    no_step = cast("Optimizer", False)  # noqa: FBT003
    # Each part from short to long, as spacy train does: the order of the sums decides the last bits of the weights.
    for part in subdivide_batch(batch, course.accumulate):  # type: ignore[no-untyped-call]
        for some, excluded in _by_what_is_known(course, part):
            course.nlp.update(some, drop=course.dropout, losses=losses, sgd=no_step, exclude=excluded)
    for _, component in trainable(course.nlp, course.frozen):
        component.finish_update(course.optimizer)
    course.optimizer.step_schedules()  # type: ignore[no-untyped-call]  # thinc forgot to type it


def _by_what_is_known(course: Course, part: list[Example]) -> Iterator[tuple[list[Example], list[str]]]:
    """The ``part``, and which components it says nothing to.

    To spaCy's component for exclusive categories, a text of which nobody said any is one that has none of them
    (``support_missing_values``): it would learn to be sure of nothing. So it does not see it.
    """
    if not course.categoriser or not has_exclusive_categories(course.nlp, course.categoriser):
        yield part, course.frozen
        return
    known = [example for example in part if example.reference.cats]
    unknown = [example for example in part if not example.reference.cats]
    if known:
        yield known, course.frozen
    if unknown:
        yield unknown, [*course.frozen, course.categoriser]


def _iterate(course: Course, standing: Standing, pace: Pace) -> Iterator[TrainingRecord]:
    iteration = standing.iteration + 1
    words = sum(tokens_at(course.examples, place) for place in standing.order)
    pace.begin_iteration(words)
    losses: dict[str, float] = {}
    words_done = 0
    random.shuffle(standing.order)
    for batch in course.batches(course.examples[place] for place in standing.order):
        batch_words = sum(len(example) for example in batch)
        with pace.learning(batch_words):
            update(course, batch, losses)
        standing.updates += 1
        words_done += batch_words
        loss = 1000 * float(losses.get(course.main_component, 0.0)) / words_done
        yield BatchDone(iteration, course.iterations, words_done, words, pace.seconds_left, loss)
    categories = CategoryTally.of(course.nlp, course.categoriser) if course.categoriser else None
    tally = Tally(course.scored_labels, categories=categories)
    with course.nlp.use_params(course.optimizer.averages):
        if _is_scored(course, iteration):
            for done in pace.scoring(course.score(tally)):
                yield Scoring(iteration, done, len(course.held_out))
        decisive = tally.combined(course.score_weights)
        best = course.keep(decisive)
    pace.end_iteration()
    _note(standing, iteration, decisive)
    yield _summary(course, iteration, losses, words, tally, pace, decisive, best=best)


def _is_scored(course: Course, iteration: int) -> bool:
    return iteration % course.evaluate_every == 0 or iteration == course.iterations


def _note(standing: Standing, iteration: int, decisive: float | None) -> None:
    standing.iteration = iteration
    if decisive is not None and decisive > standing.highest:
        standing.highest, standing.highest_at = decisive, iteration


def _is_out_of_patience(course: Course, standing: Standing) -> bool:
    """Whether the score has not risen for long. Patience begins with the first text that is right: small corpora
    stay at 0 for a while, and then rise.
    """
    since = standing.iteration - standing.highest_at
    due = standing.iteration % course.evaluate_every == 0
    return bool(course.patience and standing.highest_at and due and since >= course.patience)


def _next_score(course: Course, iteration: int) -> int:
    """Which iteration is scored next, where this one is not, and anything is held out."""
    if not course.held_out or _is_scored(course, iteration):
        return 0
    return min(iteration - iteration % course.evaluate_every + course.evaluate_every, course.iterations)


def _summary(
    course: Course,
    iteration: int,
    losses: dict[str, float],
    words: int,
    tally: Tally,
    pace: Pace,
    decisive: float | None,
    *,
    best: bool,
) -> IterationDone:
    total = tally.total()
    # numpy's numbers are no JSON and no Qt signal's payload.
    plain = {name: float(loss) for name, loss in losses.items()}
    loss = plain.get(course.main_component, 0.0)
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
        categories=tally.category_scores(),
        combined=decisive if course.categoriser else None,
        next_score=_next_score(course, iteration),
    )
