"""The config.cfg of a run: the one description of what is trained, which ``python -m spacy train`` runs as well."""

from math import ceil
from pathlib import Path
from typing import Any

from spacy.cli.init_config import init_config
from thinc.api import Config

from gadget_trainer.training.settings import TrainingSettings, automatic_batch_size

TRAIN_FILE = "corpus/train.spacy"
HELD_OUT_FILE = "corpus/dev.spacy"
CONFIG_FILE = "corpus/config.cfg"
START_FOLDER = "corpus/start"
"""The base with the new labels, where a run that continues from one starts. All four relative to the folder that
``spacy train`` is called in."""


def config_from_scratch(settings: TrainingSettings, words: int) -> Config:
    """Take spaCy's quickstart for an entity recogniser on a processor, with the person's settings."""
    config = init_config(lang=settings.language, pipeline=["ner"], optimize="efficiency", gpu=False)
    set_training(config, settings, words)
    return config


def set_training(config: Config, settings: TrainingSettings, words: int) -> None:
    """Write the person's settings into ``config``, for ``words`` words to learn from."""
    size = settings.batch_size or automatic_batch_size(words)
    config["paths"]["train"] = TRAIN_FILE
    config["paths"]["dev"] = HELD_OUT_FILE
    config["system"]["seed"] = settings.seed
    config["training"].update(
        {
            "dropout": settings.dropout,
            "accumulate_gradient": settings.accumulate,
            "max_epochs": settings.iterations,
            # Iterations end the run, not steps or patience; scores come about once an iteration.
            "max_steps": 0,
            "patience": 0,
            "eval_frequency": max(1, ceil(words / size)),
            "batcher": _batcher(size, compounding=settings.compounding, updates=words / size * settings.iterations),
        }
    )


def _batcher(size: int, *, compounding: bool, updates: float) -> dict[str, Any]:
    """Batches of ``size`` words, or growing to it from a tenth within the first half of about ``updates``."""
    first = max(size // 10, 1)
    # From a tenth to the whole in n steps: each is the n-th root of ten times the one before.
    growing = {
        "@schedules": "compounding.v1",
        "start": first,
        "stop": size,
        "compound": round((size / first) ** (2 / max(updates, 2)), 6),
    }
    return {
        "@batchers": "spacy.batch_by_words.v1",
        "discard_oversize": False,
        "tolerance": 0.2,
        "size": growing if compounding else size,
        "get_length": None,
    }


def absolute(config: Config, folder: Path) -> dict[str, str]:
    """The overrides with which ``config`` can be used from anywhere when its files are in ``folder``."""
    overrides = {"paths.train": str(folder / TRAIN_FILE), "paths.dev": str(folder / HELD_OUT_FILE)}
    for name, component in config["components"].items():
        if component.get("source") == START_FOLDER:
            overrides[f"components.{name}.source"] = str(folder / START_FOLDER)
    before = config["initialize"].get("before_init") or {}
    for key in ("tokenizer", "vocab"):
        if before.get(key) == START_FOLDER:
            overrides[f"initialize.before_init.{key}"] = str(folder / START_FOLDER)
    return overrides
