"""The new labels get a recogniser of their own: the base's finds its labels exactly as before."""

import json
from contextlib import closing
from dataclasses import replace

import pytest
import spacy
from gadget_base import found
from gadget_corpus import annotated
from spacy.cli.evaluate import evaluate as spacy_evaluate
from spacy.cli.train import train as spacy_train
from test_loop import assert_same_weights, train_and_save

from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError
from gadget_trainer.training.base_facts import base_facts
from gadget_trainer.training.predict import Predictor
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run import TrainingRun


def test_the_bases_stays_as_it_is_and_spacy_can_repeat_the_run(
    base, places, gadget_texts, settings, tmp_path, monkeypatch
):
    chosen = settings(base=str(base), iterations=4, batch_size=30, second_recogniser=True)
    with closing(TrainingRun(lambda: places, chosen, unlabelled=lambda: ["I bought my Pixel from Zoe."])) as run:
        best = [record for record in run.steps() if isinstance(record, IterationDone) and record.best][-1]
        saved = list(run.save())[-1]
    place = next(label for label in best.labels if label.label == "PLACE")
    assert [one.label for one in saved.kept] == ["GADGET"]
    nlp, before = spacy.load(chosen.output), spacy.load(base)
    assert nlp.pipe_names == ["sentencizer", "tok2vec", "ner", "ner_"]
    assert found(chosen.output, "I bought my Kindle in Oslo xx.") == [("Kindle", "GADGET"), ("Oslo", "PLACE")]
    assert Predictor(chosen.output).labels == ("GADGET", "PLACE")
    assert base_facts(str(chosen.output)).labels == ("GADGET", "PLACE")
    first, both = Predictor(base), Predictor(chosen.output)
    for one in [*places, *gadget_texts]:
        gadgets = tuple(span for span in both.predict(one.text) if span.label == "GADGET")
        assert gadgets == first.predict(one.text)
    for pipeline in (nlp, before):
        pipeline.remove_pipe("sentencizer")
    nlp.remove_pipe("ner_")
    assert_same_weights(nlp, before)
    spacy_evaluate(chosen.output, chosen.output / "corpus" / "dev.spacy", tmp_path / "scores.json")
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert scores["ents_per_type"]["PLACE"]["f"] == pytest.approx(place.f_score, abs=1e-6)
    monkeypatch.chdir(chosen.output)
    spacy_train("corpus/config.cfg", tmp_path / "again")
    nlp, again = spacy.load(chosen.output), spacy.load(tmp_path / "again" / "model-last")
    for pipeline in (nlp, again):
        pipeline.remove_pipe("sentencizer")
    assert saved.best_iteration == 4
    assert_same_weights(nlp, again)


def test_what_has_two_recognisers_is_continued(base, places, settings, tmp_path):
    first = settings(base=str(base), iterations=4, batch_size=30, second_recogniser=True)
    train_and_save(TrainingRun(lambda: places, first))
    people = [
        annotated(f"{name} bought a Kindle in Oslo, {number}.", (0, len(name), "PERSON"), id=number)
        for number, name in enumerate(["Ana", "Ben", "Zoe", "Ida", "Gus"] * 8)
    ]
    for own, names in ((True, ["ner", "ner_", "ner__"]), (False, ["ner", "ner_"])):
        again = replace(first, base=str(first.output), output=tmp_path / f"again {own}", second_recogniser=own)
        train_and_save(TrainingRun(lambda: people, again))
        assert [name for name in spacy.load(again.output).pipe_names if name.startswith("ner")] == names
        assert ("Ana", "PERSON") in found(again.output, "Ana bought a Kindle in Oslo, 5.")
        assert ("Oslo", "PLACE") in found(again.output, "Ana bought a Kindle in Oslo, 5.")


def test_a_label_that_the_base_knows_is_not_taught_beside_it(base, places, settings):
    marked = places[0]._replace(spans=(*places[0].spans, Span(12, 18, "GADGET")))
    chosen = settings(base=str(base), second_recogniser=True)
    with pytest.raises(UserError, match=r"^The base knows GADGET already, .* Switch off “New labels in"):
        train_and_save(TrainingRun(lambda: [marked, *places[1:]], chosen))


def test_a_base_without_a_recogniser_gets_one_that_is_its_own_anyhow(places, settings, tmp_path):
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "plain")
    chosen = settings(base=str(tmp_path / "plain"), iterations=3, batch_size=30, second_recogniser=True)
    train_and_save(TrainingRun(lambda: places, chosen))
    assert spacy.load(chosen.output).pipe_names == ["sentencizer", "ner"]
