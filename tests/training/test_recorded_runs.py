"""The sentences on a run, held against what real runs of each kind reported (see ../data/runs/README.md)."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gadget_trainer.training.progress import IterationDone
from gadget_trainer.training.run_records import iterations_from_json
from gadget_trainer.training.verdict import judge, verdict
from gadget_trainer.training.verdict_rules import Kind

RUNS = Path(__file__).parents[1] / "data" / "runs"


def recorded(name: str) -> list[IterationDone]:
    return iterations_from_json(json.loads((RUNS / f"{name}.json").read_text(encoding="utf-8")))


def kind_at(name: str, iteration: int) -> Kind:
    judged = judge(recorded(name)[:iteration])
    assert judged is not None
    return judged.kind


@pytest.mark.parametrize(
    ("name", "iteration", "kind"),
    [
        ("learning", 1, Kind.BEGUN),
        ("learning", 2, Kind.LEARNING),
        ("learning", 3, Kind.LEARNING),
        ("levelled_off", 6, Kind.LEARNING),
        ("levelled_off", 16, Kind.LEVELLED_OFF),
        ("levelled_off", 20, Kind.MEMORISING),
        ("memorising", 2, Kind.LEARNING),
        ("memorising", 30, Kind.MEMORISING),
        ("learned_nothing", 8, Kind.LEARNED_NOTHING),
        ("loss_becomes_0", 40, Kind.LEARNED_LITTLE),
        ("too_little_held_out", 12, Kind.TOO_LITTLE_HELD_OUT),
        ("many_labels", 8, Kind.LEARNING),
        ("nothing_held_out", 5, Kind.NOTHING_HELD_OUT),
        ("no_number", 4, Kind.NO_NUMBER),
        ("forgot", 4, Kind.LEARNING),
        ("forgetting", 4, Kind.FORGETTING),
    ],
)
def test_each_kind_of_run_is_recognised(name: str, iteration: int, kind: Kind) -> None:
    assert kind_at(name, iteration) is kind


def test_a_run_that_rose_to_its_end_is_told_to_go_on() -> None:
    judged = judge(recorded("learning"), ended=True)
    assert judged is not None
    assert judged.kind is Kind.STILL_LEARNING


def test_a_run_that_ends_without_a_mistake_is_not_told_to_go_on() -> None:
    *before, last = recorded("learning")
    judged = judge([*before, replace(last, f_score=1.0, f_interval=(0.9, 1.0))], ended=True)
    assert judged is not None
    assert judged.kind is Kind.FOUND_ALL
    assert "More iterations may help" not in judged.sentence


def test_labels_with_few_spans_are_named() -> None:
    assert "Too few spans of" in verdict(recorded("many_labels"))


def test_an_old_label_that_is_forgotten_is_named() -> None:
    assert "“INGRED” is being forgotten: F 0." in verdict(recorded("forgetting"))
    assert "None of the 105 “INGRED” held out is found" in verdict(recorded("forgot"))


def test_every_recorded_run_has_a_sentence_after_each_iteration() -> None:
    for path in RUNS.glob("*.json"):
        records = recorded(path.stem)
        assert records, path.stem
        for end in range(1, len(records) + 1):
            sentence = verdict(records[:end])
            assert sentence.endswith("."), (path.stem, end)
            assert "nan" not in sentence
