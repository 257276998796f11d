"""What becomes of a span is noted with the line that the span has, where it is another than that of its text."""

import pytest

from gadget_trainer.corpus.records import Span
from gadget_trainer.errors import UserError
from gadget_trainer.formats.gaps import GapRule
from gadget_trainer.formats.notes import Notes
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.reading import FileChoice, Import

TEXT = "Ana met Bob in Oslo"
ROWS = (
    ("0", "3", "P"),
    ("0", "4", "P"),
    ("4", "x", "P"),
    ("15", "18", ""),
    ("7", "8", "P"),
    ("8", "19", "LONG"),
    ("15", "19", "CITY"),
    ("8", "11", "GONE"),
    ("0", "3", "P"),
)


def places(notes: Notes) -> list[tuple[str, str]]:
    """Where each is noted, with the reason."""
    return [(note.where, note.message.rpartition(": ")[2]) for note in notes.first]


def receipt_of(choice: FileChoice, labels: dict[str, str | None]):
    reading = Import(((choice, choice.reader()),), labels)
    texts = list(reading.texts())
    return texts, reading.receipts[0]


def test_a_row_of_a_table_is_named(made) -> None:
    rows = [f"1,{start},{end},{label},{TEXT}" for start, end, label in ROWS]
    path = made("a.csv", "\n".join(["text,start,end,label,content", *rows]))
    (text,), receipt = receipt_of(FileChoice(path), {"GONE": None, "LONG": "PLACE"})
    assert text.spans == (Span(0, 3, "P"), Span(8, 19, "PLACE"))
    assert text.source == "a.csv:2"
    assert places(receipt.spans_lost) == [
        ("a.csv:4", "its start and end are not whole numbers"),
        ("a.csv:5", "it has no label that can be used"),
        ("a.csv:6", "it covers nothing but spaces"),
        ("a.csv:8", "a longer or earlier one overlaps it"),
    ]
    assert [place for place, _reason in places(receipt.spans_repaired)] == ["a.csv:3", "a.csv:10"]
    assert [place for place, _reason in places(receipt.spans_left_out)] == ["a.csv:9"]
    assert [place for place, _reason in places(receipt.labels_changed)] == ["a.csv:7"]
    kinds = (receipt.spans_lost, receipt.spans_repaired, receipt.spans_left_out, receipt.labels_changed)
    assert {note.source for notes in kinds for note in notes.first} == {text.source}


def test_a_text_whose_only_label_is_left_out_in_a_later_row_is_done(made) -> None:
    path = made("a.csv", f"text,start,end,label,content\n1,,,,{TEXT}\n1,0,3,GONE,{TEXT}\n")
    (text,), receipt = receipt_of(FileChoice(path), {"GONE": None})
    assert (text.state, receipt.spans_left_out.first[0].where) == ("done", "a.csv:3")


def test_a_line_of_brat_is_named(made) -> None:
    made("a.txt", TEXT)
    lines = ["#1\tNote T2\tx", "T1\tP 0 4\tAna", "T2\tP 15 19\tRome", "T3\tP 12 13"]
    _texts, receipt = receipt_of(FileChoice(made("a.ann", "\n".join(lines))), {})
    assert places(receipt.spans_repaired)[0] == ("a.ann:2", "spaces at its edges were trimmed")
    assert [place for place, _reason in places(receipt.remarks)] == ["a.ann:3"]


def test_a_line_of_brat_with_a_gap_is_named(made) -> None:
    made("a.txt", TEXT)
    lines = ["T1\tP 0 3\tAna", "T2\tP 4 7;15 19\tmet Rome"]
    path = made("a.ann", "\n".join(lines))
    _texts, receipt = receipt_of(FileChoice(path), {})
    assert [place for place, _reason in places(receipt.spans_repaired)] == ["a.ann:2", "a.ann:2"]
    assert [place for place, _reason in places(receipt.remarks)] == ["a.ann:2"]
    _texts, receipt = receipt_of(FileChoice(path, gaps=GapRule.LEAVE_OUT), {})
    assert [place for place, _reason in places(receipt.spans_lost)] == ["a.ann:2"]


@pytest.mark.parametrize("first", ["Ana", "🙂 A"])
def test_the_refusal_of_a_span_outside_its_text_names_its_line(made, read, first) -> None:
    made("a.txt", f"{first} moved")
    annotations = made("a.ann", "T1\tP 0 1\nT2\tP 2 99\n")
    with pytest.raises(UserError, match=r"^a\.ann:2: the span 2–99 “P” lies outside its text"):
        read(annotations)
    table = made("a.csv", f"text,start,end,label,content\n1,0,1,P,{first}\n1,2,99,P,{first}\n")
    with pytest.raises(UserError, match=r"^a\.csv:3: the span 2–99 “P” lies outside its text"):
        read(table)


def test_a_span_that_begins_within_a_character_names_its_line(made) -> None:
    path = made("a.csv", "text,start,end,label,content\n1,2,5,P,🙂 Ana\n1,1,5,P,🙂 Ana\n")
    _texts, receipt = receipt_of(FileChoice(path, offsets=Reading.UTF8), {})
    assert places(receipt.spans_lost)[0][0] == "a.csv:2"
