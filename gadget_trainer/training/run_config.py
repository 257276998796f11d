"""The config of a run as text: made from the settings to be looked at, and taken over from a text that was edited."""

from dataclasses import replace
from typing import Any

from thinc.api import Config

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.training.base import config_of_base, load_base
from gadget_trainer.training.categories import NO_CATEGORIES, Taught
from gadget_trainer.training.config import config_from_scratch
from gadget_trainer.training.own_config import ConfigError
from gadget_trainer.training.settings import OPTIMIZERS, TrainingSettings


def config_text(settings: TrainingSettings, words: int, categories: CategoryScheme = NO_CATEGORIES) -> str:
    """The config of a run with these settings over about ``words`` words. Takes a second. Raises UserError.

    ``categories`` are those that it will teach, besides spans.
    """
    return _config(settings, words, categories).to_str(interpolate=False)


def with_config(settings: TrainingSettings, text: str, categories: CategoryScheme = NO_CATEGORIES) -> TrainingSettings:
    """``settings`` with ``text`` as the config of the run, and with its values where settings have the same.

    Its files, and from now on its seed and its number of iterations, are those of the settings: they are taken over
    here, once. Takes a second. Raises ConfigError, with the line where it can be told, for what can't be used or kept.
    """
    own = _config(replace(settings, config=text), 0, categories).interpolate()
    from_text = Config().from_str(text)
    training, theirs = own["training"], from_text.get("training", {})
    values: dict[str, Any] = {
        "config": text,
        "language": own["nlp"]["lang"],
        "dropout": training["dropout"],
        "accumulate": training["accumulate_gradient"],
        "iterations": theirs.get("max_epochs") or settings.iterations,
        "seed": theirs.get("seed", settings.seed),
        **_batches(training["batcher"].get("size")),
        **_optimizer(training["optimizer"]),
    }
    if not settings.base:
        values["vectors"] = own["initialize"]["vectors"] or ""
    taken = TrainingSettings.from_json({**settings.to_json(), **values}, settings)
    changed = replace(settings, **{name: value for name, value in values.items() if value is not None})
    wrong = set(changed.problems()) - set(settings.problems())
    if wrong:
        raise ConfigError(" ".join(sorted(wrong)))
    return taken


def _config(settings: TrainingSettings, words: int, categories: CategoryScheme) -> Config:
    taught = Taught(categories=categories)
    if settings.base:
        return config_of_base(settings, load_base(settings, tuple, categories), words, taught)
    return config_from_scratch(settings, words, taught)


def _batches(size: object) -> dict[str, Any]:
    """The size of batches by words: one for all, or growing."""
    if isinstance(size, int):
        return {"batch_size": size, "compounding": False}
    if isinstance(size, dict) and isinstance(size.get("stop"), int | float):
        return {"batch_size": int(size["stop"]), "compounding": True}
    return {}


def _optimizer(section: dict[str, Any]) -> dict[str, Any]:
    """The optimizer and its step; a schedule of steps, or another optimizer, stays the config's."""
    name = str(section.get("@optimizers", "")).partition(".")[0]
    rate = section.get("learn_rate")
    found: dict[str, Any] = {"optimizer": name} if name in OPTIMIZERS else {}
    return found | ({"learn_rate": float(rate)} if isinstance(rate, int | float) else {})
