"""What else is done with runs goes with categories, too: breaking off, joining, curves, the search for wrong ones."""

import pytest
from category_corpus import TOPICS, with_topics, without_spans
from spacy.tokens import DocBin
from test_category_runs import run_on

from gadget_trainer.corpus.records import TextState
from gadget_trainer.training.building import JOINED_FILE
from gadget_trainer.training.cross_validation import find_annotation_errors
from gadget_trainer.training.learning_curve import learning_curve
from gadget_trainer.training.mistakes import Mistakes
from gadget_trainer.training.progress import IterationDone, Joined, Resumed
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.what_next import CurvePoint


@pytest.fixture
def texts():
    """Without spans, so that only categories are learned, which is quick."""
    return without_spans(with_topics(24))


def iterations(steps, number):
    """As many of its iterations."""
    done = (record for record in steps if isinstance(record, IterationDone))
    return [next(done) for _ in range(number)]


def test_run_that_was_broken_off_goes_on_with_its_categories(texts, tmp_path):
    whole = run_on(texts, TOPICS, tmp_path / "whole")
    first, second = iterations(whole.steps(), 2)
    whole.close()
    broken = run_on(texts, TOPICS, tmp_path / "model")
    assert iterations(broken.steps(), 1)[0].losses == first.losses
    folder = broken.folder
    broken.leave()
    again = TrainingRun.broken_off(folder, lambda: texts)
    steps = again.steps()
    (resumed,) = next(record for record in steps if isinstance(record, Resumed)).records
    assert resumed.categories == first.categories
    (last,) = iterations(steps, 1)
    assert (last.losses, last.categories) == (second.losses, second.categories)
    again.close()


def test_finished_text_joins_with_its_category(texts, tmp_path):
    begun = next(text for text in texts if text.id > 12)
    place = texts.index(begun)
    texts[place] = begun._replace(state=TextState.TODO, complete=False)
    run = run_on(texts, TOPICS, tmp_path / "model", held_out=0.0)
    try:
        steps = run.steps()
        iterations(steps, 1)
        texts[place] = begun
        texts.append(begun._replace(text="What a day", id=99, categories=("weather",)))
        run.request_join()
        joined = next(record for record in steps if isinstance(record, Joined))
        assert joined.texts == 1
        assert "“weather”" in joined.sentence
        (doc,) = DocBin().from_disk(run.folder / JOINED_FILE).get_docs(run._state_so_far().built.nlp.vocab)
        assert doc.cats[begun.categories[0]] == 1
        iterations(steps, 1)
    finally:
        run.close()


def test_learning_curve_is_one_of_the_categories(texts, tmp_path):
    settings = run_on(texts, TOPICS, tmp_path / "model", iterations=1).settings
    points = [one for one in learning_curve(lambda: texts, settings, None, TOPICS) if isinstance(one, CurvePoint)]
    assert len(points) == 4
    assert all(one.f_score is not None for one in points[2:])


def test_wrong_category_is_searched_for(texts, tmp_path):
    settings = run_on(texts, TOPICS, tmp_path / "model", held_out=0.0).settings
    found = list(find_annotation_errors(lambda: texts, settings, folds=2, categories=TOPICS))[-1]
    assert isinstance(found, Mistakes)
    assert found.texts == len(texts)
    assert sum(found.agreed_categories.values()) + len(found.categories) == len(texts)
    sure = [one.confidence for one in found.categories]
    assert sure == sorted(sure, reverse=True)
    assert all(0 <= one <= 1 for one in sure)
