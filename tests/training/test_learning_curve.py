"""The learning curve: nested parts, the same texts held out, nothing left behind."""

import gc
import itertools
import tempfile

import pytest

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import TextState
from gadget_trainer.training import learning_curve as module
from gadget_trainer.training.learning_curve import SHARES, learning_curve
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.split import choose_split
from gadget_trainer.training.what_next import CurvePoint, CurveStep


@pytest.fixture
def runs(monkeypatch):
    """What each run of the curve was given, and what it held out."""
    seen = []

    class Noted(TrainingRun):
        def __init__(self, texts, settings, **rest):
            super().__init__(texts, settings, **rest)
            seen.append(({text.text for text in texts()}, settings, self))

    monkeypatch.setattr(module, "TrainingRun", Noted)
    return seen


def test_the_parts_grow_around_each_other_and_all_are_scored_on_the_same_texts(gadget_texts, settings, runs, tmp_path):
    chosen = settings(iterations=1)
    records = list(learning_curve(lambda: gadget_texts, chosen))
    points = [record for record in records if isinstance(record, CurvePoint)]
    split = choose_split(gadget_texts, chosen.held_out)
    held = {text.text for text in gadget_texts if split.scores_on(text)}
    parts = [texts - held for texts, _, _ in runs]
    assert all(smaller < larger for smaller, larger in itertools.pairwise(parts))
    assert parts[-1] == {text.text for text in gadget_texts} - held
    assert all(held <= texts and run.held_out == split.held_out for texts, _, run in runs)
    assert [point.share for point in points] == list(SHARES)
    assert points[-1].texts == len(gadget_texts) - len(held)
    assert [point.texts for point in points] == sorted(point.texts for point in points)
    assert all(point.f_score is not None and point.interval is not None for point in points)
    fractions = [record.fraction for record in records if isinstance(record, CurveStep)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1)
    assert not chosen.output.exists()


def test_another_seed_chooses_other_parts_and_the_same_seed_the_same(gadget_texts, settings):
    split = choose_split(gadget_texts, 0.2)
    first, same, other = (module._ranked(gadget_texts, split, seed) for seed in (0, 0, 1))
    assert first == same
    assert first != other
    assert set(first) == set(other)


def test_texts_that_nobody_finished_and_would_be_held_out_are_never_learned_from(gadget_texts, settings):
    split = choose_split(gadget_texts, 0.5)
    begun = [
        text._replace(state=TextState.TODO, complete=False) if split.scores_on(text) else text for text in gadget_texts
    ]
    again = choose_split(begun, 0.5)
    kept = set(module._ranked(begun, again, 0))
    assert kept.isdisjoint({fingerprint(text.text) for text in gadget_texts if split.scores_on(text)} - again.learned)


def test_it_can_be_left_and_gives_everything_back(gadget_texts, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    thresholds = (700, 10, 10)
    gc.set_threshold(*thresholds)
    records = learning_curve(lambda: gadget_texts, settings(iterations=5))
    for record in records:
        if isinstance(record, CurveStep) and record.fraction > 0:
            break
    assert gc.get_threshold() != thresholds
    records.close()
    assert gc.get_threshold() == thresholds
    assert not list(tmp_path.glob("gadget-curve-*"))
