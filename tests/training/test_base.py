"""Continuing from a pipeline keeps what it knew."""

import json
import re
from contextlib import closing

import pytest
import spacy
from gadget_base import found
from gadget_corpus import annotated
from spacy.cli.evaluate import evaluate as spacy_evaluate
from spacy.cli.train import train as spacy_train
from spacy.tokens import DocBin
from test_loop import assert_same_weights, train_and_save

from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError
from gadget_trainer.training import mixing
from gadget_trainer.training.base import Base
from gadget_trainer.training.doubt import Weighed, weighed
from gadget_trainer.training.examples import reference
from gadget_trainer.training.kept_labels import Reference
from gadget_trainer.training.learnable import takes_part
from gadget_trainer.training.mixing import Mixing
from gadget_trainer.training.predict import Predictor
from gadget_trainer.training.progress import BatchDone
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.split import choose_split
from gadget_trainer.training.tokens import Tokens


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


class Reader(Base):
    """A base that reads by heart."""

    __slots__ = ()

    def weigh(self, text: str) -> Weighed:
        found, doubtful = (
            tuple(Span(one.start(), one.end(), label) for label, word in words for one in re.finditer(word, text))
            for words in ((("GADGET", "Kindle"), ("PLACE", "Rome")), (("GADGET", "Nook"), ("GADGET", "Nook Simple")))
        )
        return Weighed(found, doubtful)


def reader(*known_places: str) -> Reader:
    """Knows Kindles and Rome, hesitates about the Nook, and is taught that Oslo is a place."""
    place = frozenset({"PLACE"})
    return Reader(spacy.blank("xx"), "ner", place, frozenset({"GADGET"}), frozenset(known_places), frozenset({"Oslo"}))


@pytest.fixture
def start():
    return reader()


def test_unlabelled_text_is_unknown_where_it_holds_something_marked(start):
    text, nothing = Mixing(start).predicted(["My Kindle in OSLO from Oslos.", "Nothing"])
    assert not takes_part(nothing), "the base knows nothing of it"
    doc = reference(text, Tokens(start.nlp.tokenizer))
    assert [token.ent_iob_ for token in doc] == ["O", "B", "O", "", "O", "O", "O"]


def test_what_the_base_hesitates_about_is_unknown(start):
    tokens = Tokens(start.nlp.tokenizer)
    (unlabelled,) = Mixing(start).predicted(["A Kindle or a Nook Simple Touch"])
    marked = Mixing(start).with_predictions(annotated("A Kindle or a Nook Simple Touch", (14, 31, "THING")))
    done = Mixing(start).with_predictions(annotated("A Nook Simple"))
    tags = [[token.ent_iob_ for token in reference(text, tokens)] for text in (unlabelled, marked, done)]
    assert tags == [["O", "B", "O", "O", "", "", "O"], ["O", "B", "O", "O", "B", "I", "I"], ["O", "", ""]]


@pytest.mark.parametrize("times", [1, 1_500])
def test_a_beam_search_weighs_what_a_recogniser_reads(base, times):
    nlp = spacy.load(base)
    text = "I sold my Kindle yesterday, Ana.\n" * times
    whole = weighed(nlp, "ner", text)
    assert whole.found[:1] == (Span(10, 16, "GADGET"),)
    assert [text[one.start : one.end] for one in whole.found] == ["Kindle"] * times
    assert not set(whole.found) & set(whole.doubtful)


def test_predictions_of_the_base_never_meet_what_the_person_marked(start):
    text = "My Kindle from Ana."
    marked = annotated(text, (0, 9, "THING"))
    assert Mixing(start).with_predictions(marked) == marked
    assert Mixing(start).with_predictions(annotated(text)).spans == (Span(3, 9, "GADGET"),)


@pytest.mark.parametrize("mix_in", [True, False])
def test_without_mixing_in_the_old_label_is_forgotten_and_the_result_says_so(base, places, settings, mix_in):
    chosen = settings(base=str(base), iterations=3, batch_size=30, mix_in=mix_in)
    with closing(TrainingRun(lambda: places, chosen)) as run:
        list(run.steps())
        saved = list(run.save())[-1]
    (gadget,) = saved.kept
    assert (gadget.label, gadget.before, gadget.reference) == ("GADGET", 1.0, Reference.BASE)
    if mix_in:
        assert gadget.after > 0.9
        assert not gadget.lost
    else:
        assert found(chosen.output, "I bought my Kindle in Oslo xx.") == [("Oslo", "PLACE")]
        assert gadget.after == 0
        assert gadget.lost


def mixed_in(chosen):
    """The training texts that nobody annotated."""
    docs = DocBin().from_disk(chosen.output / "corpus" / "train.spacy").get_docs(spacy.blank("xx").vocab)
    return [doc for doc in docs if doc.text.endswith("?")]


def test_amount_and_file_say_what_is_mixed_in(base, places, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(mixing, "_LEAST_UNLABELLED_WORDS", 100)
    (tmp_path / "texts.txt").write_text(
        "".join(f"I bought my Switch {number}?\n\n" for number in range(60)), encoding="utf-8-sig"
    )
    to_do = [f"I bought my Pixel {number}?" for number in range(60)]
    words = {}
    for amount in (0.0, 0.5, 2.0):
        chosen = settings(
            base=str(base),
            iterations=1,
            mix_in_amount=amount,
            mix_in_file=str(tmp_path / "texts.txt"),
            output=tmp_path / f"model-{amount}",
        )
        with closing(TrainingRun(lambda: places, chosen, unlabelled=lambda: to_do)) as run:
            next(record for record in run.steps() if isinstance(record, BatchDone))
            docs = [example.reference for example in run._examples if example.text.endswith("?")]
        words[amount] = sum(len(doc) for doc in docs)
        forms = [doc[3].text for doc in docs]
        assert abs(forms.count("Switch") - forms.count("Pixel")) < 20, "of both sources"
    assert words[0.0] == 0
    assert 2.0 < words[2.0] / words[0.5] < 6.0


def test_mixing_in_keeps_texts_held_out(base, places, settings):
    texts = [f"I bought my Pixel {'abcdefghijklmnopqrst'[number] * 3}?" for number in range(20)]
    chosen = settings(base=str(base), iterations=1, held_out=0.5)
    train_and_save(TrainingRun(lambda: places, chosen, unlabelled=lambda: texts))
    split = choose_split(places, 0.5)
    learned = {doc.text for doc in mixed_in(chosen)}
    assert 0 < len(learned) < len(texts)
    assert all(split.learns_from(text) for text in learned)


def test_a_file_that_can_not_be_read_is_said(base, places, settings, tmp_path):
    (tmp_path / "latin").write_bytes("Caf\xe9".encode("latin-1"))
    for name, said in (("nowhere", "could not be read"), ("latin", "not UTF-8")):
        run = TrainingRun(lambda: places, settings(base=str(base), mix_in_file=str(tmp_path / name)))
        with closing(run), pytest.raises(UserError, match=said):
            list(run.steps())


def test_base_can_be_replaced_by_what_continues_it(base, places, settings, tmp_path):
    nlp = spacy.load(base)
    nlp.to_disk(tmp_path / "model")
    chosen = settings(base=str(tmp_path / "model"), iterations=1)
    train_and_save(TrainingRun(lambda: places, chosen))
    assert Predictor(chosen.output).labels == ("GADGET", "PLACE")


def test_base_without_a_recogniser_gets_one(gadget_texts, settings, tmp_path):
    nlp = spacy.blank("xx")
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


def test_what_the_base_takes_for_a_taught_label_is_unknown_in_unlabelled_text():
    base = reader("PLACE")
    (text,) = Mixing(base).predicted(["My Kindle in Rome, Oslo"])
    doc = reference(text, Tokens(base.nlp.tokenizer))
    assert [token.ent_iob_ for token in doc] == ["O", "B", "O", "", "O", ""]
