"""Offsets of which the file does not say what they count, and what is said of them."""

import json
from pathlib import Path

import pytest

from gadget_trainer.formats.offset_question import offset_question
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.registry import reader_named
from gadget_trainer.formats.source import Source
from gadget_trainer.formats.span_reader import SpanReader

WORDS = ["Ana", "went", "to", "Oslo"]
TEXT = " ".join(WORDS)


def rows(*, inclusive: bool, surfaces: bool = False, number: int = 3) -> str:
    def span(word: str) -> dict[str, object]:
        start = TEXT.index(word)
        found: dict[str, object] = {"start": start, "end": start + len(word) - inclusive, "label": "X"}
        return found | ({"text": word} if surfaces else {})

    row = {"text": TEXT, "spans": [span("Ana"), span("Oslo")], "answer": "accept"}
    return "".join(json.dumps(row | {"text": f"{TEXT} {at}"}) + "\n" for at in range(number))


def test_ends_inside_words_are_said_and_asked_about(made, read) -> None:
    path = made("a.jsonl", rows(inclusive=True))
    _texts, receipt = read(path)
    assert receipt.offsets_assumed
    assert receipt.offsets_reason == "the file does not say, but so read, most of its spans end inside a word"
    assert any("choose another unit" in line for line in receipt.lines())
    reader = reader_named("jsonl")
    assert isinstance(reader, SpanReader)
    question = offset_question(reader, Source(path))
    assert question is not None
    assert question.options[0].reading is Reading.INCLUSIVE
    assert question.evidence(Reading.INCLUSIVE) == "6 of 6 spans begin and end with a word"
    texts, receipt = read(path, None, Reading.INCLUSIVE)
    assert {TEXT[span.start : span.end] for one in texts for span in one.spans} == {"Ana", "Oslo"}
    assert not receipt.offsets_assumed
    assert not any("another unit" in line for line in receipt.lines())


@pytest.mark.parametrize(("inclusive", "surfaces", "number"), [(False, False, 3), (True, True, 3), (True, False, 1)])
def test_ends_at_words_or_proved_or_few_are_no_question(
    made, read, inclusive: bool, surfaces: bool, number: int
) -> None:
    path = made("a.jsonl", rows(inclusive=inclusive, surfaces=surfaces, number=number))
    _texts, receipt = read(path)
    assert not receipt.offsets_assumed


@pytest.mark.parametrize(("words", "remarks"), [("left knee", 0), ("left  knee", 0), ("left elbow", 1)])
def test_a_span_with_a_gap_is_compared_with_its_words(tmp_path: Path, read, words: str, remarks: int) -> None:
    (tmp_path / "a.txt").write_text("left and right knee hurt", "utf-8")
    (tmp_path / "a.ann").write_text(f"T1\tBODY 0 4;15 19\t{words}\n", "utf-8")
    _texts, receipt = read(tmp_path / "a.ann")
    assert receipt.remarks.count == remarks
    if remarks:
        assert receipt.remarks.first[0].message == (
            "T1: “left elbow”, here “left knee”: a span with a gap covers other words than the file gives for it"
        )
    assert receipt.span_counts()[0] == "Spans in the file: 2, each part of one with a gap counted (1 more)"
