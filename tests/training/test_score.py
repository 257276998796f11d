"""The scores are spaCy's, and the numbers behind them are right."""

import pytest
import spacy
from gadget_corpus import annotated
from spacy.training import Example

from gadget_trainer.training.examples import reference
from gadget_trainer.training.score import Tally, score
from gadget_trainer.training.tokens import Tokens


@pytest.fixture
def nlp():
    """Finds the words iPhone and Kindle, also where they are nothing."""
    nlp = spacy.blank("xx")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PHONE", "pattern": "iPhone"}, {"label": "READER", "pattern": "Kindle"}])
    return nlp


@pytest.fixture
def examples(nlp):
    texts = [
        annotated("My iPhone", (3, 9, "PHONE")),
        annotated("My Kindle and my iPhone"),
        annotated("My Kindle and my Pixel", (3, 9, "PHONE"), (17, 22, "PHONE")),
        annotated("Some iPhone or Kindle", (15, 21, "READER"), complete=False),
    ]
    docs = [reference(text, Tokens(nlp.tokenizer)) for text in texts]
    return [Example(nlp.make_doc(doc.text), doc) for doc in docs]


def test_score_is_that_of_evaluate(nlp, examples):
    tally = Tally()
    assert list(score(nlp, examples, [], tally)) == [4]
    expected = nlp.evaluate(examples)
    total = tally.total()
    assert total.precision == pytest.approx(expected["ents_p"])
    assert total.recall == pytest.approx(expected["ents_r"])
    assert total.f_score == pytest.approx(expected["ents_f"])
    for label in tally.by_label():
        assert label.f_score == pytest.approx(expected["ents_per_type"][label.label]["f"])


def test_counts_leave_out_what_nobody_knows(nlp, examples):
    tally = Tally()
    list(score(nlp, examples, [], tally))
    phone, reader = tally.by_label()
    assert (phone.spans, phone.predicted, phone.correct) == (3, 2, 1)
    assert (reader.spans, reader.predicted, reader.correct) == (1, 3, 1)


def test_scores_are_undefined_where_there_is_nothing():
    total = Tally().total()
    assert (total.precision, total.recall, total.f_score) == (None, None, None)


def test_other_labels_can_be_left_out(nlp, examples):
    tally = Tally(frozenset({"PHONE"}))
    list(score(nlp, examples, [], tally))
    assert tally.predicted == {"PHONE": 2, "READER": 2}, "of the others those that meet what a person marked"


def test_interval_holds_the_score_and_narrows_with_more_texts(nlp, examples):
    tally = Tally()
    list(score(nlp, examples, [], tally))
    few, many = tally.interval(), Tally(documents=tally.documents * 50).interval()
    assert few is not None
    assert many is not None
    assert few[0] <= many[0] < tally.total().f_score < many[1] <= few[1]
    assert tally.interval() == few, "its random numbers are its own"


def test_interval_of_nothing():
    assert Tally().interval() is None
    assert Tally(documents=[(0, 2, 0)]).interval() is None
