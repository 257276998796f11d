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

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.training.progress import IterationDone
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
        output=tmp_path_factory.mktemp("here") / "model", iterations=2, batch_size=80, compounding=True, seed=7
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
