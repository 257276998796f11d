"""Settings say in words what is out of range, and know no spaCy."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gadget_trainer.errors import UserError
from gadget_trainer.training.settings import (
    TrainingSettings,
    automatic_batch_size,
    read_config,
    suggested_iterations,
)


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
        ("optimizer", "SGD", "optimiser"),
        ("learn_rate", -0.001, "learn rate"),
        ("accumulate", 0, "parts"),
        ("patience", -1, "patience"),
        ("evaluate_every", 0, "score"),
        ("mix_in_amount", 11, "mixed in"),
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
    assert sizes[-1] == 500
    assert iterations == sorted(iterations, reverse=True)
    assert iterations[0] == 40
    assert iterations[-1] == 8


def test_form_needs_no_spacy():
    """The modules that the window's form uses must not cost the two seconds of importing spaCy."""
    code = (
        "import sys\n"
        "from gadget_trainer.training import base_facts, check, installed, languages, learnable, presets\n"
        "from gadget_trainer.training import progress, settings, split\n"
        "assert languages.languages()\n"
        "assert not {'spacy', 'thinc', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


FULL = TrainingSettings(
    output=Path("/a/model"),
    base="/models/old",
    language="de",
    iterations=3,
    batch_size=500,
    compounding=True,
    dropout=0.1,
    held_out=0.25,
    seed=9,
    mix_in=False,
    mix_in_amount=2.0,
    mix_in_file="/a/texts.txt",
    patience=4,
    optimizer="RAdam",
    learn_rate=0.01,
    accumulate=3,
    evaluate_every=2,
    vectors="en_core_web_md",
    gpu=True,
    config="[nlp]\n",
)


def test_settings_survive_json():
    again = TrainingSettings.from_json(json.loads(json.dumps(FULL.to_json())), TrainingSettings(output=Path("b")))
    assert again == FULL


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("iterations", "many"),
        ("iterations", 0),
        ("iterations", True),
        ("dropout", 7),
        ("seed", None),
        ("mix_in", "no"),
        ("output", ""),
        ("output", 5),
        ("language", "  "),
        ("optimizer", "Turbo"),
        ("of_the_future", 1),
    ],
)
def test_what_was_kept_wrongly_is_as_by_default(name, value):
    default = TrainingSettings(output=Path("b"), seed=5)
    kept = {"iterations": 7} | {name: value}
    expected = default if name == "iterations" else replace(default, iterations=7)
    assert TrainingSettings.from_json(kept, default) == expected


def test_whole_numbers_are_floats_too():
    assert TrainingSettings.from_json({"dropout": 0}, TrainingSettings(output=Path("b"))).dropout == 0.0


def test_a_config_file_that_is_no_text_is_a_sentence(tmp_path):
    (tmp_path / "binary.cfg").write_bytes(b"\xff\xfe\x00")
    for wrong in (tmp_path / "binary.cfg", tmp_path / "missing.cfg"):
        with pytest.raises(UserError, match=r"config\.cfg"):
            read_config(wrong)
