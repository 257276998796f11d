"""What the loop of a run goes through: its course, made of what was built and of what the run chose."""

from collections.abc import Callable, Iterator
from functools import partial

from gadget_trainer.training.beginning import Beginning
from gadget_trainer.training.loading import entity_recogniser, text_categoriser
from gadget_trainer.training.loop import Course, Standing
from gadget_trainer.training.progress import TrainingRecord
from gadget_trainer.training.score import Tally, score, without_say
from gadget_trainer.training.state import RunState


def course_of(state: RunState, beginning: Beginning, prepare: Callable[[Standing], Iterator[TrainingRecord]]) -> Course:
    """The course from where ``state`` is; ``prepare`` is called before each iteration."""
    built, settings = state.built, beginning.settings
    nlp = built.nlp
    categoriser = text_categoriser(nlp, passed_over=built.frozen) if beginning.split.categories.names else ""
    return Course(
        nlp=nlp,
        examples=built.examples,
        optimizer=built.optimizer,
        batches=built.batches,
        iterations=settings.iterations,
        dropout=built.dropout,
        frozen=built.frozen,
        recogniser=entity_recogniser(nlp, passed_over=built.frozen),
        categoriser=categoriser,
        score_weights=built.score_weights,
        scored_labels=beginning.scored_labels,
        held_out=built.held_out,
        score=partial(_score, state, without_say(nlp, built.frozen), categoriser),
        keep=state.keep,
        prepare=prepare,
        accumulate=built.accumulate,
        evaluate_every=settings.evaluate_every,
        patience=settings.patience,
    )


def _score(state: RunState, idle: list[str], categoriser: str, tally: Tally) -> Iterator[int]:
    """Score on the texts held out, and on what the base knew."""
    built = state.built
    yield from score(built.nlp, built.held_out, idle, tally)
    if state.keeping is not None:
        for _ in state.keeping.score(built.nlp, idle, categoriser):
            yield len(built.held_out)
