"""The config.cfg of a run: the one description of what is trained, which ``python -m spacy train`` runs as well."""

from copy import deepcopy
from math import ceil
from pathlib import Path
from typing import Any

from spacy.cli.init_config import init_config
from spacy.pipeline.textcat import DEFAULT_SINGLE_TEXTCAT_MODEL
from spacy.pipeline.textcat_multilabel import DEFAULT_MULTI_TEXTCAT_MODEL
from thinc.api import Config

from gadget_trainer.errors import UserError
from gadget_trainer.training.base_facts import base_facts
from gadget_trainer.training.categories import Taught, categoriser_for
from gadget_trainer.training.own_config import own_pipeline
from gadget_trainer.training.settings import TrainingSettings, automatic_batch_size, automatic_learn_rate

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
_ENTITIES = Taught()


_TABLE = 16_384
"""Rows of the categoriser's table of words. spaCy's 262,144, which the optimiser goes through at each step, took three
times as long and gave no other score (150 and 140 texts of four kinds, one seed)."""


def config_from_scratch(settings: TrainingSettings, words: int, taught: Taught = _ENTITIES) -> Config:
    """Take spaCy's quickstart on a processor for what is ``taught``, with the person's settings; or their own config.

    Raises UserError when their config can't be used, or the vectors can't be found.
    """
    if settings.config:
        config = own_pipeline(settings.config, taught.categories)
        set_run(config, settings)
        return config
    config = init_config(lang=settings.language, pipeline=taught.components, optimize="efficiency", gpu=False)
    components = config["components"]
    if taught.entities:
        components["ner"]["incorrect_spans_key"] = INCORRECT_SPANS
    if taught.categories.names:
        name = categoriser_for(taught.categories)
        components[name]["model"] = categoriser_model(taught)
        set_score_weights(config, taught)
    if settings.vectors:
        config["paths"]["vectors"] = _vectors(settings.vectors)
        for component in components.values():
            model = component["model"]
            embedding = model.get("embed") or model["tok2vec"].get("embed")
            if embedding is not None:  # the recogniser listens to a component that has one
                embedding["include_static_vectors"] = True
    set_training(config, settings, words)
    return config


def categoriser_model(taught: Taught) -> dict[str, Any]:
    """The network of a new component for categories: spaCy's own for it.

    The quickstart's counts words alone. This one also reads them in context: 0.46 against 0.39 of 90 texts right after
    150 texts of four sections of Reddit. It has an embedding of its own, so entities are learned as without it.
    """
    exclusive = taught.categories.exclusive
    model: dict[str, Any] = deepcopy(DEFAULT_SINGLE_TEXTCAT_MODEL if exclusive else DEFAULT_MULTI_TEXTCAT_MODEL)
    model["linear_model"]["length"] = _TABLE
    return model


def set_score_weights(config: Config, taught: Taught) -> None:
    """Let the best iteration be that of the best mean of entities' and categories' scores; half of it is each.

    spaCy's ``cats_score`` is the macro-averaged F where categories exclude each other, and an area under curves where
    they don't: that says nothing of the border from which on a text has a category, so F decides there too.
    """
    share = 1.0 / len(taught.components)
    weights = {"cats_macro_f": share} | ({"ents_f": share} if taught.entities else {})
    others = config["training"]["score_weights"]
    none = {name: None if others[name] is None else 0.0 for name in others}
    config["training"]["score_weights"] = none | weights


def set_training(config: Config, settings: TrainingSettings, words: int) -> None:
    """Write the person's settings into ``config``, for ``words`` words to learn from."""
    size = settings.batch_size or automatic_batch_size(words)
    rate = settings.learn_rate or automatic_learn_rate(settings.base)
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
        {"@optimizers": f"{settings.optimizer}.v1", "learn_rate": rate, "use_averages": True}
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
