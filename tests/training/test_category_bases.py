"""A run continues from a pipeline that knows categories, or that knows none."""

from collections.abc import Callable

import numpy as np
import pytest
import spacy
from category_corpus import TOPICS, TRAITS, with_topics, with_traits, without_spans
from spacy.language import Language
from spacy.pipeline.textcat import DEFAULT_SINGLE_TEXTCAT_MODEL
from spacy.pipeline.textcat_multilabel import DEFAULT_MULTI_TEXTCAT_MODEL
from spacy.training import Example
from test_category_runs import run_on
from thinc.api import Adam

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, TextState
from gadget_trainer.training.base import load_base, start_from_base
from gadget_trainer.training.categories import Taught
from gadget_trainer.training.loop import Course, update
from gadget_trainer.training.mixing import Mixing
from gadget_trainer.training.progress import IterationDone, Noted
from gadget_trainer.training.settings import TrainingSettings

BOW = {"@architectures": "spacy.TextCatBOW.v3", "ngram_size": 1, "length": 4096, "no_output_layer": False}
TWO = CategoryScheme(TOPICS.names[:2])


def ensemble(model):
    """spaCy's own, which takes no new labels, with a small table."""
    return model | {"linear_model": model["linear_model"] | {"length": 512}}


def pipeline(factory: str, names, model) -> Language:
    """A pipeline with a component for categories that learned nothing yet but that they exist."""
    nlp = spacy.blank("xx")
    nlp.add_pipe(factory, config={"model": model})
    cats = dict.fromkeys(names, 0.0)
    examples = [
        Example.from_dict(nlp.make_doc(f"Some words on {name}."), {"cats": {**cats, name: 1.0}}) for name in names
    ]
    nlp.initialize(lambda: examples)
    for _ in range(10):
        nlp.update(examples)
    return nlp


@pytest.fixture
def base(tmp_path) -> Callable[[Language], TrainingSettings]:
    def saved(nlp: Language) -> TrainingSettings:
        nlp.to_disk(tmp_path / "base")
        return TrainingSettings(output=tmp_path / "model", base=str(tmp_path / "base"))

    return saved


def start(settings, scheme, texts, tmp_path):
    """The config of a run, and the pipeline that it starts from."""
    found = load_base(settings, lambda: texts, scheme)
    taught = Taught(any(text.spans for text in texts), scheme)
    config = start_from_base(settings, found, 100, tmp_path / "start", taught)
    return config, spacy.load(tmp_path / "start")


def test_component_that_can_grow_gets_the_new_categories(base, tmp_path):
    settings = base(pipeline("textcat", ["buying", "weather"], BOW | {"exclusive_classes": True}))
    config, nlp = start(settings, TOPICS, without_spans(with_topics(8)), tmp_path)
    component = nlp.get_pipe("textcat")
    assert component.labels == ("buying", "weather", "opinion", "selling", "trouble")
    assert config["components"]["textcat"] == {"source": "corpus/start"}
    assert config["nlp"]["pipeline"] == ["textcat"]
    # spaCy would begin the new ones at -5,000, where they stay for ever.
    assert np.abs(component.model.get_ref("output_layer").get_param("b")).max() < 10


def test_component_that_cannot_grow_is_replaced_and_it_is_said(base, tmp_path):
    settings = base(pipeline("textcat", ["buying", "weather"], ensemble(DEFAULT_SINGLE_TEXTCAT_MODEL)))
    run = run_on(without_spans(with_topics(16)), TOPICS, settings.output, base=settings.base, iterations=1)
    try:
        records = list(run.steps())
    finally:
        run.close()
    assert [one for one in records if isinstance(one, Noted) and "replaced by a new one" in one.sentence]
    (done,) = [one for one in records if isinstance(one, IterationDone)]
    assert [one.label for one in done.categories.labels] == [*TOPICS.names, "weather"]


def test_component_that_knows_them_all_goes_on(base, tmp_path):
    settings = base(pipeline("textcat_multilabel", TRAITS.names, ensemble(DEFAULT_MULTI_TEXTCAT_MODEL)))
    config, nlp = start(settings, TRAITS, without_spans(with_traits(8)), tmp_path)
    assert config["components"]["textcat_multilabel"] == {"source": "corpus/start"}
    assert nlp.get_pipe("textcat_multilabel").labels == TRAITS.names
    assert config["training"]["frozen_components"] == []


def test_base_without_one_gets_one_and_another_kind_stays(base, tmp_path):
    settings = base(pipeline("textcat_multilabel", TRAITS.names, ensemble(DEFAULT_MULTI_TEXTCAT_MODEL)))
    config, _ = start(settings, TOPICS, with_topics(8), tmp_path)
    assert config["nlp"]["pipeline"] == ["textcat_multilabel", "ner", "textcat"]
    assert config["training"]["frozen_components"] == ["textcat_multilabel"]
    assert config["components"]["textcat"]["model"]["linear_model"]["exclusive_classes"]


def test_what_the_base_knew_is_mixed_in(base):
    settings = base(pipeline("textcat", ["buying", "weather"], BOW | {"exclusive_classes": True}))
    mixing = Mixing(load_base(settings, tuple, TWO))
    done = AnnotatedText("Words.", (), TextState.DONE, categories=("opinion",))
    assert mixing.categories_of(done) == {"buying": 0.0, "opinion": 1.0, "weather": 0.0}
    assert mixing.categories_of(AnnotatedText("weather")) == {"buying": 0.0, "opinion": 0.0, "weather": 1.0}
    assert mixing.categories_of(AnnotatedText("buying")) == {}


def test_of_several_the_base_tells_those_that_are_not_taught(base):
    settings = base(pipeline("textcat_multilabel", ["past", "weather"], BOW | {"exclusive_classes": False}))
    mixing = Mixing(load_base(settings, tuple, TRAITS))
    found = mixing.categories_of(AnnotatedText("weather"))
    assert found.keys() == {"weather"}
    done = with_traits(1)[0]
    assert mixing.categories_of(done).keys() == {"past", "question", "weather"}


def test_text_of_which_nothing_is_known_changes_no_exclusive_category():
    nlp = pipeline("textcat", ["buying", "weather"], BOW | {"exclusive_classes": True})
    before = nlp.get_pipe("textcat").model.to_bytes()
    optimizer = Adam(0.001, L2=0.0)  # with L2, weights move without anything to learn

    def learn(cats):
        example = Example.from_dict(nlp.make_doc("Some words on buying."), {"cats": cats})
        course = Course(
            nlp=nlp, examples=[example], optimizer=optimizer, batches=lambda _: [], iterations=1, dropout=0.0,
            frozen=[], recogniser="", categoriser="textcat", scored_labels=None, held_out=[],
            score=lambda _: iter(()), keep=lambda _: True,
        )  # fmt: skip
        update(course, [example], {})

    learn({})
    assert nlp.get_pipe("textcat").model.to_bytes() == before
    learn({"buying": 0.0, "weather": 1.0})
    assert nlp.get_pipe("textcat").model.to_bytes() != before
