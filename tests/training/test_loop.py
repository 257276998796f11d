"""The loop is spaCy's, bit for bit, in any thread."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language

from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run import TrainingRun


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
def spacy_trains():
    """``python -m spacy train``, as HOW_TO_USE.txt says."""

    def train(folder: Path, output: Path) -> Language:
        command = [sys.executable, "-m", "spacy", "train", "corpus/config.cfg", "--output", str(output)]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return spacy.load(output / "model-last")

    return train


def test_weights_are_those_of_spacy_train(gadget_texts, settings, spacy_trains, tmp_path):
    chosen = settings(iterations=4, batch_size=30, compounding=True, seed=7)
    records = train_and_save(TrainingRun(lambda: gadget_texts, chosen))
    # The corpus is so easy that the last iteration is among the best; that is spaCy's model-last.
    assert records[-1].best
    assert_same_weights(spacy.load(chosen.output), spacy_trains(chosen.output, tmp_path / "spacy"))


def test_weights_are_the_same_from_another_thread(gadget_texts, settings, tmp_path):
    here = settings(output=tmp_path / "here", held_out=0.0)
    there = settings(output=tmp_path / "there", held_out=0.0)
    records = train_and_save(TrainingRun(lambda: gadget_texts[:40], here))
    elsewhere: list[IterationDone] = []
    thread = threading.Thread(
        target=lambda: elsewhere.extend(train_and_save(TrainingRun(lambda: gadget_texts[:40], there)))
    )
    thread.start()
    thread.join()
    assert losses(elsewhere) == losses(records)
    assert_same_weights(spacy.load(here.output), spacy.load(there.output))


def test_seed_decides_the_losses(gadget_texts, settings):
    def run(seed: int) -> list[dict[str, float]]:
        steps = TrainingRun(lambda: gadget_texts[:20], settings(seed=seed, iterations=1))
        try:
            return losses([record for record in steps.steps() if isinstance(record, IterationDone)])
        finally:
            steps.close()

    first = run(0)
    assert run(0) == first
    assert run(1) != first
