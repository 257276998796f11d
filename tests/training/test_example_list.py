"""Packed examples are what was put in, and a run learns from them to the last bit as from those that are kept."""

import pytest
import spacy
from gadget_corpus import sentences_with_gadgets
from spacy.training import Example

from gadget_trainer.corpus.records import Span
from gadget_trainer.training import example_list
from gadget_trainer.training.config import INCORRECT_SPANS
from gadget_trainer.training.example_list import ExampleList, tokens_at
from gadget_trainer.training.examples import reference
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.tokens import TokenSource


def made(number: int, nlp) -> list[Example]:
    tokens = TokenSource(TrainingSettings(output="out"))
    texts = list(sentences_with_gadgets())[:number]
    texts[1] = texts[1]._replace(spans=(), refused=(Span(0, 3, "GADGET"),), complete=False)
    docs = [reference(text, tokens, {"A": 1.0}) for text in texts]
    for doc in docs:
        for string in doc.vocab.strings:
            nlp.vocab.strings.add(string)
    return [Example(nlp.make_doc(doc.text), doc) for doc in docs]


def told(example: Example) -> tuple[object, ...]:
    wrong = [(one.start, one.end, one.label_) for one in example.reference.spans.get(INCORRECT_SPANS, ())]
    tags = [(token.ent_iob, token.ent_type_) for token in example.reference]
    return example.reference.text, example.predicted.text, tags, dict(example.reference.cats), wrong


@pytest.mark.parametrize("most", [0, 30, 10_000])
def test_an_example_is_what_was_put_in(most):
    nlp = spacy.blank("en")
    given, examples = made(12, nlp), ExampleList(most)
    examples.extend(given[:7], nlp)
    for one in given[7:]:
        examples.append(one, nlp)
    assert [told(one) for one in examples] == [told(one) for one in given]
    assert [told(one) for one in examples[-3:]] == [told(one) for one in given[-3:]]
    assert told(examples[-1]) == told(given[-1])
    assert [tokens_at(examples, place) for place in range(12)] == [len(one) for one in given]
    with pytest.raises(IndexError):
        examples[12]
    examples.drop_last(5)
    assert [told(one) for one in examples] == [told(one) for one in given[:7]]
    examples.append(given[0], nlp)
    assert told(examples[7]) == told(given[0])
    examples.drop_last(50)
    assert not examples


def test_a_run_learns_the_same_from_packed_examples(tmp_path, monkeypatch):
    texts = list(sentences_with_gadgets())[:60]
    losses = []
    for name, most in (("kept", 10**6), ("packed", 100)):
        monkeypatch.setattr(example_list, "MOST_KEPT", most)
        run = TrainingRun(lambda: texts, TrainingSettings(output=tmp_path / name, language="xx", iterations=2))
        try:
            losses.append([(one.loss, one.f_score) for one in run.steps() if isinstance(one, IterationDone)])
        finally:
            run.close()
    assert losses[0] == losses[1]
