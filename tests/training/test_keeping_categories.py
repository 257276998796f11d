"""The categories of a base are scored before and after, on texts that the run does not learn from."""

import json

import pytest
import spacy
from category_corpus import TRAITS
from gadget_corpus import annotated
from spacy.tokens import Doc
from test_category_bases import BOW, base, pipeline
from test_category_runs import run_on

from gadget_trainer.corpus.records import CategoryScheme
from gadget_trainer.training.base import Base
from gadget_trainer.training.category_tally import CategoryTally
from gadget_trainer.training.keeping import Keeping
from gadget_trainer.training.keeping_categories import CategoryKeeping
from gadget_trainer.training.kept_labels import Reference, kept_from_json
from gadget_trainer.training.past_runs import KEPT_LABELS
from gadget_trainer.training.progress import Saved

assert base  # a fixture
TOPICS = CategoryScheme(("buying", "selling"))
NONE: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def nlp():
    """Knows buying and weather, each by its name."""
    return pipeline("textcat", ["buying", "weather"], BOW | {"exclusive_classes": True})


@pytest.fixture
def keeping(nlp):
    """Of that base, taught buying and selling: of two finished texts, and of two that nobody began."""
    keeping = CategoryKeeping.of(Base(nlp, "", NONE, NONE, NONE, NONE, TOPICS, "textcat", ("weather",)))
    for words, *chosen in (("buying", "buying"), ("buying", "selling"), ("weather",), ("buying",)):
        text = annotated(words, complete=bool(chosen))
        keeping.note(
            Base(nlp, "", NONE, NONE, NONE, NONE, TOPICS, "textcat", ("weather",)),
            text._replace(categories=tuple(chosen)),
        )
    return keeping


def predicted(keeping, *names):
    """The labels, where a taught pipeline gives the documents these categories."""
    tally = CategoryTally(("buying", "weather", "selling"), exclusive=True, threshold=0.5)
    keeping.begin_scoring()
    for number, name in enumerate(names):
        doc = Doc(spacy.blank("xx").vocab, ["word"])
        doc.cats = {name: 0.9}
        keeping.score(number, doc, tally)
    return keeping.labels()


def test_people_decide_of_what_they_chose_and_else_the_base(keeping):
    weather, buying = predicted(keeping, "buying", "selling", "weather", "weather")
    assert (weather.label, weather.before, weather.after, weather.spans) == ("weather", 1.0, 1.0, 1)
    assert (weather.reference, weather.of_texts) == (Reference.BASE, True)
    assert (buying.label, buying.spans, buying.reference) == ("buying", 1, Reference.PEOPLE)
    assert buying.before == pytest.approx(2 / 3), "the base takes both finished texts for buying"
    assert buying.after == 1.0
    assert keeping.f_score() == 1.0


def test_the_last_scoring_counts_and_all_comes_back(keeping):
    predicted(keeping, "buying", "selling", "weather", "weather")
    weather, buying = predicted(keeping, "weather", "weather", "selling", "buying")
    assert (weather.after, buying.after) == (0.0, 0.0)
    again = CategoryKeeping.from_json(json.loads(json.dumps(keeping.to_json())))
    assert predicted(again, "weather", "weather", "selling", "buying") == (weather, buying)
    assert not CategoryKeeping.from_json({}), "a run that an older program began"


def test_nothing_is_kept_of_a_base_that_is_taught_no_categories(nlp):
    assert Keeping.of(Base(nlp, "", NONE, NONE, NONE, NONE)) is None


def test_a_run_says_what_became_of_the_categories(base):
    """The base tells traits and the weather; the person teaches the traits anew."""
    known = pipeline("textcat_multilabel", ["past", "weather"], BOW | {"exclusive_classes": False})
    settings = base(known)
    words = ("past", "weather", "question", "weather and past")
    texts = [
        annotated(f"{words[number % 4]} {number // 4}{chr(97 + number // 4) * 3}")._replace(
            categories=(("past",), (), ("question",), ("past",))[number % 4]
        )
        for number in range(48)
    ]
    run = run_on(texts, TRAITS, settings.output, base=settings.base, iterations=2)
    try:
        list(run.steps())
        (saved,) = [one for one in run.save() if isinstance(one, Saved)]
        facts = run.facts()
    finally:
        run.close()
    assert [(one.label, one.reference) for one in saved.kept] == [
        ("weather", Reference.BASE),
        ("past", Reference.PEOPLE),
    ]
    assert all(one.of_texts and one.spans for one in saved.kept)
    assert kept_from_json(facts[KEPT_LABELS]) == saved.kept
    meta = json.loads((saved.folder / "meta.json").read_text(encoding="utf-8"))
    written = kept_from_json(meta["gadget_trainer"][KEPT_LABELS])
    assert [(one.label, one.spans) for one in written] == [(one.label, one.spans) for one in saved.kept]
    assert [one.before for one in written] == pytest.approx([one.before for one in saved.kept])
