"""Continuing from a pipeline that exists: where it starts, and what learns in it.

What it must not forget is the matter of :mod:`gadget_trainer.training.mixing`.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.cli.init_config import init_config
from spacy.language import Language
from thinc.api import Config

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, Span
from gadget_trainer.errors import UserError
from gadget_trainer.training.categories import NO_CATEGORIES, Taught, categoriser_for, chosen_of
from gadget_trainer.training.config import (
    INCORRECT_SPANS,
    START_FOLDER,
    categoriser_model,
    set_run,
    set_score_weights,
    set_training,
)
from gadget_trainer.training.doubt import Weighed, weighed
from gadget_trainer.training.kept_labels import known_already
from gadget_trainer.training.learnable import is_trainable_label, takes_part
from gadget_trainer.training.loading import entity_recogniser, load_pipeline, text_categoriser
from gadget_trainer.training.own_config import take_training
from gadget_trainer.training.predict import categories_in, documents, entities, entity_labels
from gadget_trainer.training.second_recogniser import add_recogniser
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.word_splits import add_splits

NEW_RECOGNISER = "ner"
_ENTITIES = Taught()


@dataclass(frozen=True, slots=True)
class Base:
    """A pipeline to continue from, as it was before."""

    nlp: Language
    recogniser: str
    """The name of its entity recogniser, the first one; empty if it has none, then it gets one."""
    taught: frozenset[str]
    """The labels that the person's texts teach: what the base says of them does not count."""
    kept: frozenset[str]
    """The labels of its recogniser that the texts don't teach."""
    retaught: frozenset[str]
    """Those that they do: from now on the person says what they mean."""
    taught_forms: frozenset[str]
    """What the person marked, as it is written."""
    categories: CategoryScheme = NO_CATEGORIES
    """The categories that the texts teach."""
    categoriser: str = ""
    """The name of its component for categories of that kind; empty if it has none, then it gets one where some are
    taught."""
    kept_categories: tuple[str, ...] = ()
    """Those of its categories that the texts don't teach."""
    added: str = ""
    """The name of the recogniser that learns beside its own, which stays as it is; empty if its own learns."""

    @property
    def knows(self) -> bool:
        """Whether it says anything that could be forgotten."""
        return bool(self.mixed or self.categoriser)

    @property
    def mixed(self) -> bool:
        """Whether its recogniser learns, so that it would forget what is not mixed in."""
        return bool(self.recogniser and not self.added)

    @property
    def learner(self) -> str:
        """The name of the recogniser that learns; empty if it has none yet."""
        return self.added or self.recogniser

    @property
    def renews_categoriser(self) -> bool:
        """Whether it gets a new component in the place of the one that it has: its network takes no new categories."""
        if not self.categoriser:
            return False
        component: Any = self.nlp.get_pipe(self.categoriser)
        return not component.is_resizable and bool(set(self.categories.names) - set(component.labels))

    def find(self, text: str) -> tuple[Span, ...]:
        """What its recogniser finds in ``text``; nothing if it has none."""
        return entities(self.nlp, text)

    def weigh(self, text: str) -> Weighed:
        """What its recogniser finds in ``text``, and what it hesitates about; nothing if it has none."""
        return weighed(self.nlp, self.recogniser, text) if self.recogniser else Weighed((), ())

    def categorise(self, text: str) -> tuple[str, ...]:
        """The categories that it gives to ``text``, be they taught or not."""
        if not self.categoriser:
            return ()
        found = categories_in(next(documents(self.nlp, [text])))
        component: Any = self.nlp.get_pipe(self.categoriser)
        own = {name: found[name] for name in component.labels}
        return chosen_of(own, exclusive=self.categories.exclusive, threshold=component.cfg["threshold"])


def load_base(
    settings: TrainingSettings, texts: Callable[[], Iterable[AnnotatedText]], categories: CategoryScheme = NO_CATEGORIES
) -> Base:
    """The base, and what it is taught: by ``texts``, and ``categories``. Raises UserError when it does not load."""
    nlp = load_pipeline(settings.base)
    add_splits(nlp, settings.splits)
    labels: set[str] = set()
    forms: set[str] = set()
    for text in texts():
        if takes_part(text):
            labels.update(span.label for span in text.spans if is_trainable_label(span.label))
            forms.update(text.text[span.start : span.end] for span in text.spans)
    known = frozenset(entity_labels(nlp))
    categoriser = text_categoriser(nlp, (categoriser_for(categories),)) if categories.names else ""
    recogniser = entity_recogniser(nlp)
    beside = bool(settings.second_recogniser and recogniser and labels)
    return Base(
        nlp=nlp,
        recogniser=recogniser,
        taught=frozenset(labels),
        kept=known - labels,
        retaught=known & labels,
        taught_forms=frozenset(forms),
        categories=categories,
        categoriser=categoriser,
        added=_free_name(recogniser, nlp.pipe_names) if beside else "",
        kept_categories=tuple(one for one in nlp.pipe_labels.get(categoriser, ()) if one not in categories.names),
    )


def start_from_base(
    settings: TrainingSettings, base: Base, words: int, folder: Path, taught: Taught = _ENTITIES
) -> Config:
    """Write where the run starts into ``folder``, and return its config.

    The start is the base with the new labels: ``spacy train`` adds labels to a recogniser that it continues only
    while it trains, in an order that differs from process to process. Changes ``base.nlp``. Raises OSError, and
    UserError when the person's own config does not fit the base.
    """
    config = config_of_base(settings, base, words, taught)
    if taught.categories.names and base.categoriser and not base.renews_categoriser:
        _add_categories(base.nlp.get_pipe(base.categoriser), taught.categories)
    if base.recogniser and taught.entities:
        for label in sorted(base.taught - set(base.nlp.pipe_labels[base.learner])):
            base.nlp.get_pipe(base.learner).add_label(label)  # type: ignore[attr-defined]
        _heed_refusals(base)
    base.nlp.to_disk(folder)
    return config


def config_of_base(settings: TrainingSettings, base: Base, words: int, taught: Taught = _ENTITIES) -> Config:
    """The config of a run that continues from ``base``.

    May give what learns in ``base.nlp`` an embedding of its own, or ``base.nlp`` another recogniser.
    Raises UserError when the person's own config does not fit the base, or when a recogniser beside the base's shall
    learn a label that the base finds already.
    """
    if taught.entities and base.added and base.added not in base.nlp.pipe_names:
        if base.retaught:
            raise UserError(known_already(sorted(base.retaught)))
        add_recogniser(base.nlp, base.recogniser, base.added, load_pipeline(settings.base))
    learning = _learning(base, taught)
    learning |= _own_embeddings(base.nlp, learning)
    frozen = [name for name in base.nlp.pipe_names if name not in learning]
    config = _config(settings, base, words, taught, frozen)
    if settings.config:
        take_training(settings.config, config, taught.categories)
        set_run(config, settings)
    return config


def _heed_refusals(base: Base) -> None:
    """Let the base's recogniser look for refused spans.

    A sourced component takes no settings from a config, so it is saved with the key: in the settings of the
    component, in those of its transitions, which do the looking, and in the config that it is built from.
    """
    component: Any = base.nlp.get_pipe(base.learner)
    component.cfg["incorrect_spans_key"] = INCORRECT_SPANS
    component.moves.cfg["neg_key"] = INCORRECT_SPANS
    base.nlp.get_pipe_config(base.learner)["incorrect_spans_key"] = INCORRECT_SPANS


def _learning(base: Base, taught: Taught) -> set[str]:
    """The names of what the base has and that learns."""
    recogniser = base.learner if taught.entities else ""
    categoriser = base.categoriser if taught.categories.names else ""
    return {recogniser, categoriser} - {""}


def _add_categories(component: Any, categories: CategoryScheme) -> None:
    """Give ``component`` those of the ``categories`` that it does not know.

    spaCy starts a new one where it is never chosen, with a bias of -5,000, which no training ever makes up for: a step
    of the optimiser is a few thousandths. So it starts where the others are on average.
    """
    before = len(component.labels)
    for name in categories.names:
        component.add_label(name)
    layer = component.model.get_ref("output_layer")
    if before and layer.has_param("b"):
        bias = layer.get_param("b").copy()
        bias[before:] = bias[:before].mean()
        layer.set_param("b", bias)


def _own_embeddings(nlp: Language, learning: set[str]) -> set[str]:
    """The names of the components whose vectors nobody uses but what is ``learning``.

    Where others use them too, they must not change, and what is learning gets a copy.
    """
    own = set()
    for name, component in nlp.pipeline:
        listening = list(getattr(component, "listening_components", []))
        if listening and learning.issuperset(listening):
            own.add(name)
        else:
            for listener in learning.intersection(listening):
                nlp.replace_listeners(name, listener, ["model.tok2vec"])
    return own


def _config(settings: TrainingSettings, base: Base, words: int, taught: Taught, frozen: list[str]) -> Config:
    """All of the base's components from the start folder; training as from scratch, whatever the base's was."""
    theirs = base.nlp.config.interpolate()
    config = init_config(lang=theirs["nlp"]["lang"], pipeline=[NEW_RECOGNISER], optimize="efficiency", gpu=False)
    components: dict[str, dict[str, Any]] = {name: {"source": START_FOLDER} for name in base.nlp.component_names}
    config["nlp"] = theirs["nlp"]
    if taught.entities and not base.recogniser:
        components[NEW_RECOGNISER] = {"factory": "ner", "incorrect_spans_key": INCORRECT_SPANS}
    if taught.categories.names and (not base.categoriser or base.renews_categoriser):
        factory = categoriser_for(taught.categories)
        name = base.categoriser or _free_name(factory, components)
        components[name] = {"factory": factory, "model": categoriser_model(taught)}
    added = [name for name in components if name not in base.nlp.component_names]
    config["nlp"]["pipeline"] = [*theirs["nlp"]["pipeline"], *added]
    config["components"] = components
    if taught.categories.names:
        set_score_weights(config, taught)
    # A sourced component alone would lose the base's tokenizer, its strings and its vectors.
    config["initialize"]["before_init"] = {
        "@callbacks": "spacy.copy_from_base_model.v1",
        "tokenizer": START_FOLDER,
        "vocab": START_FOLDER,
    }
    set_training(config, settings, words)
    config["training"]["frozen_components"] = frozen
    return config


def _free_name(name: str, taken: Container[str]) -> str:
    """``name``, or with as many underscores as it takes to be another one."""
    while name in taken:
        name += "_"
    return name
