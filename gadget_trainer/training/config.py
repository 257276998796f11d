"""The config.cfg of a run: the one description of what is trained, which ``python -m spacy train`` runs as well."""

from math import ceil
from pathlib import Path
from typing import Any

from spacy.cli.init_config import init_config
from thinc.api import Config

from gadget_trainer.errors import UserError
from gadget_trainer.training.base_facts import base_facts
from gadget_trainer.training.own_config import own_pipeline
from gadget_trainer.training.settings import TrainingSettings, automatic_batch_size

TRAIN_FILE = "corpus/train.spacy"
HELD_OUT_FILE = "corpus/dev.spacy"
CONFIG_FILE = "corpus/config.cfg"
START_FOLDER = "corpus/start"
"""The base with the new labels, where a run that continues from one starts."""
TOKENIZER_FOLDER = "corpus/tokenizer"
"""The tokenizer of a run from scratch, where words are always split. All five are relative to the folder that
``spacy train`` is called in."""

INCORRECT_SPANS = "incorrect_spans"
"""The key in ``doc.spans`` under which the recogniser looks for spans that were refused."""


def config_from_scratch(settings: TrainingSettings, words: int) -> Config:
    """Take spaCy's quickstart for an entity recogniser on a processor, with the person's settings; or their own config.

    Raises UserError when their config can't be used, or the vectors can't be found.
    """
    if settings.config:
        config = own_pipeline(settings.config)
        set_run(config, settings)
        return config
    config = init_config(lang=settings.language, pipeline=["ner"], optimize="efficiency", gpu=False)
    config["components"]["ner"]["incorrect_spans_key"] = INCORRECT_SPANS
    if settings.vectors:
        config["paths"]["vectors"] = _vectors(settings.vectors)
        config["components"]["tok2vec"]["model"]["embed"]["include_static_vectors"] = True
    set_training(config, settings, words)
    return config


def set_training(config: Config, settings: TrainingSettings, words: int) -> None:
    """Write the person's settings into ``config``, for ``words`` words to learn from."""
    size = settings.batch_size or automatic_batch_size(words)
    config["training"].update(
        {
            "dropout": settings.dropout,
            "accumulate_gradient": settings.accumulate,
            # Of spacy train's own scores, one comes about where ours do.
            "eval_frequency": max(1, ceil(words / size)) * settings.evaluate_every,
            "batcher": _batcher(size, compounding=settings.compounding, updates=words / size * settings.iterations),
        }
    )
    config["training"]["optimizer"].update(
        {"@optimizers": f"{settings.optimizer}.v1", "learn_rate": settings.learn_rate}
    )
    set_run(config, settings)


def set_run(config: Config, settings: TrainingSettings) -> None:
    """Write into ``config`` what is the run's own in any config: its files, its seed and its end.

    Iterations end the run, not steps. Nor does patience: spaCy counts it in updates, of which iterations do not have
    equal numbers, so ``spacy train`` would end elsewhere than our loop, which counts it in iterations.
    """
    config["paths"].update({"train": TRAIN_FILE, "dev": HELD_OUT_FILE})
    config["system"]["seed"] = settings.seed
    config["training"].update(
        {"seed": "${system.seed}", "max_epochs": settings.iterations, "max_steps": 0, "patience": 0}
    )


def _vectors(chosen: str) -> str:
    """What ``[initialize] vectors`` takes: a package's name, or a folder's whole path."""
    if not base_facts(chosen).vectors:
        raise UserError(f"“{chosen}” has no word vectors. Choose a pipeline that has some, or train without them.")
    folder = Path(chosen).expanduser()
    return str(folder.absolute()) if folder.exists() else chosen


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
        if before.get(key) in (START_FOLDER, TOKENIZER_FOLDER):
            overrides[f"initialize.before_init.{key}"] = str(folder / before[key])
    return overrides
