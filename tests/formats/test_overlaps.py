"""Spans that overlap: a rule, or what a person decided."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.records import Span
from gadget_trainer.formats.overlaps import DECIDED, Conflict, OverlapRule, Overlaps, without_overlaps
from gadget_trainer.formats.reading import FileChoice, Import

TEXT = "The University of Oslo in Norway"
UNIVERSITY, OSLO, NORWAY = Span(4, 22, "ORG"), Span(18, 22, "CITY"), Span(26, 32, "COUNTRY")
EARLY = Span(0, 14, "NAME")


@pytest.mark.parametrize(
    ("rule", "kept"),
    [(OverlapRule.LONGEST, (UNIVERSITY, NORWAY)), (OverlapRule.FIRST, (EARLY, OSLO, NORWAY))],
)
def test_the_rule_says_what_stays(rule, kept) -> None:
    stays, lost = Overlaps(rule).settle(TEXT, [EARLY, UNIVERSITY, OSLO, NORWAY], "a:1")
    assert stays == kept
    assert {one.reason for one in lost} == {rule.reason}
    assert {one.span for one in lost} == {EARLY, UNIVERSITY, OSLO, NORWAY} - set(kept)
    assert all(one.rival in kept for one in lost)


def test_of_spans_that_cover_the_same_the_files_first_stays() -> None:
    for rule in OverlapRule:
        assert without_overlaps([Span(0, 3, "Z"), Span(0, 3, "A")], rule) == (Span(0, 3, "Z"),)


def test_each_place_is_told_with_its_two_readings() -> None:
    told: list[Conflict] = []
    Overlaps(noted=told.append).settle(TEXT, [UNIVERSITY, OSLO, NORWAY], "a:1")
    assert [(one.where, one.text, one.spans) for one in told] == [("a:1", TEXT, (UNIVERSITY, OSLO))]
    assert told[0].readings() == ((UNIVERSITY,), (OSLO,))


def test_what_a_person_decided_goes_before_the_rule() -> None:
    decided = {("a:1", (UNIVERSITY, OSLO)): (OSLO,)}
    kept, lost = Overlaps(decided=decided).settle(TEXT, [UNIVERSITY, OSLO, NORWAY], "a:1")
    assert kept == (OSLO, NORWAY)
    assert [(one.span, one.reason) for one in lost] == [(UNIVERSITY, DECIDED)]
    assert Overlaps(decided=decided).settle(TEXT, [UNIVERSITY, OSLO], "a:2")[0] == (UNIVERSITY,)


def test_the_receipt_counts_by_the_rule_and_by_the_decision(made) -> None:
    spans = [{"start": one.start, "end": one.end, "label": one.label} for one in (UNIVERSITY, OSLO)]
    path = made(
        "a.jsonl", json.dumps({"text": TEXT, "spans": spans}) + "\n" + json.dumps({"text": TEXT, "spans": spans})
    )
    choice = FileChoice(path, overlaps=OverlapRule.FIRST)
    decided = {path: {("a.jsonl:2", (UNIVERSITY, OSLO)): (OSLO,)}}
    reading = Import(((choice, choice.reader()),), decided=decided)
    assert [text.spans for text in reading.texts()] == [(UNIVERSITY,), (OSLO,)]
    assert reading.receipts[0].spans_lost.reasons == {OverlapRule.FIRST.reason: 1, DECIDED: 1}


spans_of_a_text = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from("AB")).map(
        lambda one: Span(one[0], one[0] + one[1], one[2])
    ),
    unique=True,
).map(lambda spans: sorted(spans, key=lambda one: one.start))


@given(spans_of_a_text, st.sampled_from(OverlapRule))
def test_what_stays_never_overlaps_and_nothing_is_lost_without_a_rival(spans, rule) -> None:
    kept, lost = Overlaps(rule).settle("x" * 50, spans, "a")
    assert sorted([*kept, *(one.span for one in lost)]) == sorted(spans)
    assert all(left.end <= right.start for left, right in pairwise(kept))
    assert all(one.rival is not None and one.rival.touches(one.span.start, one.span.end) for one in lost)
