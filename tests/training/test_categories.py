"""What is known of categories, how they are scored, told, kept and checked, without a run."""

import json
from dataclasses import replace

import numpy as np
import pytest
import spacy
from category_corpus import TOPICS, TRAITS, with_topics, with_traits, without_spans
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, TextState
from gadget_trainer.training.categories import (
    NO_CATEGORIES,
    Taught,
    chosen_of,
    known_categories,
    scheme_of,
    taught_categories,
)
from gadget_trainer.training.category_mistakes import category_mistakes
from gadget_trainer.training.category_tally import CategoryTally
from gadget_trainer.training.check import Severity, check
from gadget_trainer.training.config import config_from_scratch
from gadget_trainer.training.found import Found
from gadget_trainer.training.mistake_kinds import Decision, Kind
from gadget_trainer.training.mistakes import decision, find_mistakes
from gadget_trainer.training.own_config import ConfigError
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run_config import config_text, with_config
from gadget_trainer.training.run_records import iteration_from_json, iteration_to_json
from gadget_trainer.training.score import Tally
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.verdict import verdict

DONE = TextState.DONE


def done(*categories: str, text: str = "Words.", id: int = 7) -> AnnotatedText:  # noqa: A002
    return AnnotatedText(text, (), DONE, id, complete=True, categories=categories)


@pytest.mark.parametrize(
    ("text", "scheme", "expected"),
    [
        (done("opinion"), TOPICS, {"buying": 0, "opinion": 1, "selling": 0, "trouble": 0}),
        (done(), TOPICS, {}),
        (done("opinion", "buying"), TOPICS, {}),
        (done("opinion")._replace(state=TextState.TODO), TOPICS, {}),
        (done(), TRAITS, {"past": 0, "question": 0}),
        (done("past", "question"), TRAITS, {"past": 1, "question": 1}),
        (done("past")._replace(state=TextState.SKIPPED), TRAITS, {}),
        (done("past"), NO_CATEGORIES, {}),
        (done("past")._replace(undecided=("question",)), TRAITS, {"past": 1}),
        (done()._replace(undecided=("past", "question")), TRAITS, {}),
        (done("opinion")._replace(undecided=("trouble",)), TOPICS, dict.fromkeys(TOPICS.names, 0) | {"opinion": 1}),
    ],
)
def test_known(text, scheme, expected):
    assert known_categories(text, scheme) == expected


def test_taught_are_those_that_occur_and_can_be_told_apart():
    assert taught_categories([done("opinion"), done("buying")], TOPICS) == CategoryScheme(("buying", "opinion"))
    assert taught_categories([done("opinion"), done("opinion")], TOPICS) == NO_CATEGORIES
    assert taught_categories([done("past"), done()], TRAITS).names == ("past",)


def test_scheme_of_a_file():
    assert scheme_of([done("b"), done("a")]) == CategoryScheme(("a", "b"))
    assert not scheme_of([done("b"), done("a"), done()]).exclusive
    assert not scheme_of([done("a", "b")]).exclusive
    assert scheme_of([done()]) == NO_CATEGORIES


def test_chosen():
    probable = {"a": 0.4, "b": 0.6, "c": 0.7}
    assert chosen_of(probable, exclusive=True) == ("c",)
    assert chosen_of(probable, exclusive=False) == ("c", "b")


def pairs(*rows):
    """Examples whose documents have these categories, predicted and as they are."""
    vocab = spacy.blank("xx").vocab

    def doc(cats):
        made = Doc(vocab, words=["Words"])
        made.cats = cats
        return made

    return [Example(doc(predicted), doc(gold)) for predicted, gold in rows]


EXCLUSIVE = [
    ({"a": 0.7, "b": 0.2, "c": 0.1}, {"a": 1.0, "b": 0.0, "c": 0.0}),
    ({"a": 0.4, "b": 0.3, "c": 0.3}, {"a": 0.0, "b": 1.0, "c": 0.0}),
    ({"a": 0.1, "b": 0.8, "c": 0.1}, {"a": 0.0, "b": 1.0, "c": 0.0}),
]
SEVERAL = [
    ({"a": 0.7, "b": 0.6, "c": 0.1}, {"a": 1.0, "b": 0.0, "c": 0.0}),
    ({"a": 0.4, "b": 0.7, "c": 0.3}, {"a": 1.0, "b": 1.0}),
    ({"a": 0.1, "b": 0.2, "c": 0.9}, {"a": 0.0, "b": 0.0, "c": 0.0}),
]


@pytest.mark.parametrize(("rows", "exclusive"), [(EXCLUSIVE, True), (SEVERAL, False)])
def test_scores_are_those_of_spacy(rows, exclusive):
    tally = CategoryTally(("a", "b", "c"), exclusive, 0.5)
    for example in pairs(*rows):
        tally.add(example)
    given = Scorer.score_cats(pairs(*rows), "cats", labels=["a", "b", "c"], multi_label=not exclusive)
    shown = tally.scores()
    assert shown.macro_f == given["cats_macro_f"]
    assert shown.micro_f == given["cats_micro_f"]
    assert {one.label: one.f_score or 0.0 for one in shown.labels} == pytest.approx(
        {label: scores["f"] for label, scores in given["cats_f_per_type"].items()}
    )
    assert shown.texts == 3


def test_text_of_which_nothing_is_known_is_not_scored():
    tally = Tally(categories=CategoryTally(("a", "b"), exclusive=True, threshold=0.0))
    tally.add(pairs(({"a": 1.0}, {}))[0])
    assert tally.category_scores() is None
    assert tally.combined({"cats_macro_f": 0.5, "ents_f": 0.5}) is None


def scored(number=1, best=True, f_score=None, rows=EXCLUSIVE, times=1) -> IterationDone:
    tally = CategoryTally(("a", "b", "c"), exclusive=True, threshold=0.0)
    for example in pairs(*rows) * times:
        tally.add(example)
    whole = Tally(categories=tally)
    return IterationDone(
        iteration=number, iterations=10, loss=2.0, losses={"textcat": 2.0}, loss_per_1000_words=1.0, precision=f_score,
        recall=f_score, f_score=f_score, labels=(), words_per_second=1.0, seconds=1.0, seconds_left=1.0, best=best,
        categories=whole.category_scores(), combined=whole.combined({"cats_macro_f": 1.0}),
    )  # fmt: skip


def test_iteration_is_kept_and_read_again():
    record = scored(f_score=0.5)
    assert iteration_from_json(json.loads(json.dumps(iteration_to_json(record)))) == record
    assert record.to_json()["categories_accuracy"] == record.categories.micro_f


def test_verdict_speaks_of_categories_alone():
    assert "only 3 texts with categories are" in verdict([scored()])
    said = verdict([scored(times=20)])
    assert said.startswith("It is learning: macro F 0.")
    assert "accuracy 0.67, likely between" in said
    assert "Too few texts of the category “c”" in said
    assert "a smaller learn rate" not in said


def kinds(texts, scheme, tmp_path):
    found = check(lambda: texts, TrainingSettings(output=tmp_path / "model", language="xx"), categories=scheme)
    return {one.kind: one for one in found.problems}


def numbered(texts):
    return [text._replace(id=number) for number, text in enumerate(texts, start=1)]


def test_check_tells_of_categories(tmp_path):
    texts = without_spans(with_topics(40))
    texts[0] = texts[0]._replace(categories=())
    found = kinds(numbered(texts), CategoryScheme((*TOPICS.names, "weather")), tmp_path)
    assert "weather" in found["category without texts"].message
    assert found["without category"].text_ids == (1,)
    assert found["without category"].severity is Severity.WARN
    assert "buying" in found["few texts of a category"].message
    assert all(one.severity is not Severity.BLOCK for one in found.values())


def test_check_tells_what_stands_in_the_way(tmp_path):
    same = [text._replace(categories=("buying",)) for text in with_topics(8)]
    assert "nothing to tell apart" in kinds(numbered(same), TOPICS, tmp_path)["one category"].message
    assert kinds(numbered(without_spans(same)), TOPICS, tmp_path)["no spans"].severity is Severity.BLOCK
    none = [text._replace(categories=()) for text in same]
    assert "no category" in kinds(numbered(none), TOPICS, tmp_path)
    assert kinds(numbered(with_traits(8)), TRAITS, tmp_path)["without category"].severity is Severity.FACT
    assert not {kind for kind in kinds(numbered(none), NO_CATEGORIES, tmp_path) if "categor" in kind}


def test_mistakes_of_exclusive_and_of_several_categories():
    (wrong,), agreed = category_mistakes(
        done("buying"), TOPICS, Found((), {"opinion": 0.9, "buying": 0.1}, ("opinion",))
    )
    assert (wrong.labels, wrong.kind, wrong.confidence, agreed) == (("buying", "opinion"), Kind.CATEGORY, 0.9, [])
    assert wrong.sentence() == "Category: yours is “buying”; the model's is “opinion” (90% sure)."
    several, agreed = category_mistakes(done("past"), TRAITS, Found((), {"past": 0.2, "question": 0.8}, ("question",)))
    assert [one.labels for one in several] == [("past", None), (None, "question")]
    assert category_mistakes(done("past"), TRAITS, Found(())) == ([], [])


def test_mistake_is_decided_by_the_text_as_it_is_now():
    (wrong,), _ = category_mistakes(done("buying"), TOPICS, Found((), {"opinion": 0.9}, ("opinion",)))
    assert decision(wrong, done("buying"), ()) is Decision.OPEN
    assert decision(wrong, done("opinion"), ()) is Decision.TAKEN
    assert decision(wrong, done("selling"), ()) is Decision.CHANGED
    assert decision(wrong, None, ()) is Decision.CHANGED


def test_mistakes_on_held_out_texts_are_counted_by_category():
    texts = with_topics(40)

    def always_buying(_text):
        return Found((), dict.fromkeys(TOPICS.names, 0.25), ("buying",))

    found = [one for one in find_mistakes(lambda: texts, 0.3, always_buying, (), TOPICS) if one is not None][-1]
    assert found.agreed_categories["buying"] + len(found.categories) == found.texts
    assert {models for _, models in found.category_confusion()} == {"buying"}
    assert found.kinds()[Kind.CATEGORY] == len(found.categories) > 0


@pytest.fixture
def plain(tmp_path) -> TrainingSettings:
    return TrainingSettings(output=tmp_path / "model", language="xx")


def test_config_of_the_person_may_learn_categories_or_not(plain):
    text = config_text(plain, 100, TOPICS)
    assert 'factory = "textcat"' in text
    assert with_config(plain, text, TOPICS).config == text
    assert with_config(plain, config_text(plain, 100), TOPICS).config


def test_config_that_does_not_fit_the_categories_is_refused(plain):
    text = config_text(plain, 100, TOPICS)
    with pytest.raises(ConfigError, match="does not learn from highlighted spans"):
        with_config(plain, text)
    with pytest.raises(ConfigError, match="Take textcat_multilabel"):
        with_config(plain, text, TRAITS)


def test_vectors_are_used_for_categories_too(plain, tmp_path):
    nlp = spacy.blank("xx")
    nlp.vocab.set_vector("Kindle", np.array([1.0, 2.0], dtype="f"))
    nlp.to_disk(tmp_path / "vectors")
    config = config_from_scratch(replace(plain, vectors=str(tmp_path / "vectors")), 100, Taught(categories=TOPICS))
    assert config["components"]["textcat"]["model"]["tok2vec"]["embed"]["include_static_vectors"]
    assert config["components"]["tok2vec"]["model"]["embed"]["include_static_vectors"]
