"""Settings say in words what is out of range, and know no spaCy."""

import subprocess
import sys
from pathlib import Path

import pytest

from gadget_trainer.training.settings import TrainingSettings, automatic_batch_size, suggested_iterations


def test_defaults_are_in_range():
    assert TrainingSettings(output=Path("model")).problems() == []


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("iterations", 0, "iterations"),
        ("batch_size", 5, "batch"),
        ("dropout", 1.0, "dropout"),
        ("held_out", -0.1, "held out"),
        ("seed", 2**32, "seed"),
        ("language", " ", "language"),
        ("output", Path(), "folder"),
    ],
)
def test_each_value_out_of_range_is_one_sentence(name, value, word):
    problems = TrainingSettings(**{"output": Path("model"), name: value}).problems()
    assert len(problems) == 1
    assert word in problems[0]
    assert problems[0].endswith(".")


def test_more_words_mean_larger_batches_and_fewer_iterations():
    words = [1, 500, 5_000, 50_000, 5_000_000]
    sizes = [automatic_batch_size(number) for number in words]
    iterations = [suggested_iterations(number) for number in words]
    assert sizes == sorted(sizes)
    assert sizes[-1] == 1000
    assert iterations == sorted(iterations, reverse=True)
    assert iterations[0] == 40
    assert iterations[-1] == 8


def test_form_needs_no_spacy():
    """The modules that the window's form uses must not cost the two seconds of importing spaCy."""
    code = (
        "import sys\n"
        "from gadget_trainer.training import check, languages, learnable, progress, settings, split\n"
        "assert languages.languages()\n"
        "assert not {'spacy', 'thinc', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
