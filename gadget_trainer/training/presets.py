"""Settings for three common wishes, by how many words there are to learn from. Knows no spaCy."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from gadget_trainer.training.settings import TrainingSettings, suggested_iterations

GOVERNED = (
    "iterations",
    "batch_size",
    "compounding",
    "dropout",
    "optimizer",
    "learn_rate",
    "accumulate",
    "patience",
    "evaluate_every",
)
"""The settings that a preset decides. The texts, the seed, the folders and the base stay the person's."""


class Preset(StrEnum):
    """What a run is wanted for; the values are what a menu shows."""

    QUICK = "Quick look"
    BALANCED = "Balanced"
    THOROUGH = "Thorough"
    OWN = "Own settings"

    @property
    def help(self) -> str:
        """When to choose it."""
        return _HELP[self]


_HELP: Mapping[Preset, str] = MappingProxyType(
    {
        Preset.QUICK: "A quarter of the iterations, to see soon whether it learns at all.",
        Preset.BALANCED: "Right for most: about twice as many iterations as the best one needs.",
        Preset.THOROUGH: "Up to three times as many iterations, ended early when the score no longer gets better.",
        Preset.OWN: "The fields are as you set them.",
    }
)


def with_preset(preset: Preset, settings: TrainingSettings, words: int) -> TrainingSettings:
    """``settings`` as the preset wants them for ``words`` words of annotated text; as they are for own settings.

    *Balanced* are the defaults, with the iterations of :func:`suggested_iterations`: twice the number after which the
    best one was found on corpora of 20 to 1,477 texts (training-facts, "How many iterations").

    *Quick look* takes a quarter of them, so it mostly ends before the best. A narrower network would be no
    quicker look: at half the width and depth, F 77 was reached after 19 seconds of processor time, where the default
    network had 78 after 19 (800 texts of prodigy_food, one seed).

    *Thorough* takes three times as many, because with few texts the draw decides when the best comes (iteration 7 to 40
    with 20 to 200 texts), and ends after as many iterations without a better score as *Balanced* has altogether,
    halved: 50 texts run for at most 120 iterations with a patience of 20, a million words for 24 with 4.
    """
    if preset is Preset.OWN:
        return settings
    default = TrainingSettings(output=Path("model"))
    iterations = suggested_iterations(words)
    chosen: dict[str, object] = {name: getattr(default, name) for name in GOVERNED} | {"iterations": iterations}
    if preset is Preset.QUICK:
        chosen |= {"iterations": max(iterations // 4, 2)}
    elif preset is Preset.THOROUGH:
        chosen |= {"iterations": 3 * iterations, "patience": iterations // 2}
    return _replaced(settings, chosen)


def settings_of(kept: Mapping[str, object], words: int) -> TrainingSettings:
    """The settings of a project that ``kept`` these, and has ``words`` words of annotated text.

    A preset follows the words of today; what was not kept is as *Balanced* has it.
    """
    default = with_preset(Preset.BALANCED, TrainingSettings(output=Path("model")), words)
    settings = TrainingSettings.from_json(kept, default)
    preset = next((one for one in Preset if one == kept.get("preset")), Preset.OWN)
    return settings if settings.config else with_preset(preset, settings, words)


def preset_of(settings: TrainingSettings, words: int) -> Preset:
    """The preset that gives just these settings; own settings if none does."""
    named = (Preset.BALANCED, Preset.QUICK, Preset.THOROUGH)
    return next((preset for preset in named if with_preset(preset, settings, words) == settings), Preset.OWN)


def _replaced(settings: TrainingSettings, values: dict[str, object]) -> TrainingSettings:
    kept = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return TrainingSettings(**kept | values)
