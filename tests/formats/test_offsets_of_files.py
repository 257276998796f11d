"""Files whose offsets count something else than characters, with and without the texts of their spans."""

import html
import json

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.cli import main
from gadget_trainer.errors import UserError
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.preview import look_at
from gadget_trainer.formats.reading import FileChoice

TEXT = "🙂 Zoë\u0301 & Ana Ruiz\r\nmoved to <Oslo>, AT&amp;T."
MENTIONS = ["Ana Ruiz", "Oslo", "T."]


def counted(prefix: str, reading: Reading) -> int:
    """What the reading counts for a beginning of a text, by another way than the map's."""
    units = {
        Reading.UTF16: prefix.encode("utf-16-le")[::2],
        Reading.UTF8: prefix.encode(),
        Reading.GRAPHEMES: regex.findall(r"\X", prefix),
        Reading.ONE_LINE_BREAK: prefix.replace("\r\n", "\n"),
        Reading.ESCAPED_HTML: html.escape(prefix, quote=False),
        Reading.UNESCAPED_HTML: html.unescape(prefix),
    }
    return len(units.get(reading, prefix))


def row(text: str, mentions: list[str], reading: Reading, *, surfaces: bool, end_later: int = 0) -> str:
    spans = []
    for mention in mentions:
        start = text.rindex(mention)
        end = counted(text[: start + len(mention)], reading) - (reading is Reading.INCLUSIVE) + end_later
        spans.append({"start": counted(text[:start], reading), "end": end, "label": "X"})
        if surfaces:
            spans[-1]["text"] = mention
    return json.dumps({"text": text, "spans": spans}) + "\n"


def mentions(texts) -> list[list[str]]:
    return [[text.text[span.start : span.end] for span in text.spans] for text in texts]


@pytest.mark.parametrize("reading", Reading)
def test_the_reading_that_fits_all_spans_is_taken_and_named(made, read, reading) -> None:
    content = row("Ana Ruiz in Oslo", ["Oslo"], reading, surfaces=True)
    content += row(TEXT, MENTIONS, reading, surfaces=True)
    texts, receipt = read(made("a.jsonl", content))
    assert mentions(texts) == [["Oslo"], MENTIONS]
    assert receipt.offsets is reading
    assert not receipt.offsets_assumed
    assert receipt.remarks.count == 0
    assert f"Offsets: {reading.phrase}; so read, all 4 spans match the texts that the file gives" in receipt.lines()


@pytest.mark.parametrize("reading", Reading)
def test_what_the_person_says_is_taken(made, read, reading) -> None:
    texts, receipt = read(made("a.jsonl", row(TEXT, MENTIONS, reading, surfaces=False)), None, reading)
    assert mentions(texts) == [MENTIONS]
    assert (receipt.offsets, receipt.offsets_reason) == (reading, "so it was chosen")


def test_where_no_reading_fits_all_both_texts_are_shown(made, read) -> None:
    content = row(TEXT, ["Ana Ruiz"], Reading.UTF16, surfaces=True) + row(
        "Ana 🙂 Oslo", ["Oslo"], Reading.CODE_POINTS, surfaces=True
    )
    texts, receipt = read(made("a.jsonl", content))
    assert mentions(texts)[1] == ["Oslo"]
    assert (receipt.offsets, receipt.offsets_assumed) == (Reading.CODE_POINTS, True)
    assert receipt.remarks.count == 1
    assert "“na Ruiz\\r”, in the file “Ana Ruiz”" in receipt.remarks.first[0].message


def test_without_texts_of_spans_the_documented_unit_is_an_assumption(made, read) -> None:
    texts, receipt = read(made("a.jsonl", row("🙂 Ana", ["Ana"], Reading.CODE_POINTS, surfaces=False)))
    assert mentions(texts) == [["Ana"]]
    assert (receipt.offsets, receipt.offsets_assumed) == (Reading.CODE_POINTS, True)
    assert receipt.to_json()["offsets_assumed"] is True


@pytest.mark.parametrize("text", ["Ana 🙂", "Zoë, Ana", "\u0645\u062d Ana"])
def test_nothing_is_assumed_where_units_do_not_differ(made, read, text) -> None:
    _texts, receipt = read(made("a.jsonl", row(text, ["Ana"], Reading.CODE_POINTS, surfaces=False)))
    assert not receipt.offsets_assumed


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("cafe\u0301 Ana in Oslo", Reading.GRAPHEMES),
        ("Hi\r\nAna in Oslo", Reading.ONE_LINE_BREAK),
        ("Hi\r\nwe saw Ana", Reading.ONE_LINE_BREAK),
    ],
)
def test_spans_that_look_moved_are_asked_about(made, read, text, reading) -> None:
    path = made("a.jsonl", row(text, ["Ana"], reading, surfaces=False))
    _texts, receipt = read(path)
    assert (receipt.offsets, receipt.offsets_assumed) == (Reading.CODE_POINTS, True)
    *_, glimpse = look_at([FileChoice(path)])
    assert glimpse.question is not None
    best = glimpse.question.options[0].reading
    assert mentions(read(path, None, best)[0]) == [["Ana"]]


@pytest.mark.parametrize("text", ["cafe\u0301 Ana", "Hi\r\nAna\r\nin", "Ana\r\nin Oslo", "Zoë\u0301, Ana"])
def test_spans_that_look_right_are_not_asked_about(made, read, text) -> None:
    _texts, receipt = read(made("a.jsonl", row(text, ["Ana"], Reading.CODE_POINTS, surfaces=False)))
    assert not receipt.offsets_assumed
    reason = "code points and UTF-16 units give the same spans, and none of these looks wrong"
    assert f"Offsets: characters (code points); {reason}" in receipt.lines()


def test_a_span_outside_its_text_shows_the_unit(made, read) -> None:
    content = row("🙂 Ana", ["Ana"], Reading.UTF16, surfaces=False)
    texts, receipt = read(made("a.jsonl", content))
    assert mentions(texts) == [["Ana"]]
    assert (receipt.offsets, receipt.offsets_assumed) == (Reading.UTF16, True)


def test_a_span_outside_its_text_in_every_reading_ends_the_import(made, read) -> None:
    content = row("🙂 Ana", ["Ana"], Reading.UTF16, surfaces=False, end_later=2)
    with pytest.raises(UserError, match=r"^a\.jsonl:2: the span 3–8 “X” lies outside its text"):
        read(made("a.jsonl", row("Ana", ["Ana"], Reading.UTF16, surfaces=False) + content))
    with pytest.raises(UserError, match=r"^a\.jsonl:1: the span 3–8 “X” .* read as UTF-16 units"):
        read(made("a.jsonl", content), None, Reading.UTF16)


def test_another_reading_is_not_taken_where_it_would_cut_words(made, read) -> None:
    spans = [{"start": 0, "end": 5, "label": "X"}, {"start": 7, "end": 11, "label": "X"}]
    content = json.dumps({"text": "déjà, Ana", "spans": spans})
    with pytest.raises(UserError, match="outside its text"):
        read(made("a.jsonl", content))


def test_an_offset_inside_a_character_loses_the_span(made, read) -> None:
    content = json.dumps({"text": "a🙂b", "spans": [{"start": 2, "end": 4, "label": "X"}]})
    (text,), receipt = read(made("a.jsonl", content), None, Reading.UTF16)
    assert text.spans == ()
    assert receipt.spans_lost.reasons == {"its offsets are in the middle of a character": 1}


def test_a_reading_that_shows_late_is_said_and_not_guessed(made, read) -> None:
    content = row("Zoë Ana", ["Ana"], Reading.UTF8, surfaces=False) + row("é Ana", ["Ana"], Reading.UTF8, surfaces=True)
    with pytest.raises(UserError, match=r"^a\.jsonl:1 could .* only a\.jsonl:2 shows .* \(--offsets utf-8\)\.$"):
        read(made("a.jsonl", content.replace('"end": 8', '"end": 7')))


def test_the_command_line_takes_the_unit(made, capsys) -> None:
    path = made("a.jsonl", row("🙂 Ana", ["Ana"], Reading.UTF16, surfaces=False))
    assert main(["import", str(path.with_name("p.gadget")), str(path), "--offsets", "utf-16"]) == 0
    assert "Offsets: UTF-16 units; so it was chosen" in capsys.readouterr().out


@pytest.mark.parametrize("reading", [one for one in Reading if one not in (Reading.UNESCAPED_HTML, Reading.INCLUSIVE)])
@given(text=st.text(st.sampled_from("ab\r\n&<é\u0301🙂👩\u200d🇳🇴")), data=st.data())
def test_offsets_of_every_unit_come_back(text, data, reading) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edges = {0, len(text), *(match.end() for match in regex.finditer(r"\X", text))}
    found = OffsetMap(text, reading).span(counted(text[:start], reading), counted(text[:end], reading))
    if {start, end} <= edges:
        assert found == (start, end)
