"""Continuing from a pipeline keeps what it knew."""

import json

import pytest
import spacy
from gadget_corpus import annotated
from spacy.cli.evaluate import evaluate as spacy_evaluate
from spacy.cli.train import train as spacy_train
from test_loop import assert_same_weights, train_and_save

from gadget_trainer.corpus.records import Span
from gadget_trainer.training.base import Base
from gadget_trainer.training.examples import reference
from gadget_trainer.training.mixing import Mixing
from gadget_trainer.training.predict import Predictor
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.tokens import Tokens

_PLACES = ("Paris", "Oslo", "Rome", "Lima")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A pipeline that finds gadgets, with a tokenizer of its own and a further component."""
    words = ("iPhone", "Kindle", "Switch", "Pixel")
    names = ("Ana", "Bo", "Cy", "Di", "Ed", "Fay", "Gus", "Hal", "Ida", "Jo", "Kim", "Lea", "Mo", "Ned", "Ora")
    texts = []
    for number in range(60):
        text = f"I bought my {words[number % 4]} from {names[number // 4]}."
        texts.append(annotated(text, (12, 12 + len(words[number % 4]), "GADGET"), id=number))
    folder = tmp_path_factory.mktemp("base") / "gadgets"
    settings = TrainingSettings(output=folder, iterations=3, batch_size=40, held_out=0.0, dropout=0.1)
    train_and_save(TrainingRun(lambda: texts, settings))
    nlp = spacy.load(folder)
    nlp.tokenizer.add_special_case("inOslo", [{"ORTH": "in"}, {"ORTH": "Oslo"}])
    nlp.add_pipe("sentencizer", first=True)
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def places():
    texts = []
    for number in range(40):
        place, gadget = _PLACES[number % 4], ("Kindle", "Switch")[number % 2]
        text = f"I bought my {gadget} in {place} {'abcdefghij'[number // 4] * 2}."
        start = text.index(place)
        texts.append(annotated(text, (start, start + len(place), "PLACE"), id=number))
    return texts


def found(folder, text):
    return [(text[span.start : span.end], span.label) for span in Predictor(folder).predict(text)]


def test_base_learns_a_label_and_keeps_the_old_one(base, places, settings, tmp_path, monkeypatch):
    chosen = settings(base=str(base), iterations=3, batch_size=30)
    others = ["I bought my iPhone from Zoe.", "I bought my Pixel from Zoe.", "Nothing"]
    records = train_and_save(TrainingRun(lambda: places, chosen, unlabelled=lambda: others))
    assert [label.label for label in records[-1].labels] == ["PLACE"], "nobody marked gadgets in the texts held out"
    assert found(chosen.output, "I bought my Kindle in Oslo xx.") == [("Kindle", "GADGET"), ("Oslo", "PLACE")]
    nlp = spacy.load(chosen.output)
    assert nlp.pipe_names == ["sentencizer", "tok2vec", "ner"]
    assert [token.text for token in nlp.make_doc("inOslo")] == ["in", "Oslo"], "the base's own tokenizer"
    # And config.cfg says it all. What ``python -m spacy train`` calls: test_loop holds the command itself.
    monkeypatch.chdir(chosen.output)
    spacy_train("corpus/config.cfg", tmp_path / "again")
    assert records[-1].best
    again = spacy.load(tmp_path / "again" / "model-last")
    for pipeline in (nlp, again):
        pipeline.remove_pipe("sentencizer")
    assert_same_weights(nlp, again)


@pytest.fixture
def start():
    """A base that knows Kindles and is taught that Oslo is a place."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GADGET", "pattern": "Kindle"}])
    return Base(nlp, "ner", frozenset({"PLACE"}), frozenset({"GADGET"}), frozenset(), frozenset({"Oslo"}))


def test_unlabelled_text_is_unknown_where_it_holds_something_marked(start):
    (text,) = Mixing(start).predicted(["My Kindle in OSLO from Oslos.", "Nothing"])
    doc = reference(text, Tokens(start.nlp.tokenizer))
    assert [token.ent_iob_ for token in doc] == ["O", "B", "O", "", "O", "O", "O"]


def test_predictions_of_the_base_never_meet_what_the_person_marked(start):
    text = "My Kindle from Ana."
    marked = annotated(text, (0, 9, "THING"))
    assert Mixing(start).with_predictions(marked) == marked
    assert Mixing(start).with_predictions(annotated(text)).spans == (Span(3, 9, "GADGET"),)


def test_without_mixing_in_the_old_label_is_forgotten(base, places, settings):
    chosen = settings(base=str(base), iterations=3, batch_size=30, mix_in=False)
    train_and_save(TrainingRun(lambda: places, chosen))
    assert found(chosen.output, "I bought my Kindle in Oslo xx.") == [("Oslo", "PLACE")]


def test_base_can_be_replaced_by_what_continues_it(base, places, settings, tmp_path):
    nlp = spacy.load(base)
    nlp.to_disk(tmp_path / "model")
    chosen = settings(base=str(tmp_path / "model"), iterations=1)
    train_and_save(TrainingRun(lambda: places, chosen))
    assert Predictor(chosen.output).labels == ("GADGET", "PLACE")


def test_base_without_a_recogniser_gets_one(gadget_texts, settings, tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "base")
    chosen = settings(base=str(tmp_path / "base"), iterations=1)
    train_and_save(TrainingRun(lambda: gadget_texts, chosen))
    assert spacy.load(chosen.output).pipe_names == ["sentencizer", "ner"]


def test_spacy_evaluate_gives_the_score_that_was_shown(base, places, settings, tmp_path):
    """The base's label occurs in every text held out, and nobody said where."""
    chosen = settings(base=str(base), iterations=2, batch_size=30)
    records = train_and_save(TrainingRun(lambda: places, chosen))
    shown = next(record for record in reversed(records) if record.best)
    spacy_evaluate(chosen.output, chosen.output / "corpus" / "dev.spacy", tmp_path / "scores.json")
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert scores["ents_f"] == pytest.approx(shown.f_score, abs=1e-6)
    assert scores["ents_per_type"]["PLACE"]["f"] == pytest.approx(shown.labels[0].f_score, abs=1e-6)
