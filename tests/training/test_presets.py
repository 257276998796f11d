"""Presets are right for 50 texts and for 50,000."""

from dataclasses import replace
from pathlib import Path

import pytest

from gadget_trainer.training.presets import Preset, preset_of, settings_of, with_preset
from gadget_trainer.training.settings import TrainingSettings, suggested_iterations

OWN = TrainingSettings(
    output=Path("here"), base="old", seed=7, held_out=0.3, mix_in=False, iterations=3, dropout=0.7, patience=2
)
WORDS = (0, 2_000, 2_000_000)
NAMED = [preset for preset in Preset if preset is not Preset.OWN]


@pytest.mark.parametrize("words", WORDS)
def test_presets_differ_in_how_long_they_take_and_are_in_range(words):
    quick, balanced, thorough = (with_preset(preset, OWN, words) for preset in NAMED)
    assert quick.iterations < balanced.iterations < thorough.iterations
    assert thorough.patience > 0
    assert balanced.iterations == suggested_iterations(words)
    assert [one.problems() for one in (quick, balanced, thorough)] == [[], [], []]


@pytest.mark.parametrize("preset", NAMED)
def test_a_preset_leaves_the_persons_own_choices_alone(preset):
    chosen = with_preset(preset, OWN, 2_000)
    kept = ("output", "base", "seed", "held_out", "mix_in")
    assert [getattr(chosen, name) for name in kept] == [getattr(OWN, name) for name in kept]
    assert chosen.dropout == TrainingSettings(output=Path()).dropout


@pytest.mark.parametrize("words", WORDS)
def test_a_preset_is_known_again_until_something_is_changed(words):
    for preset in NAMED:
        chosen = with_preset(preset, OWN, words)
        assert preset_of(chosen, words) is preset
        assert preset_of(replace(chosen, seed=99), words) is preset
        assert preset_of(replace(chosen, learn_rate=0.5), words) is Preset.OWN


@pytest.mark.parametrize(
    ("kept", "iterations"),
    [
        pytest.param({}, 40, id="nothing kept"),
        pytest.param({"language": "xx"}, 40, id="only another choice kept"),
        pytest.param({"iterations": 7}, 7, id="a number of their own"),
        pytest.param({"iterations": 7, "preset": "Own settings"}, 7, id="own settings"),
        pytest.param({"iterations": 7, "preset": "Thorough"}, 120, id="a preset follows the words of today"),
        pytest.param({"iterations": 7, "preset": "Thorough", "config": "[nlp]"}, 7, id="a config decides"),
    ],
)
def test_what_a_project_kept_is_what_its_export_has(kept, iterations):
    settings = settings_of(kept, 2_000)
    assert settings.iterations == iterations
    assert settings.language == kept.get("language", "en")


def test_own_settings_stay():
    assert with_preset(Preset.OWN, OWN, 2_000) is OWN


def test_each_preset_says_what_it_is_for():
    assert all(preset.help.endswith(".") for preset in Preset)
