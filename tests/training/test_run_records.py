"""What is kept of an iteration is what was reported, whatever stands in an older or broken file."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.training.progress import IterationDone, LabelScore
from gadget_trainer.training.run_records import iteration_from_json, iteration_to_json, iterations_from_json

shares = st.floats(0, 1)
intervals = st.none() | st.tuples(shares, shares)
counts = st.integers(0, 10**6)
losses = st.floats(0, 1e12)
labels = st.builds(
    lambda name, marked, predicted, correct, interval: LabelScore.of_counts(
        name, marked, predicted, min(marked, predicted, correct), interval
    ),
    *(st.text(max_size=30), counts, counts, counts, intervals),
)
iterations = st.builds(
    IterationDone,
    iteration=st.integers(1, 500),
    iterations=st.integers(500, 1000),
    loss=losses,
    losses=st.dictionaries(st.text(max_size=9), losses, max_size=3),
    loss_per_1000_words=losses,
    precision=st.none() | shares,
    recall=st.none() | shares,
    f_score=st.none() | shares,
    labels=st.lists(labels, max_size=4).map(tuple),
    words_per_second=losses,
    seconds=losses,
    seconds_left=losses,
    best=st.booleans(),
    f_interval=intervals,
    next_score=st.integers(0, 500),
)


@given(iterations)
def test_what_is_kept_comes_back(record):
    kept = json.loads(json.dumps(iteration_to_json(record), allow_nan=False))
    assert iteration_from_json(kept) == record


def test_losses_that_are_no_number_are_kept_as_json():
    nan = IterationDone(1, 1, math.nan, {"ner": math.inf}, math.nan, None, None, None, (), 1.0, 1.0, 0.0, best=False)
    again = iteration_from_json(json.loads(json.dumps(iteration_to_json(nan), allow_nan=False)))
    assert again is not None
    assert math.isnan(again.loss)
    assert math.isnan(again.losses["ner"])


def test_what_an_older_program_kept_is_read():
    record = iteration_from_json({"iteration": 2, "loss": 3, "f_score": 0.5, "labels": [{"label": "A", "spans": 4}]})
    assert record is not None
    assert (record.iteration, record.iterations, record.loss, record.f_score) == (2, 2, 3.0, 0.5)
    assert record.labels == (LabelScore("A", None, 0.0, 0.0, 4, 0, 0),)
    assert record.f_interval is None


@pytest.mark.parametrize("mapping", [{}, {"iteration": None}, {"iteration": 0}, {"iteration": "two"}])
def test_what_is_no_iteration_is_none(mapping):
    assert iteration_from_json(mapping) is None
    assert [one.iteration for one in iterations_from_json([mapping, "nonsense", {"iteration": 1}])] == [1]


def test_nonsense_in_any_place_is_read_as_unknown():
    odd = {
        "iteration": 1,
        "loss": "x",
        "losses": [],
        "f_score": 7,
        "f_interval": [0.1],
        "labels": [3, {}],
        "best": "no",
    }
    record = iteration_from_json(odd)
    assert record is not None
    assert math.isnan(record.loss)
    assert (record.losses, record.f_score, record.f_interval, record.labels, record.best) == ({}, None, None, (), False)
