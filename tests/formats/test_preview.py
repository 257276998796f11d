"""What an import would bring, before anything is kept."""

import json
from pathlib import Path

import pytest

from gadget_trainer.corpus.records import Span
from gadget_trainer.formats import preview
from gadget_trainer.formats.encodings import Encoding
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.overlaps import OverlapRule
from gadget_trainer.formats.preview import SHOWN_TEXTS, Glimpse, look_at, part_around
from gadget_trainer.formats.reading import FileChoice


def row(text: str, *spans: tuple[int, int, str], **more: object) -> str:
    return json.dumps({"text": text, "spans": [{"start": a, "end": b, "label": c} for a, b, c in spans], **more}) + "\n"


def last(path: Path, **choice: object) -> Glimpse:
    *_others, final = look_at([FileChoice(path, **choice)])
    return final


def test_the_first_texts_are_shown_and_the_whole_is_counted(made) -> None:
    path = made("a.jsonl", "".join(row(f"Kindle {number}", (0, 6, "GADGET")) for number in range(1_000)))
    first, *_between, final = look_at([FileChoice(path)])
    assert (first.texts, first.complete) == (SHOWN_TEXTS, False)
    assert [one.text for one in first.first] == [f"Kindle {number}" for number in range(SHOWN_TEXTS)]
    assert first.first[0].spans == (Span(0, 6, "GADGET"),)
    assert (final.texts, final.spans, final.labels, final.complete) == (1_000, 1_000, {"GADGET": 1_000}, True)
    assert (final.format_title, final.encoding) == ("Prodigy JSONL", Encoding("utf-8"))
    assert final.choice == FileChoice(path, format_name="jsonl")
    assert final.asked == FileChoice(path)


def test_every_file_is_looked_at_before_any_is_read_to_its_end(made) -> None:
    paths = [made(f"{number}.txt", "a line\n" * 100) for number in range(20)]
    glimpses = list(look_at([FileChoice(path) for path in paths]))
    assert [one.choice.path for one in glimpses[:20]] == paths
    assert not any(one.complete for one in glimpses[:20])
    assert {one.choice.path for one in glimpses if one.complete and one.texts == 100} == set(paths)


def test_a_look_can_be_ended_in_its_middle(made) -> None:
    looking = look_at([FileChoice(made("a.txt", "a line\n" * 10_000))])
    assert next(looking).texts == SHOWN_TEXTS
    looking.close()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", row("Ana") + "broken\n", "a.jsonl:2 is not a JSON object"),
        ("a.txt", "", "a.txt is empty"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\xff", "a.png is in no format"),
        ("a.txt", " \n \n ", "a.txt is empty"),
        ("a.jsonl", '{"text": 5, "spans": []}', "There is no text in it."),
    ],
)
def test_what_cannot_be_read_is_said(made, name, content, said) -> None:
    glimpse = last(made(name, content))
    assert said in glimpse.problem
    assert glimpse.complete


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    assert "does not exist" in last(tmp_path / "gone.txt").problem


def test_a_bad_line_shows_only_at_the_end_and_is_said_then(made) -> None:
    first, *_between, final = look_at([FileChoice(made("a.jsonl", row("Ana") * 100 + "broken\n"))])
    assert first.problem == ""
    assert final.problem.startswith("a.jsonl:101 ")


def test_a_guessed_encoding_is_shown_with_the_texts_that_tell(made) -> None:
    lines = ["plain"] * 100 + ["Ça coûte 5 € à l'élève, garçon."]
    glimpse = last(made("a.txt", "\n".join(lines).encode("cp1252")))
    assert glimpse.encoding == Encoding("cp1252", guessed=True)
    assert glimpse.choice.encoding == "cp1252"
    assert glimpse.first[0].text == lines[-1]
    assert len(glimpse.first) == SHOWN_TEXTS + 1
    other = last(made("a.txt", "\n".join(lines).encode("cp1252")), encoding="cp1251")
    assert other.encoding == Encoding("cp1251")
    assert other.texts == 101


def test_what_is_no_text_has_no_encoding(data: Path, made) -> None:
    assert last(made("a.txt", "Ana")).encoding is not None
    folder = last(data / "brat_materials")
    assert (folder.format_title, folder.texts) == ("brat standoff (.txt and .ann)", 3)


def test_the_notes_say_what_the_receipt_will(made) -> None:
    glimpse = last(made("a.jsonl", row("Ana ", (0, 4, "X")) + row("Ana", (1, 1, "X")) * 2 + "{}\n"))
    assert glimpse.notes == (
        "Without a usable text: it has no text",
        "Repaired: spaces at its edges were trimmed",
        "Lost: its end is not after its start (2 times)",
    )


def test_the_guess_of_the_generic_reader_is_among_the_notes(made) -> None:
    rows = [{"body": "Ana Ruiz", "marks": [{"begin": 0, "stop": 3, "tag": "P"}]}]
    glimpse = last(made("a.json", json.dumps(rows)))
    assert glimpse.format_title == "Other JSON with texts and spans"
    assert any("“body” is the text, and “marks” holds the spans" in note for note in glimpse.notes)


def test_a_file_of_patterns_brings_examples_of_labels(made) -> None:
    glimpse = last(made("a.jsonl", '{"label": "ORG", "pattern": "Apple"}\n{"label": "ORG", "pattern": "Acme"}\n'))
    assert (glimpse.problem, glimpse.texts, glimpse.labels) == ("", 0, {"ORG": 0})
    assert "2 examples of 1 label" in glimpse.notes


def test_overlaps_are_shown_and_follow_the_rule(made, monkeypatch) -> None:
    monkeypatch.setattr(preview, "SHOWN_CONFLICTS", 3)
    path = made("a.jsonl", row("University of Oslo", (3, 18, "ORG"), (0, 5, "X")) * 5)
    longest, first = last(path), last(path, overlaps=OverlapRule.FIRST)
    assert (longest.conflict_count, len(longest.conflicts)) == (5, 3)
    assert longest.labels == {"X": 0, "ORG": 5}
    assert first.labels == {"X": 5, "ORG": 0}


def test_open_offsets_become_a_question_with_both_readings(made) -> None:
    texts = row("plain", (0, 5, "X")) * 30 + row("🙂 Ana Ruiz moved", (3, 11, "PERSON"))
    path = made("a.jsonl", texts)
    first, *_between, final = look_at([FileChoice(path)])
    assert first.question is None
    question = final.question
    assert question is not None
    assert [one.reading for one in question.options][:1] == [Reading.UTF16]
    assert question.evidence(Reading.UTF16) == "31 of 31 spans begin and end with a word"
    assert question.evidence(Reading.CODE_POINTS) == "30 of 31 spans begin and end with a word"
    (disputed,) = question.disputed
    read = {one: [disputed.text[span.start : span.end] for span in spans] for one, spans in disputed.spans.items()}
    assert (read[Reading.UTF16], read[Reading.CODE_POINTS]) == (["Ana Ruiz"], ["na Ruiz "])
    answered = last(path, offsets=Reading.UTF16)
    assert answered.question is not None
    assert answered.offsets is Reading.UTF16
    assert answered.first[0].text == "plain"


def test_readings_that_come_to_the_same_are_one(made) -> None:
    question = last(made("a.jsonl", row("🙂 Ana", (3, 6, "X")))).question
    assert question is not None
    assert Reading.ESCAPED_HTML not in {one.reading for one in question.options}
    assert question.evidence(Reading.ESCAPED_HTML) == ""


def test_where_no_reading_matches_all_the_matches_are_counted(made) -> None:
    def stated(text: str, start: int, end: int, surface: str) -> str:
        return json.dumps({"text": text, "spans": [{"start": start, "end": end, "label": "X", "text": surface}]}) + "\n"

    content = stated("🙂 Ana", 3, 6, "Ana") * 2 + stated("🙂 Ana", 2, 5, "Ana")
    question = last(made("a.jsonl", content)).question
    assert question is not None
    assert question.surfaces == 3
    assert question.evidence(Reading.UTF16) == "2 of 3 spans match the words that the file gives for them"
    assert question.evidence(Reading.CODE_POINTS) == "1 of 3 spans match the words that the file gives for them"


def test_a_span_outside_its_text_asks_what_offsets_count(made) -> None:
    glimpse = last(made("a.jsonl", row("déjà, Ana", (0, 5, "X"), (7, 11, "X"))))
    assert "lies outside its text" in glimpse.problem
    assert glimpse.question is not None
    assert last(made("a.jsonl", row("Ana", (0, 5, "X")))).question is None


def test_a_part_of_a_long_text_keeps_the_spans_in_it() -> None:
    text = "a" * 5_000 + "Oslo" + "b" * 5_000
    spans = (Span(0, 3, "FAR"), Span(5_000, 5_004, "CITY"))
    part, (span,) = part_around(text, spans, 5_000, 5_004)
    assert part[span.start : span.end] == "Oslo"
    assert span.label == "CITY"
    assert part.startswith("…a")
    assert part.endswith("b…")
    assert len(part) < 2_100
    assert part_around("short", (Span(0, 5, "X"),), 0, 5) == ("short", (Span(0, 5, "X"),))
