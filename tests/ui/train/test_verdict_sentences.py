"""What a run of each kind is said to mean."""

import pytest
from window_corpus import iteration

from gadget_trainer.training.progress import LabelScore
from gadget_trainer.training.verdict import verdict

MANY = (LabelScore("GADGET", 0.5, 0.5, 0.5, 200, 200, 100),)
FEW = (LabelScore("GADGET", 0.5, 0.5, 0.5, 4, 4, 2),)
ONE = (LabelScore("GADGET", 1.0, 1.0, 1.0, 1, 1, 1),)


def run(*scores, losses=None, labels=MANY):
    losses = losses or [10.0] * len(scores)
    return [
        iteration(number, loss, score, labels=labels)
        for number, (score, loss) in enumerate(zip(scores, losses, strict=True), start=1)
    ]


@pytest.mark.parametrize(
    ("records", "said"),
    [
        pytest.param([], "", id="none yet"),
        pytest.param(run(0.0, 0.0), "It has only begun", id="begun"),
        pytest.param(run(0.0, 0.0, 0.0), "Nothing it learned holds on other texts yet.", id="nothing learned"),
        pytest.param(run(0.2, 0.5, 0.6), "It is learning: F 0.60", id="learning"),
        pytest.param(run(0.2, 0.6, 0.5, 0.58), "the best at iteration 2", id="a dip is no end"),
        pytest.param(run(0.2, 0.6, 0.59, 0.58, 0.57), "It has levelled off: F 0.60 at iteration 2", id="levelled off"),
        pytest.param(run(0.2, 0.6, 0.5, 0.45, 0.4), "It is memorising: the score fell to 0.40", id="memorising"),
        pytest.param(
            run(0.5, 0.6, 0.7, losses=[10, 20, 40]), "It is learning: F 0.70", id="a rising loss says nothing"
        ),
        pytest.param(run(0.0, 0.0, 0.0, losses=[9, 1, 0]), "Nothing it learned holds", id="nor does a loss of 0"),
        pytest.param(run(None, labels=()), "no held-out text has an entity", id="no score"),
        pytest.param(run(None, losses=[0.0], labels=()), "The loss is 0: there was nothing to learn.", id="no spans"),
        pytest.param(run(None, 0.4, None), "It is learning: F 0.40", id="a score now and then"),
    ],
)
def test_a_run_is_described(records, said):
    assert said in verdict(records) if said else verdict(records) == ""


def test_few_spans_held_out_are_warned_of():
    assert verdict(run(0.5, labels=FEW)).endswith("Only 4 spans are held out, so the score can be far off.")
    assert "Only 1 span is held out" in verdict(run(0.5, labels=ONE))
    assert "held out, so" not in verdict(run(0.5))


def test_with_a_base_the_best_is_the_one_that_also_forgot_little():
    records = [iteration(1, 10.0, 0.5, choice=0.6), iteration(2, 10.0, 0.55, choice=0.4)]
    assert "F 0.50" in verdict(records)
    assert "the best at iteration 1" in verdict(records)
