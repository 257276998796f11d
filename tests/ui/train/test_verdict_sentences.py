"""What a run of each kind is said to mean."""

import math
import re

import pytest
from window_corpus import iteration

from gadget_trainer.training.held_out_words import few_held_out, few_labels
from gadget_trainer.training.progress import LabelScore
from gadget_trainer.training.verdict import judge, verdict
from gadget_trainer.training.verdict_rules import Kind

MANY = (LabelScore("GADGET", 0.5, 0.5, 0.5, 200, 200, 100),)
FEW = (LabelScore("GADGET", 0.5, 0.5, 0.5, 12, 12, 6),)
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
        pytest.param(
            run(0.2, 0.6, 0.5, 0.45, 0.4, losses=[9, 5, 4, 3, 2]),
            "It is memorising: the score fell to 0.40",
            id="memorising",
        ),
        pytest.param(run(0.2, 0.6, 0.5, 0.45, 0.4), "It is getting worse: the score fell to 0.40", id="worse"),
        pytest.param(
            run(0.2, *[0.6] + [0.59] * 6, losses=[9, 8, 7, 6, 5, 4, 3, 2]),
            "It is memorising: the loss still falls, but no score is better than F 0.60",
            id="by heart",
        ),
        pytest.param(run(0.2, 0.6, 0.6, 0.59, 0.6, 0.3), "It is learning: F 0.60", id="one bad score is no fall"),
        pytest.param(
            run(0.5, 0.6, 0.7, losses=[10, 20, 40]), "It is learning: F 0.70", id="a rising loss says nothing"
        ),
        pytest.param(run(0.0, 0.0, 0.0, losses=[9, 1, 0]), "Nothing it learned holds", id="nor does a loss of 0"),
        pytest.param(run(None, labels=()), "No held-out text has an entity, so", id="no score"),
        pytest.param(run(None, losses=[0.0], labels=()), "The loss is 0: there was nothing to learn.", id="no spans"),
        pytest.param(run(None, 0.4, None), "It is learning: F 0.40", id="a score now and then"),
    ],
)
def test_a_run_is_described(records, said):
    assert said in verdict(records) if said else verdict(records) == ""


def test_before_the_first_score_nothing_is_said_of_what_is_held_out():
    waiting = [iteration(number, 10.0, None, labels=MANY, next_score=3) for number in (1, 2)]
    assert verdict(waiting) == (
        "How well it does is not known yet: the first score comes after iteration 3. Wait for it."
    )
    assert verdict(waiting, ended=True).startswith("It ended before its first score, which was to come after")
    assert verdict([*waiting, iteration(3, 10.0, 0.4, labels=MANY)]).startswith("It is learning: F 0.40")
    without = [*waiting, iteration(3, 10.0, None), iteration(4, 10.0, None, next_score=6)]
    assert verdict(without).startswith("No held-out text has an entity"), "the score that came showed it"


@pytest.mark.parametrize(
    ("losses", "what"),
    [
        ({"tok2vec": 1.0, "ner": 1.0}, "No held-out text has an entity, so"),
        ({"textcat": 1.0}, "No held-out text has a category, so"),
        ({"ner": 1.0, "textcat_multilabel": 1.0}, "No held-out text has an entity or a category, so"),
    ],
)
def test_what_held_out_texts_lack_is_what_is_taught(losses, what):
    assert verdict([iteration(1, 10.0, None, losses=losses)]).startswith(what)


DOWN = [9, 8, 7, 6, 5, 4, 3, 2]


@pytest.mark.parametrize(
    ("kind", "records", "ended"),
    [
        (Kind.NO_NUMBER, run(0.4, 0.4, losses=[9, math.nan]), False),
        (Kind.NOTHING_TO_LEARN, run(None, losses=[0.0], labels=()), False),
        (Kind.NOT_SCORED_YET, [iteration(1, 10.0, None, next_score=3)], False),
        (Kind.NOT_SCORED_YET, [iteration(1, 10.0, None, next_score=3)], True),
        (Kind.NOTHING_HELD_OUT, run(None, labels=()), False),
        (Kind.TOO_LITTLE_HELD_OUT, run(0.5, labels=ONE), False),
        (Kind.BEGUN, run(0.0), False),
        (Kind.LEARNED_NOTHING, run(0.0, 0.0, 0.0), False),
        (Kind.LEARNED_LITTLE, run(0.05, *[0.01] * 4), False),
        (Kind.SCORE_FALLS, run(0.2, 0.6, 0.5, 0.45, 0.4), False),
        (Kind.MEMORISING, run(0.2, 0.6, 0.5, 0.45, 0.4, losses=DOWN[:5]), False),
        (Kind.MEMORISING, run(0.2, *[0.6] + [0.59] * 6, losses=DOWN), False),
        (Kind.LEVELLED_OFF, run(0.2, 0.6, 0.59, 0.58, 0.57), False),
        (Kind.FOUND_ALL, run(0.5, 1.0), True),
        (Kind.STILL_LEARNING, run(0.2, 0.5), True),
        (Kind.LEARNING, run(0.2, 0.5), False),
    ],
)
def test_each_kind_says_what_to_do(kind, records, ended):
    judged = judge(records, ended=ended)
    assert judged is not None
    assert judged.kind is kind
    advice = r"Check|Mark|Let it|Start|Wait|annotate|look through|[Mm]ore .* (will|may|help)|try it|may help"
    assert re.search(advice, judged.sentence)


def test_few_spans_held_out_are_warned_of():
    assert verdict(run(0.5, labels=FEW)).endswith("Only 12 spans are held out, so the score can be far off.")
    assert "Too little is held out to say how well it learns: only 1 span is" in verdict(run(0.5, labels=ONE))
    assert "held out, so" not in verdict(run(0.5))


def test_a_run_that_ended_while_it_rose_is_told_to_go_on():
    assert verdict(run(0.2, 0.5, 0.6), ended=True).startswith("It was still learning when it ended: F 0.60")


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        (0, "None held out"),
        (1, "Only 1 held out"),
        (4, "Only 4 held out: one span more or less moves its score by 25 points."),
        (19, "by 5 points"),
        (20, ""),
    ],
)
def test_a_label_with_few_spans_has_a_sentence(spans, said):
    sentence = few_held_out(LabelScore.of_counts("GADGET", spans, spans, 0))
    assert said in sentence if said else sentence == ""


def test_labels_with_few_spans_are_named_and_counted():
    many, few = (LabelScore.of_counts(f"{name}", spans, spans, 0) for name, spans in (("A", 50), ("B", 3)))
    assert few_labels([many]) == few_labels([few]) == few_labels([many, many]) == ""
    assert few_labels([many, few]) == "Too few spans of “B” are held out to say anything about it."
    assert "“B”, “B”, “B” and 2 more labels" in few_labels([many, *[few] * 5])
    assert few_labels([few, few]) == "Too few spans of each label are held out to judge them one by one."


def two_labels(number, old, new, interval=0.05):
    """An iteration with the F-scores of an old and of a new label."""
    scores = [
        LabelScore(name, f_score, f_score, f_score, 100, 100, 50, (max(f_score - interval, 0), f_score + interval))
        for name, f_score in (("OLD", old), ("NEW", new))
    ]
    return iteration(number, 10.0 / number, (old + new) / 2, labels=tuple(scores))


def test_a_label_that_makes_room_for_another_is_being_forgotten():
    said = verdict([two_labels(1, 0.7, 0.1), two_labels(2, 0.4, 0.3)])
    assert said.startswith("“OLD” is being forgotten: F 0.40, and 0.70 before. Annotate it in these texts too")
    assert "What is kept is iteration 1, with F 0.40 over all labels." in said


def test_what_chance_explains_is_no_forgetting():
    assert "forgotten" not in verdict([two_labels(1, 0.7, 0.1, 0.2), two_labels(2, 0.4, 0.3, 0.2)])


def test_where_all_labels_lose_none_is_forgotten():
    assert "forgotten" not in verdict([two_labels(1, 0.7, 0.5), two_labels(2, 0.4, 0.2)])


def test_a_label_that_is_never_found_is_named():
    labels = (LabelScore.of_counts("OLD", 105, 0, 0), LabelScore.of_counts("NEW", 30, 30, 20))
    assert "None of the 105 “OLD” held out is found" in verdict([iteration(1, labels=labels)])


def test_with_a_base_the_best_is_the_one_that_also_forgot_little():
    records = [iteration(1, 10.0, 0.5, choice=0.6), iteration(2, 10.0, 0.55, choice=0.4)]
    assert "F 0.50" in verdict(records)
    assert "the best at iteration 1" in verdict(records)
