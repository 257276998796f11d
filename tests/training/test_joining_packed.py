"""Texts join a run whose examples are packed as they join any other, and nothing that is packed is unpacked for it."""

import pytest
import spacy
from gadget_corpus import annotated, sentences_with_gadgets
from spacy.tokens import DocBin

from gadget_trainer.corpus.records import TextState
from gadget_trainer.training import example_list, joining
from gadget_trainer.training.progress import BatchDone, IterationDone, Joined, Preparing, Saved
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.split import choose_split


def learned(texts):
    """A text that a run learns from."""
    split = choose_split(texts, 0.2)
    return next(text for text in texts if split.learns_from(text.text))


def facts(doc):
    return doc.text, [(token.ent_iob_, token.ent_type_) for token in doc]


class Joiner:
    """A run that texts join in its second iteration: new ones, and one of which less was known before."""

    def __init__(self, settings):
        self.texts = sentences_with_gadgets()[:40]
        self.begun = learned(self.texts)._replace(state=TextState.TODO, complete=False)
        self.texts[self.begun.id - 1] = self.begun
        self.run = TrainingRun(lambda: self.texts, settings)

    def finish_texts(self):
        self.texts[self.begun.id - 1] = self.begun._replace(state=TextState.DONE, complete=True)
        self.texts.append(annotated("My Walkman is  broken", (3, 10, "GADGET"), id=41))
        self.texts.append(annotated("Nothing of the kind", id=42))
        self.run.request_join()

    def go(self):
        """Train and save; gives the losses and scores, and what was learned from."""
        told = []
        try:
            for record in self.run.steps():
                if isinstance(record, BatchDone) and len(self.texts) == 40:
                    self.finish_texts()
                elif isinstance(record, IterationDone):
                    told.append((record.losses, record.f_score))
            saved = next(one for one in self.run.save() if isinstance(one, Saved))
        finally:
            self.run.close()
        docs = DocBin().from_disk(saved.folder / "corpus/train.spacy").get_docs(spacy.blank("xx").vocab)
        return told, [facts(doc) for doc in docs]


def test_what_joins_packed_examples_is_learned_to_the_last_bit(settings, monkeypatch):
    outcomes = []
    for most in (10**6, 100):
        monkeypatch.setattr(example_list, "MOST_KEPT", most)
        outcomes.append(Joiner(settings(iterations=2)).go())
    assert outcomes[0] == outcomes[1]
    _, docs = outcomes[0]
    assert [text for text, _ in docs].count("My Walkman is  broken") == 1


@pytest.mark.parametrize("most", [100, 0])
def test_nothing_is_unpacked_while_texts_join_and_records_come_between(settings, monkeypatch, most):
    monkeypatch.setattr(example_list, "MOST_KEPT", most)
    monkeypatch.setattr(joining, "_PLACES", 5)
    made = []
    make = example_list._example

    def noted(docs, place, nlp):
        made.append(place)
        return make(docs, place, nlp)

    monkeypatch.setattr(example_list, "_example", noted)
    joiner = Joiner(settings(iterations=2))
    steps = joiner.run.steps()
    try:
        next(one for one in steps if isinstance(one, BatchDone))
        joiner.finish_texts()
        next(one for one in steps if isinstance(one, IterationDone))
        assert made, "they are packed"
        made.clear()
        learned_from = len(joiner.run._state.standing.order)
        between = []
        for record in steps:
            if isinstance(record, Joined):
                break
            between.append(record)
        assert made == []
        assert all(isinstance(record, Preparing) for record in between)
        looked = [one for one in between if one.message == "Looking for what was known of them"]
        assert len(looked) == -(-learned_from // 5), "one for each five that are packed"
        assert next(one for one in steps if isinstance(one, BatchDone)).words_total > 0
    finally:
        joiner.run.close()
