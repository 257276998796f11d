"""A run can be stopped, paused, saved and thrown away, and leaves the process as it was."""

import gc
import random
from itertools import islice

import numpy as np
import pytest
import spacy
from gadget_corpus import annotated
from thinc.api import get_current_ops
from threadpoolctl import threadpool_info

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import TextState
from gadget_trainer.errors import UserError
from gadget_trainer.training.corpus import TrainingCorpus, collect
from gadget_trainer.training.progress import BatchDone, IterationDone, Preparing, Saved, Scoring
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.split import choose_split
from gadget_trainer.training.tokens import TokenSource


@pytest.fixture
def gadget_texts(gadget_texts):
    """Enough for some batches."""
    return gadget_texts[:40]


@pytest.fixture
def run(gadget_texts, settings):
    run = TrainingRun(lambda: gadget_texts, settings())
    yield run
    run.close()


def until(run, kind):
    for record in run.steps():
        if isinstance(record, kind):
            return record
    raise AssertionError(f"no {kind.__name__}")


def test_records_come_in_order_and_add_up(run, gadget_texts):
    records = list(run.steps())
    assert run.held_out == choose_split(gadget_texts, 0.2).held_out != frozenset()
    kinds = [type(record) for record in records]
    assert kinds.index(Preparing) < kinds.index(BatchDone) < kinds.index(Scoring) < kinds.index(IterationDone)
    batches = [record for record in records if isinstance(record, BatchDone)]
    assert {record.iteration for record in batches} == {1, 2}
    for iteration in (1, 2):
        done = [record.words_done for record in batches if record.iteration == iteration]
        assert done == sorted(done)
        assert done[-1] == batches[0].words_total
    assert batches[-1].seconds_left is not None
    iterations = [record for record in records if isinstance(record, IterationDone)]
    assert all(type(loss) is float for record in iterations for loss in record.losses.values())
    assert iterations[-1].seconds_left == pytest.approx(0, abs=1e-9)
    assert iterations[-1].loss_per_1000_words == pytest.approx(1000 * iterations[-1].loss / batches[0].words_total)


def test_texts_that_wait_to_be_held_out_are_not_learned_from(gadget_texts, settings):
    done = choose_split(gadget_texts, 0.2).held_out
    begun = next(text for text in gadget_texts if fingerprint(text.text) in done)
    texts = [text._replace(state=TextState.TODO, complete=False) if text is begun else text for text in gadget_texts]
    corpus = TrainingCorpus()
    list(collect(lambda: texts, choose_split(texts, 0.2), TokenSource(settings()), corpus))
    vocab = spacy.blank("en").vocab
    sides = [{doc.text for doc in side.docs.get_docs(vocab)} for side in (corpus.train, corpus.held_out)]
    assert [begun.text in side for side in sides] == [False, False]
    assert all(sides)


def test_process_is_as_it_was_after_closing(gadget_texts, settings):
    random.seed(5)
    np.random.seed(5)
    draws = random.getrandbits(64), np.random.rand()
    random.seed(5)
    np.random.seed(5)
    thresholds = gc.get_threshold()
    run = TrainingRun(lambda: gadget_texts, settings())
    until(run, BatchDone)
    assert gc.get_threshold()[0] == 0
    run.close()
    run.close()
    assert gc.get_threshold() == thresholds
    assert (random.getrandbits(64), np.random.rand()) == draws


def test_nothing_temporary_stays(gadget_texts, settings, tmp_path):
    run = TrainingRun(lambda: gadget_texts, settings())
    until(run, BatchDone)
    assert list(tmp_path.iterdir())
    run.discard()
    assert list(tmp_path.iterdir()) == []
    run.close()


def test_stopped_before_an_iteration_the_last_weights_are_saved(run, settings):
    until(run, BatchDone)
    saved = list(run.save())[-1]
    assert isinstance(saved, Saved)
    assert (saved.best_iteration, saved.f_score) == (0, None)
    spacy.load(saved.folder)


def test_stopped_in_the_second_iteration_the_first_is_saved(gadget_texts, settings):
    run = TrainingRun(lambda: gadget_texts, settings(iterations=5))
    steps = run.steps()
    best = next(record for record in steps if isinstance(record, IterationDone))
    list(islice(steps, 3))
    saved = list(run.save())[-1]
    run.close()
    assert saved.best_iteration == best.iteration == 1
    assert spacy.load(saved.folder).meta["gadget_trainer"]["best_iteration"] == 1


def test_nothing_to_save_before_the_first_batch(run):
    until(run, Preparing)
    with pytest.raises(UserError, match="Nothing was learned yet"):
        list(run.save())


@pytest.mark.parametrize(
    "texts", [[], [annotated("My Kindle")], [annotated("My Kindle", (3, 8, "GADGET"))]], ids=["none", "empty", "cut"]
)
def test_texts_without_a_usable_span_are_a_sentence(texts, settings):
    run = TrainingRun(lambda: texts, settings())
    with pytest.raises(UserError, match="no span to learn from"):
        list(run.steps())
    run.close()


def test_bad_spans_end_no_run(gadget_texts, settings):
    bad = [
        annotated("\nAna Ruiz sold her Kindle", (0, 9, "GADGET"), (19, 25, "GADGET")),
        annotated("Galaxy Note Ultra", (0, 11, "GADGET"), (7, 17, "GADGET")),
        annotated("My Kindle ", (3, 10, "GADGET"), (3, 99, "GADGET"), (4, 4, "GADGET")),
        annotated("My Kindle", (3, 9, "!GADGET")),
        annotated(""),
        annotated(" \n "),
    ]
    run = TrainingRun(lambda: [*gadget_texts, *bad], settings(iterations=1))
    assert until(run, IterationDone).loss > 0
    run.close()


@pytest.mark.parametrize(("language", "rest"), [("zh", "手机很好"), ("de", " ist gut"), ("ar", " جيد")])
def test_other_languages_train(settings, language, rest):
    texts = [annotated(word + rest, (0, len(word), "GADGET")) for word in ("Kindle", "华为", "هاتف")]
    run = TrainingRun(lambda: texts, settings(language=language, iterations=1, held_out=0.0))
    assert until(run, IterationDone).loss > 0
    run.close()


def test_settings_out_of_range_are_a_sentence(gadget_texts, settings):
    run = TrainingRun(lambda: gadget_texts, settings(iterations=0))
    with pytest.raises(UserError, match="iterations"):
        list(run.steps())
    run.close()


def test_other_files_are_never_replaced(gadget_texts, settings, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "thesis.doc").write_text("")
    run = TrainingRun(lambda: gadget_texts, settings())
    with pytest.raises(UserError, match="would be lost"):
        list(run.steps())
    run.close()


def test_output_that_cannot_be_made_is_a_sentence(gadget_texts, settings, tmp_path):
    (tmp_path / "file").write_text("")
    run = TrainingRun(lambda: gadget_texts, settings(output=tmp_path / "file" / "model"))
    with pytest.raises(UserError, match="Choose another output folder"):
        list(run.steps())
    run.close()


def test_numpy_multiplies_where_it_is_chosen_and_nothing_of_it_lasts(gadget_texts, settings):
    before, ops = [one["num_threads"] for one in threadpool_info()], get_current_ops()
    run = TrainingRun(lambda: gadget_texts, settings(numpy_blas=True))
    steps = run.steps()
    assert any(isinstance(record, BatchDone) for record in steps)
    assert get_current_ops().use_blis is False
    assert {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"} <= {1}
    losses = [record.loss for record in steps if isinstance(record, IterationDone)]
    assert len(losses) == 2
    assert losses[1] < losses[0]
    assert run.facts()["numpy_blas"] is True
    run.close()
    assert get_current_ops() is ops
    assert [one["num_threads"] for one in threadpool_info()] == before
