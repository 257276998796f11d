"""Files whose offsets count something else than characters, with and without the texts of their spans."""

import html
import json

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.cli import main
from gadget_trainer.errors import UserError
from gadget_trainer.formats.mismatches import MismatchRule, OutsideRule, place_of
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.preview import look_at
from gadget_trainer.formats.reading import FileChoice, read_alike

TEXT = "🙂 Zoë\u0301 & \"Ana Ruiz\"\r\nmoved to\xa0<'Oslo'>, AT&amp;T."
MENTIONS = ["Ana Ruiz", "Oslo", "T."]


def counted(prefix: str, reading: Reading) -> int:
    """What the reading counts for a beginning of a text, by another way than the map's."""
    units = {
        Reading.UTF16: prefix.encode("utf-16-le")[::2],
        Reading.UTF8: prefix.encode(),
        Reading.GRAPHEMES: regex.findall(r"\X", prefix),
        Reading.ONE_LINE_BREAK: prefix.replace("\r\n", "\n"),
        Reading.ESCAPED_HTML: html.escape(prefix, quote=False),
        Reading.ESCAPED_DOUBLE_QUOTES: html.escape(prefix, quote=False).replace('"', "&quot;"),
        Reading.ESCAPED_QUOTES: html.escape(prefix),
        Reading.ESCAPED_SHORT_QUOTES: html.escape(prefix).replace("&#x27;", "&#39;"),
        Reading.ESCAPED_FIXED_SPACES: html.escape(prefix, quote=False).replace("\xa0", "&nbsp;"),
        Reading.ESCAPED_QUOTES_AND_SPACES: html.escape(prefix).replace("&#x27;", "&#39;").replace("\xa0", "&nbsp;"),
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


@pytest.mark.parametrize("entity", ["&quot;", "&#x27;", "&#39;", "&apos;", "&nbsp;"])
@pytest.mark.parametrize("outside", [False, True])
def test_offsets_into_escaped_text_are_found(made, read, entity, outside) -> None:
    text = html.unescape(f"A {entity}B{entity} & Ana") + " in Oslo" * (not outside)
    escaped = text.replace("&", "&amp;").replace(html.unescape(entity), entity)
    start = escaped.index("Ana")
    row = {"text": text, "spans": [{"start": start, "end": start + 3, "label": "X", "text": "Ana"}]}
    texts, receipt = read(made("a.jsonl", json.dumps(row)))
    assert (mentions(texts), receipt.offsets_assumed) == ([["Ana"]], False)
    known = {"&apos;": "&#x27;"}.get(entity, entity)
    assert known in receipt.offsets.phrase
    assert any(line.startswith(f"Offsets: {receipt.offsets.phrase}; so read") for line in receipt.lines())


def test_where_no_reading_fits_all_both_texts_are_shown(made, read) -> None:
    content = row(TEXT, ["Ana Ruiz"], Reading.UTF16, surfaces=True) + row(
        "Ana 🙂 Oslo", ["Oslo"], Reading.CODE_POINTS, surfaces=True
    )
    texts, receipt = read(made("a.jsonl", content))
    assert mentions(texts)[1] == ["Oslo"]
    assert (receipt.offsets, receipt.offsets_assumed) == (Reading.CODE_POINTS, True)
    assert receipt.remarks.count == 1
    assert '“na Ruiz"”, in the file “Ana Ruiz”' in receipt.remarks.first[0].message


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
    reason = "code points and UTF-16 units give the same spans"
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
    with pytest.raises(UserError, match=r"^a\.jsonl:1 could .* only a\.jsonl:2 shows .* file again\.$") as refused:
        read(made("a.jsonl", content.replace('"end": 8', '"end": 7')))
    assert refused.value.option == "--offsets utf-8"


def stated(text: str, *spans: tuple[int, int, str]) -> str:
    """A row whose spans come with the words that the file gives for them."""
    listed = [{"start": start, "end": end, "label": "X", "text": words} for start, end, words in spans]
    return json.dumps({"text": text, "spans": listed, "answer": "accept"}) + "\n"


DRIFTED = stated("Ana and Bob went to Oslo", (0, 3, "Ana"), (6, 9, "Bob"), (17, 21, "Oslo"))


def decided(path, **rules):
    reading = read_alike([path], FileChoice(path, **rules))
    return list(reading.texts()), reading.receipts[0]


def test_where_words_and_offsets_differ_the_offsets_are_taken_if_nobody_decides(made) -> None:
    for rule in (None, MismatchRule.OFFSETS):
        (text,), receipt = decided(made("a.jsonl", DRIFTED), mismatches=rule)
        assert mentions([text]) == [["Ana", "d B", "to O"]]
        assert (receipt.remarks.count, receipt.spans_exact) == (2, 3)


def test_a_span_goes_to_its_words(made) -> None:
    (text,), receipt = decided(made("a.jsonl", DRIFTED), mismatches=MismatchRule.WORDS)
    assert mentions([text]) == [["Ana", "Bob", "Oslo"]]
    assert text.complete
    assert (receipt.spans_exact, receipt.spans_in_file, receipt.remarks.count) == (1, 3, 0)
    assert receipt.spans_repaired.reasons == {"it was moved to its words": 2}
    assert receipt.spans_repaired.first[0].message.startswith("6–9 “X” to 8–11: ")


def test_a_span_whose_words_are_nowhere_is_lost(made) -> None:
    content = stated("Ana went", (1, 4, "Ana"), (4, 8, "Bob"))
    (text,), receipt = decided(made("a.jsonl", content), mismatches=MismatchRule.WORDS)
    assert mentions([text]) == [["Ana"]]
    assert not text.complete
    assert receipt.spans_lost.reasons == {"its words are not in its text": 1}


def test_spans_beside_their_words_can_be_left_out(made) -> None:
    (text,), receipt = decided(made("a.jsonl", DRIFTED), mismatches=MismatchRule.LEAVE_OUT)
    assert mentions([text]) == [["Ana"]]
    assert not text.complete
    assert (receipt.spans_lost.count, receipt.spans_in_file) == (2, 3)


def test_a_span_outside_its_text_can_be_left_out(made) -> None:
    content = stated("Ana", (0, 3, "Ana")) + stated("Ana in Oslo", (0, 3, "Ana"), (9, 13, "Oslo"))
    with pytest.raises(UserError, match="outside its text"):
        decided(made("a.jsonl", content))
    texts, receipt = decided(made("a.jsonl", content), outside=OutsideRule.LEAVE_OUT)
    assert mentions(texts) == [["Ana"], ["Ana"]]
    assert [text.complete for text in texts] == [True, False]
    assert receipt.spans_lost.reasons == {"it lies outside its text, and such spans were to be left out": 1}
    texts, receipt = decided(made("a.jsonl", content), mismatches=MismatchRule.WORDS)
    assert mentions(texts) == [["Ana"], ["Ana", "Oslo"]]


@pytest.mark.parametrize("reading", [Reading.UTF16, Reading.UTF8])
def test_rules_hold_in_other_units_too(made, reading) -> None:
    path = made("a.jsonl", stated("🙂 Ana", (5, 99, "Ana")))
    with pytest.raises(UserError, match="outside its text"):
        decided(path, offsets=reading)
    (text,), _receipt = decided(path, offsets=reading, outside=OutsideRule.LEAVE_OUT)
    assert text.spans == ()
    (text,), _receipt = decided(path, offsets=reading, mismatches=MismatchRule.WORDS)
    assert mentions([text]) == [["Ana"]]


def test_a_span_with_an_edge_inside_a_character_goes_to_its_words(made) -> None:
    path = made("a.jsonl", stated("🙂 Ana", (1, 4, "Ana")))
    (text,), _receipt = decided(path, offsets=Reading.UTF16, mismatches=MismatchRule.WORDS)
    assert mentions([text]) == [["Ana"]]


def test_spans_that_are_moved_to_one_place_are_merged(made) -> None:
    content = stated("Ask Ana", (3, 6, "Ana"), (4, 7, "Ana"), (2, 5, "Ana"))
    (text,), receipt = decided(made("a.jsonl", content), mismatches=MismatchRule.WORDS)
    assert mentions([text]) == [["Ana"]]
    assert (receipt.spans_in_file, receipt.spans_exact, receipt.spans_merged) == (3, 1, 2)


@given(text=st.text(st.sampled_from("ab c"), max_size=30), data=st.data())
def test_the_place_of_words_is_the_nearest(text, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    near = data.draw(st.integers(-5, 40))
    found = place_of(words, text, near)
    if not words.strip():
        assert found is None
        return
    assert found is not None
    places = [at for at in range(len(text)) if text.startswith(words.strip(), at)]
    clipped = min(max(near, 0), len(text))
    assert text[slice(*found)] == words.strip()
    assert abs(found[0] - clipped) == min(abs(at - clipped) for at in places)


@pytest.mark.parametrize(
    ("words", "text", "place"),
    [("a b", "x a \n b", (2, 7)), ("Bob", "Ana", None), ("a  c", "a b", None), (" ", "", None)],
)
def test_spaces_of_words_may_differ(words, text, place) -> None:
    assert place_of(words, text, 0) == place


def test_the_command_line_takes_the_rules(made, capsys) -> None:
    path = made("a.jsonl", DRIFTED + stated("Ana", (2, 5, "Ana")))
    project = str(path.with_name("p.gadget"))
    assert main(["import", project, str(path)]) == 2
    assert " On the command line: --mismatches words, or --outside leave-out\n" in capsys.readouterr().err
    assert main(["import", project, str(path), "--outside", "leave-out", "--mismatches", "words"]) == 0
    said = capsys.readouterr().out
    assert "3 × it was moved to its words" in said
    assert main(["import", project, str(path), "--outside", "leave-out", "--mismatches", "leave-out"]) == 0
    assert "1 × it lies outside its text, and such spans were to be left out" in capsys.readouterr().out


def test_the_command_line_takes_the_unit(made, capsys) -> None:
    path = made("a.jsonl", row("🙂 Ana", ["Ana"], Reading.UTF16, surfaces=False))
    assert main(["import", str(path.with_name("p.gadget")), str(path), "--offsets", "utf-16"]) == 0
    assert "Offsets: UTF-16 units; so it was chosen" in capsys.readouterr().out


@pytest.mark.parametrize("reading", [one for one in Reading if one not in (Reading.UNESCAPED_HTML, Reading.INCLUSIVE)])
@given(text=st.text(st.sampled_from("ab\r\n&<\"'\xa0é\u0301🙂👩\u200d🇳🇴")), data=st.data())
def test_offsets_of_every_unit_come_back(text, data, reading) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edges = {0, len(text), *(match.end() for match in regex.finditer(r"\X", text))}
    found = OffsetMap(text, reading).span(counted(text[:start], reading), counted(text[:end], reading))
    if {start, end} <= edges:
        assert found == (start, end)
