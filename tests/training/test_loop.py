"""The loop is spaCy's, bit for bit, in any thread."""

import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest
import spacy
from gadget_corpus import sentences_with_gadgets
from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.training.loop import Course, Standing, train
from gadget_trainer.training.progress import EndedEarly, IterationDone
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings


def weights(nlp: Language) -> dict[str, list[np.ndarray]]:
    return {
        name: [
            node.get_param(param)
            for node in component.model.walk()
            for param in node.param_names
            if node.has_param(param)
        ]
        for name, component in nlp.pipeline
    }


def assert_same_weights(one: Language, other: Language) -> None:
    ours, theirs = weights(one), weights(other)
    assert ours.keys() == theirs.keys()
    for name, arrays in ours.items():
        assert len(arrays) == len(theirs[name]) > 0
        for left, right in zip(arrays, theirs[name], strict=True):
            np.testing.assert_array_equal(left, right)


def train_and_save(run: TrainingRun) -> list[IterationDone]:
    try:
        records = [record for record in run.steps() if isinstance(record, IterationDone)]
        list(run.save())
    finally:
        run.close()
    return records


def losses(records: list[IterationDone]) -> list[dict[str, float]]:
    return [record.losses for record in records]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The settings of a run that was saved, and its records."""
    chosen = TrainingSettings(
        output=tmp_path_factory.mktemp("here") / "model",
        language="xx",
        iterations=2,
        batch_size=80,
        compounding=True,
        accumulate=3,
        seed=7,
    )
    return chosen, train_and_save(TrainingRun(texts, chosen))


def texts() -> list[AnnotatedText]:
    return sentences_with_gadgets()[:40]


def test_weights_are_those_of_spacy_train(trained, tmp_path):
    """``python -m spacy train``, as README.md says."""
    chosen, records = trained
    # Of iterations alike the last is kept; that is spaCy's model-last.
    assert records[-1].best
    command = [sys.executable, "-m", "spacy", "train", "corpus/config.cfg", "--output", str(tmp_path)]
    subprocess.run(command, cwd=chosen.output, check=True, capture_output=True)
    assert_same_weights(spacy.load(chosen.output), spacy.load(tmp_path / "model-last"))


def test_weights_are_the_same_from_another_thread(trained, tmp_path):
    chosen, records = trained
    there = replace(chosen, output=tmp_path / "there")
    elsewhere: list[IterationDone] = []
    thread = threading.Thread(target=lambda: elsewhere.extend(train_and_save(TrainingRun(texts, there))))
    thread.start()
    thread.join()
    assert losses(elsewhere) == losses(records)
    assert_same_weights(spacy.load(chosen.output), spacy.load(there.output))


def test_seed_decides_the_losses(trained, tmp_path):
    """The same seed gives the same losses, as the test before shows."""
    chosen, records = trained
    run = TrainingRun(texts, replace(chosen, output=tmp_path / "model", seed=8))
    try:
        other = next(record for record in run.steps() if isinstance(record, IterationDone))
    finally:
        run.close()
    assert other.losses != records[0].losses


def course_of(f_scores, **changes):
    """A course whose scores are known beforehand, and what ``keep`` was told."""
    told = []
    f_scores = iter(f_scores)

    def tally_next(tally):
        f_score = next(f_scores)
        if f_score is not None:
            correct = round(10 * f_score)
            tally.marked["A"] = tally.predicted["A"] = 10
            tally.correct["A"] = correct
        yield 1

    def keep(f_score):
        told.append(f_score)
        return False

    course = Course(
        nlp=spacy.blank("xx"),
        examples=[],
        optimizer=Adam(0.001),
        batches=lambda _examples: [],
        iterations=changes.pop("iterations", 10),
        dropout=0.0,
        frozen=[],
        recogniser="ner",
        scored_labels=None,
        held_out=[],
        score=tally_next,
        keep=keep,
        **changes,
    )
    return course, told


@pytest.mark.parametrize(
    ("f_scores", "patience", "ends_after"),
    [
        ([0.5, 0.4, 0.5, 0.9], 2, 3),  # as good is not better
        ([0.5, 0.4, 0.6, 0.5, 0.5], 2, 5),
        ([0.0, 0.0, 0.0, 0.2, 0.1, 0.1], 2, 6),  # nothing right yet is no score to wait from
        ([None] * 10, 2, None),
        ([0.5] * 10, 0, None),
        ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0], 1, None),
    ],
)
def test_patience_is_with_the_score(f_scores, patience, ends_after):
    course, _ = course_of(f_scores, patience=patience)
    records = [one for one in train(course, Standing([])) if isinstance(one, IterationDone | EndedEarly)]
    if ends_after is None:
        assert [one.iteration for one in records] == list(range(1, 11))
        return
    *iterations, end = records
    assert len(iterations) == ends_after
    assert end == EndedEarly(patience, ends_after - patience)


def test_every_third_iteration_is_scored_and_the_last():
    course, told = course_of([0.3, 0.4, 0.5, 0.6], evaluate_every=3)
    records = [one for one in train(course, Standing([])) if isinstance(one, IterationDone)]
    assert [one.iteration for one in records if one.f_score is not None] == [3, 6, 9, 10]
    assert told == [None, None, 0.3, None, None, 0.4, None, None, 0.5, 0.6]
    assert {one.next_score for one in records} == {0}, "nothing is held out"
    course, _ = course_of([0.3, 0.4, 0.5, 0.6], evaluate_every=3)
    example = Example(course.nlp("a"), course.nlp("a"))
    records = [
        one for one in train(replace(course, held_out=[example]), Standing([])) if isinstance(one, IterationDone)
    ]
    assert [one.next_score for one in records] == [3, 3, 0, 6, 6, 0, 9, 9, 0, 0]


def test_patience_looks_at_scores_only():
    course, _ = course_of([0.3, 0.4, 0.4, 0.4], evaluate_every=3, patience=2)
    records = [one for one in train(course, Standing([])) if isinstance(one, IterationDone | EndedEarly)]
    assert [one.iteration for one in records[:-1]] == list(range(1, 10))
    assert records[-1] == EndedEarly(3, 6)
