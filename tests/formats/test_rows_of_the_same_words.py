"""Rows of one text that no hash ties together: Prodigy's are merged by their words, of others it is said."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import StringIO
from itertools import product

import pytest

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats import prodigy_repeats
from gadget_trainer.formats.prodigy_repeats import repeated_words
from gadget_trainer.formats.writing import write_file

TEXT = "Ana met Bob in Oslo"
ANA, BOB = {"start": 0, "end": 3, "label": "P"}, {"start": 8, "end": 11, "label": "P"}
SEVERAL = "several rows of a text became one text"


def lines(*rows: dict[str, object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def row(*spans: dict[str, object], answer: str = "accept", text: str = TEXT, **more: object) -> dict[str, object]:
    return {"text": text, "spans": [*spans], "answer": answer, **more}


def test_what_most_rows_of_a_text_say_stays(made, read) -> None:
    other = row(BOB, text="Bob met Ana")
    content = lines(row(ANA), row(ANA, BOB), other, row(ANA, answer="ignore"), row(BOB))
    (first, second), receipt = read(made("a.jsonl", content))
    assert (first.text, second.text, second.source) == ("Bob met Ana", TEXT, "a.jsonl:1")
    assert second.spans == (Span(0, 3, "P"), Span(8, 11, "P"))
    assert (second.state, second.complete) == (TextState.DONE, False)
    assert receipt.remarks.reasons[SEVERAL] == 1
    assert (receipt.spans_in_file, receipt.spans_exact, receipt.spans_lost.count) == (6, 3, 1)


def test_rows_that_contradict_each_other_are_no_longer_two_done_texts(made, read) -> None:
    for rows in ((row(ANA), row(BOB)), (row(), row(ANA))):
        (text,), receipt = read(made("a.jsonl", lines(*rows)))
        assert (text.spans, text.state, text.complete) == ((), TextState.TODO, False)
        assert receipt.spans_lost.count == receipt.spans_in_file > 0


def test_rows_without_spans_are_merged_too(made, read) -> None:
    texts, receipt = read(made("a.jsonl", lines(row(), row(answer="reject"), row(text="Ben"), row(flagged=True))))
    assert [(one.text, one.state, one.flagged) for one in texts] == [
        ("Ben", TextState.DONE, False),
        (TEXT, TextState.DONE, True),
    ]
    assert receipt.remarks.reasons[SEVERAL] == 1


@pytest.mark.parametrize("as_list", [False, True])
def test_however_the_rows_are_written_the_words_count(made, read, as_list) -> None:
    text = 'caf\u00e9 "Ana" \U0001f642\n'
    spans = [{"start": 6, "end": 9, "label": "P"}]
    one, two = {"text": text, "spans": spans, "answer": "accept"}, {"answer": "accept", "spans": spans, "text": text}
    rows = [json.dumps(each, ensure_ascii=plain) for each, plain in product((one, two), (False, True))]
    content = f"[{', '.join(rows)}]" if as_list else "\n".join(rows)
    (found,), receipt = read(made("a.json" if as_list else "a.jsonl", content))
    assert (found.spans, receipt.spans_merged) == ((Span(6, 9, "P"),), 3)


def test_who_begins_alike_is_not_the_same(made, read) -> None:
    texts, receipt = read(made("a.jsonl", lines(*(row(text=f"{'x' * 80} {at}") for at in range(4)))))
    assert (len(texts), receipt.remarks.count) == (4, 0)


def test_rows_that_say_nothing_of_prodigy_are_texts_of_their_own_and_it_is_said(made, read) -> None:
    rows = [{"text": TEXT, "spans": [ANA]}, {"text": TEXT, "spans": [BOB]}, {"text": "Ana", "spans": [ANA]}]
    texts, receipt = read(made("a.jsonl", lines(*rows, rows[2], {"text": TEXT})))
    assert len(texts) == 5
    assert receipt.remarks.reasons == {"the text is in the file more than once, with other spans": 1}
    assert receipt.remarks.first[0].where == "a.jsonl:2"
    assert receipt.remarks.first[0].message.startswith("a.jsonl:1 and a.jsonl:2: the text is")
    _texts, receipt = read(made("a.json", json.dumps([{"body": TEXT, "found": [span]} for span in (ANA, BOB)])))
    assert "the text is in the file more than once, with other spans" in receipt.remarks.reasons


def test_other_rows_of_a_file_go_their_own_way(made, read) -> None:
    binary = row(BOB, _view_id="ner")
    category = {"text": TEXT, "label": "NEWS", "answer": "accept"}
    hashed = row(ANA, _input_hash=7)
    content = lines(row(ANA), category, binary, hashed, {"text": TEXT}, row(ANA), {"text": "", "answer": "accept"})
    texts, receipt = read(made("a.jsonl", content))
    assert sorted((len(one.spans), one.categories) for one in texts) == [(0, ()), (0, ("NEWS",)), (1, ()), (1, ())]
    assert receipt.texts_skipped.count == 1


@pytest.mark.parametrize("states", list(product([TextState.DONE, TextState.SKIPPED, TextState.TODO], repeat=2)))
def test_texts_of_a_project_that_are_the_same_stay_two(tmp_path, read, states) -> None:
    spans = ((Span(0, 3, "P"),), (Span(8, 11, "P"),))
    corpus = [AnnotatedText(TEXT, one, state) for one, state in zip(spans, states, strict=True)]
    corpus.append(AnnotatedText("Ana", (), TextState.DONE, complete=True))
    write_file(tmp_path / "a.jsonl", corpus)
    texts, receipt = read(tmp_path / "a.jsonl")
    assert [one._replace(source="") for one in texts] == corpus
    assert receipt.remarks.reasons[SEVERAL] == 0
    assert (tmp_path / "a.jsonl").read_text().count("_kept") == (TextState.TODO not in states)


ROWS = [f'{{"text": "{at} is a number", "answer": "accept"}}' for at in range(100)]
CAFE = '{"text": "caf\u00e9", "answer": "accept"}'


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        [*ROWS, ""],
        [*ROWS, '{"text":"no blank", "answer": "accept"}'],
        [*ROWS, *(f'{{"text":"{at} broken' for at in range(9))],
        [*ROWS, CAFE],
        ["", *ROWS],
        [],
    ],
)
def test_only_the_same_words_are_found(content) -> None:
    def found(*more: str) -> Counter[int]:
        rows = [*content, *more]
        return repeated_words(lambda: enumerate(rows), lambda: StringIO("\n".join(rows) + "\n"))

    assert not found()
    assert found(ROWS[7]) == ({hash("7 is a number"): 2} if content else {})
    assert found(ROWS[7], ROWS[7])[hash("7 is a number")] == (3 if content else 2)
    assert found(CAFE.replace("\u00e9", r"\u00e9")) == ({hash("caf\u00e9"): 2} if CAFE in content else {})


@pytest.mark.parametrize("size", [1, 30, 100])
def test_what_is_read_in_pieces_is_found_all_the_same(monkeypatch, size) -> None:
    monkeypatch.setattr(prodigy_repeats, "_PIECE", size)
    rows = [*ROWS, ROWS[0]]
    assert repeated_words(lambda: enumerate(rows), lambda: StringIO("\n".join(rows))) == {hash("0 is a number"): 2}
    assert not repeated_words(lambda: enumerate(ROWS), lambda: StringIO("\n".join(ROWS)))
    for written in (r"caf\u00e9", r"c\/a", "c/a"):
        other = CAFE.replace("caf\u00e9", written)
        rows = [other, *ROWS, CAFE if "u" in written else other.replace(r"\/", "/")]
        expected = hash("caf\u00e9" if "u" in written else "c/a")
        assert repeated_words(partial(enumerate, rows), partial(StringIO, "\n".join(rows))) == {expected: 2}


def test_a_million_different_texts_are_not_looked_at_one_by_one() -> None:
    def never() -> Iterator[tuple[int, str]]:
        raise AssertionError

    assert not repeated_words(never, lambda: StringIO("\n".join(ROWS)))
