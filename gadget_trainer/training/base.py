"""Continuing from a pipeline that exists: where it starts, and what learns in it.

What it must not forget is the matter of :mod:`gadget_trainer.training.mixing`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.cli.init_config import init_config
from spacy.language import Language
from thinc.api import Config

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.config import INCORRECT_SPANS, START_FOLDER, set_run, set_training
from gadget_trainer.training.learnable import is_trainable_label, takes_part
from gadget_trainer.training.loading import entity_recogniser, load_pipeline
from gadget_trainer.training.own_config import take_training
from gadget_trainer.training.predict import entities, entity_labels
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.splitting import add_splits

NEW_RECOGNISER = "ner"


@dataclass(frozen=True, slots=True)
class Base:
    """A pipeline to continue from, as it was before."""

    nlp: Language
    recogniser: str
    """The name of its entity recogniser; empty if it has none, then it gets one."""
    taught: frozenset[str]
    """The labels that the person's texts teach: what the base says of them does not count."""
    kept: frozenset[str]
    """The labels of its recogniser that the texts don't teach."""
    retaught: frozenset[str]
    """Those that they do: from now on the person says what they mean."""
    taught_forms: frozenset[str]
    """What the person marked, as it is written."""

    def find(self, text: str) -> tuple[Span, ...]:
        """What its recogniser finds in ``text``; nothing if it has none."""
        return entities(self.nlp, text)


def load_base(settings: TrainingSettings, texts: Callable[[], Iterable[AnnotatedText]]) -> Base:
    """The base, and what it will be taught. Raises UserError when it does not load."""
    nlp = load_pipeline(settings.base)
    add_splits(nlp, settings.splits)
    labels: set[str] = set()
    forms: set[str] = set()
    for text in texts():
        if takes_part(text):
            labels.update(span.label for span in text.spans if is_trainable_label(span.label))
            forms.update(text.text[span.start : span.end] for span in text.spans)
    known = frozenset(entity_labels(nlp))
    return Base(nlp, entity_recogniser(nlp), frozenset(labels), known - labels, known & labels, frozenset(forms))


def start_from_base(settings: TrainingSettings, base: Base, words: int, folder: Path) -> Config:
    """Write where the run starts into ``folder``, and return its config.

    The start is the base with the new labels: ``spacy train`` adds labels to a recogniser that it continues only
    while it trains, in an order that differs from process to process. Changes ``base.nlp``. Raises OSError, and
    UserError when the person's own config does not fit the base.
    """
    config = config_of_base(settings, base, words)
    if base.recogniser:
        for label in sorted(base.taught - set(entity_labels(base.nlp))):
            base.nlp.get_pipe(base.recogniser).add_label(label)  # type: ignore[attr-defined]
        _heed_refusals(base)
    base.nlp.to_disk(folder)
    return config


def config_of_base(settings: TrainingSettings, base: Base, words: int) -> Config:
    """The config of a run that continues from ``base``. May give the recogniser of ``base.nlp`` an embedding.

    Raises UserError when the person's own config does not fit the base.
    """
    learning = {base.recogniser or NEW_RECOGNISER, _own_embedding(base)}
    config = _config(settings, base, words, frozen=[name for name in base.nlp.pipe_names if name not in learning])
    if settings.config:
        take_training(settings.config, config)
        set_run(config, settings)
    return config


def _heed_refusals(base: Base) -> None:
    """Let the base's recogniser look for refused spans.

    A sourced component takes no settings from a config, so it is saved with the key: in the settings of the
    component, in those of its transitions, which do the looking, and in the config that it is built from.
    """
    component: Any = base.nlp.get_pipe(base.recogniser)
    component.cfg["incorrect_spans_key"] = INCORRECT_SPANS
    component.moves.cfg["neg_key"] = INCORRECT_SPANS
    base.nlp.get_pipe_config(base.recogniser)["incorrect_spans_key"] = INCORRECT_SPANS


def _own_embedding(base: Base) -> str:
    """The name of the component whose vectors the recogniser alone uses; empty if it brings its own.

    Where others use it too, it must not change, and the recogniser gets a copy.
    """
    for name, component in base.nlp.pipeline:
        listening = getattr(component, "listening_components", [])
        if base.recogniser in listening:
            if listening == [base.recogniser]:
                return name
            base.nlp.replace_listeners(name, base.recogniser, ["model.tok2vec"])
    return ""


def _config(settings: TrainingSettings, base: Base, words: int, frozen: list[str]) -> Config:
    """All of the base's components from the start folder; training as from scratch, whatever the base's was."""
    theirs = base.nlp.config.interpolate()
    config = init_config(lang=theirs["nlp"]["lang"], pipeline=[NEW_RECOGNISER], optimize="efficiency", gpu=False)
    components: dict[str, dict[str, str]] = {name: {"source": START_FOLDER} for name in base.nlp.component_names}
    config["nlp"] = theirs["nlp"]
    if not base.recogniser:
        components[NEW_RECOGNISER] = {"factory": "ner", "incorrect_spans_key": INCORRECT_SPANS}
        config["nlp"]["pipeline"] = [*theirs["nlp"]["pipeline"], NEW_RECOGNISER]
    config["components"] = components
    # A sourced component alone would lose the base's tokenizer, its strings and its vectors.
    config["initialize"]["before_init"] = {
        "@callbacks": "spacy.copy_from_base_model.v1",
        "tokenizer": START_FOLDER,
        "vocab": START_FOLDER,
    }
    set_training(config, settings, words)
    config["training"]["frozen_components"] = frozen
    return config
