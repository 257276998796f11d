"""The search for wrong annotations, without a window."""

import gc
import random

import pytest
from gadget_corpus import annotated, sentences_with_gadgets

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.training.cross_validation import Validating, find_annotation_errors
from gadget_trainer.training.mistake_kinds import Kind
from gadget_trainer.training.mistakes import Mistakes
from gadget_trainer.training.split import choose_split


@pytest.fixture
def spoilt():
    """Forty texts, of which two that are learned from are wrong: a gadget left out, and a name that is none."""
    texts = sentences_with_gadgets()[:40]
    split = choose_split(texts, 0.2)
    first, second = [place for place, one in enumerate(texts) if split.learns_from(one.text)][:2]
    texts[first] = texts[first]._replace(spans=())
    other = texts[second]
    start = other.text.index(" ") + 1
    texts[second] = other._replace(spans=(*other.spans, Span(0, start - 1, "GADGET")))
    return texts, split, (texts[first].id, texts[second].id)


def test_what_contradicts_the_other_texts_comes_first(spoilt, settings):
    texts, split, wrong = spoilt
    gc_before, chance_before = gc.get_threshold(), random.getstate()
    records = list(find_annotation_errors(lambda: texts, settings(batch_size=30), folds=3))
    assert gc.get_threshold() == gc_before
    assert random.getstate() == chance_before, "the process’s random numbers go on as if nothing had happened"
    *progress, found = records
    assert isinstance(found, Mistakes)
    assert found.cross_validated
    assert found.texts == sum(split.learns_from(one.text) for one in texts)
    left_out, added = wrong
    assert (found.found[0].text_id, found.found[0].kind) == (left_out, Kind.INVENTED)
    assert (added, Kind.MISSED) in {(one.text_id, one.kind) for one in found.found}
    sure = [one.confidence for one in found.found]
    assert sure == sorted(sure, reverse=True)
    assert all(0 <= one <= 1 for one in sure)
    fractions = [one.fraction for one in progress if isinstance(one, Validating)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_it_can_be_left_at_any_time(spoilt, settings):
    before = (700, 10, 10)
    gc.set_threshold(*before)
    steps = find_annotation_errors(lambda: spoilt[0], settings())
    for _record in range(60):
        next(steps)
    assert gc.get_threshold() != before, "guarded while it lasts"
    steps.close()
    assert gc.get_threshold() == before


def test_texts_that_are_not_finished_are_not_judged(settings):
    texts = sentences_with_gadgets()[:24]
    begun = AnnotatedText("The Kindle, Zoë", (Span(0, 3, "GADGET"),), TextState.TODO, id=99)
    *_, found = find_annotation_errors(lambda: [*texts, begun], settings(held_out=0.0, batch_size=200), folds=2)
    assert found.texts == 24
    assert 99 not in {one.text_id for one in found.found}


def test_too_few_texts_are_said(settings):
    with pytest.raises(UserError, match="too few finished texts"):
        list(find_annotation_errors(lambda: [annotated("A Kindle", (2, 8, "GADGET"))], settings()))
