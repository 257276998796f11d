"""The format is told by the whole file where its beginning tells nothing, and any JSON of texts is read."""

import json

import pytest

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.preview import look_at
from gadget_trainer.formats.reading import FileChoice
from gadget_trainer.formats.registry import recognise

SPAN = {"start": 0, "end": 3, "label": "P"}
TELLING = {
    "doccano": {"label": [[0, 3, "P"]]},
    "json": {"found": [{"begin": 0, "stop": 3, "tag": "P"}]},
    "labelbuddy": {"annotations": [{"label_name": "P", "start_char": 0, "end_char": 3}]},
    "labelstudio": {"label": [{"start": 0, "end": 3, "text": "Ana", "labels": ["P"]}]},
}


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def unlabelled(name: str, number: int) -> list[dict[str, object]]:
    (key,) = TELLING[name]
    return [{"text": f"Text {at}", "tags": [{"x": at}], key: []} for at in range(number)]


@pytest.mark.parametrize(("name", "number"), [*((name, 25) for name in TELLING), ("doccano", 1500)])
@pytest.mark.parametrize("as_list", [False, True])
def test_texts_that_nobody_has_labelled_may_stand_first(made, read, name, number, as_list) -> None:
    rows = [*unlabelled(name, number), {"text": "Ana in Oslo", **TELLING[name]}]
    path = made("a.dat", json.dumps(rows) if as_list else lines(*rows))
    assert recognise(path).name == name
    texts, receipt = read(path)
    assert (len(texts), receipt.spans_kept) == (number + 1, 1)


@pytest.mark.parametrize("name", TELLING)
@pytest.mark.parametrize("as_list", [False, True])
def test_the_first_text_may_be_longer_than_what_is_looked_at_first(made, read, name, as_list) -> None:
    row = {"text": "Ana " * 30_000, **TELLING[name]}
    path = made("a.dat", json.dumps([row]) if as_list else lines(row, row))
    assert recognise(path).name == name
    assert read(path)[1].spans_kept == (1 if as_list else 2)


def test_what_is_no_list_of_spans_tells_nothing(made) -> None:
    rows = [{"text": "Ana", "tags": [{"x": 1}]}] * 50 + [{"text": "Ana", "tags": [SPAN]}]
    assert recognise(made("a.jsonl", lines(*rows))).name == "jsonl"
    assert recognise(made("b.jsonl", lines(*rows[:50], {"text": "Ana", "found": [SPAN]}))).name == "json"


def test_a_file_that_stops_being_text_is_recognised_all_the_same(made) -> None:
    content = lines(*[{"text": "x" * 1000}] * 100).encode() + b'{"text": "\xff", "label": [[0, 1, "P"]]}\n'
    assert recognise(made("a.jsonl", content)).name == "jsonl"


def test_metadata_that_looks_like_spans_is_pointed_out(made, read) -> None:
    row = {"text": "Ana in Oslo", "answer": "accept"}
    _texts, receipt = read(
        made("a.jsonl", lines(row | {"ner": [[0, 3, "P"]]}, row | {"text": "Ben", "spans": [SPAN], "found": [SPAN]}))
    )
    reason = "it looks like spans, and was kept as metadata"
    assert receipt.remarks.reasons == {reason: 2}
    assert receipt.remarks.first[0].message == f"“ner”: {reason}"
    _texts, receipt = read(made("b.jsonl", lines(row | {"found": [SPAN], "more": [[0, 3, "Q"]]})), "json")
    assert receipt.remarks.reasons[reason] == 1


GUESSES = {
    '["Ana in Oslo", "Ben"]': "each string of the list is a text",
    '[{"text": "Ana in Oslo"}, {"text": "Ben", "n": 1}]': "“text” is the text, and there are no spans",
    '{"content": "Ana in Oslo"}\n{"content": "Ben"}\n': "“content” is the text, and there are no spans",
    '{"v": 1, "data": [{"body": "Ana in Oslo"}, {"body": "Ben"}]}': (
        "the records are in “data”, “body” is the text, and there are no spans"
    ),
    '{\n "texts": ["Ana in Oslo", "Ben"]\n}': "the records are in “texts”, each string of the list is a text",
}


@pytest.mark.parametrize("content", GUESSES)
def test_texts_without_spans_are_read(made, read, content) -> None:
    path = made("a.dat", content)
    texts, receipt = read(path)
    assert [(text.text, text.state) for text in texts] == [("Ana in Oslo", TextState.TODO), ("Ben", TextState.TODO)]
    assert receipt.remarks.first[0].message == f"a guess: {GUESSES[content]}"
    *_, glimpse = look_at([FileChoice(path)])
    assert glimpse.notes[-1] == f"Worth a look: a guess: {GUESSES[content]}"
    assert (glimpse.texts, glimpse.problem) == (2, "")


WITH_SPANS = [
    lines({"text": "Ana in Oslo", "ner": [[0, 3, "P"]]}),
    lines({"column_data": "Ana in Oslo", "column_label": [[0, 3, "P"]]}),
    json.dumps({"annotations": [["Ana in Oslo", {"entities": [[0, 3, "P"]]}]]}),
    json.dumps({"version": 2, "data": [{"text": "Ana in Oslo", "entities": [SPAN]}]}, indent=1),
    json.dumps({"version": 2, "data": [{"text": "Ana in Oslo" + " …" * 40_000, "entities": [SPAN]}]}, indent=1),
]


@pytest.mark.parametrize("content", WITH_SPANS)
def test_spans_as_triples_and_records_within_an_object_are_read(made, read, content) -> None:
    (text,), receipt = read(made("a.dat", content))
    assert receipt.format_title == "Other JSON with texts and spans"
    assert [(text.text[span.start : span.end], span.label) for span in text.spans] == [("Ana", "P")]
    assert receipt.fields_dropped == ({"version": 1} if "version" in content else {})


def test_what_is_no_record_is_counted(made, read) -> None:
    texts, receipt = read(made("a.json", '["Ana", 7, {"text": "Ben"}, null, ["x"]]'))
    assert [text.text for text in texts] == ["Ana", "Ben"]
    assert receipt.texts_skipped.reasons == {"it has no text": 3}
    spans = [[0, 3, "P"], {"start": 0}, [1, 2]]
    _texts, receipt = read(made("b.json", json.dumps([{"text": "Ana", "found": spans}])))
    assert receipt.spans_lost.reasons == {"the span is not stated as [start, end, label]": 2}


def test_a_text_that_begins_with_a_bracket_is_plain_text(made) -> None:
    for content in ('["Ana", she said.\nBen\n', "[1] See above.\n", '["Ana"] she said\n'):
        assert recognise(made("a.txt", content)).name == "txt"


def test_a_list_of_prodigys_rows_is_read_as_prodigys(made, read) -> None:
    row = {"text": "Ana in Oslo", "spans": [SPAN]}
    rows = [
        row | {"answer": "reject"},
        {"text": "Ben\n", "answer": "ignore"},
        row | {"text": "Eva in Rome", "answer": "accept"},
    ]
    path = made("a.json", json.dumps(rows, indent=1))
    assert recognise(path).name == "jsonl"
    texts, receipt = read(path)
    assert [(text.source, text.state, len(text.spans)) for text in texts] == [
        ("a.json:1", TextState.SKIPPED, 0),
        ("a.json:2", TextState.SKIPPED, 0),
        ("a.json:3", TextState.DONE, 1),
    ]
    assert receipt.spans_lost.reasons == {"the answer was reject": 1}


def test_another_tools_rows_with_tokens_or_an_answer_are_not_prodigys(made) -> None:
    row = {"text": "Ana in Oslo", "tokens": ["Ana"], "answer": "Oslo", "found": [SPAN]}
    assert recognise(made("a.json", json.dumps([row]))).name == "json"
    assert recognise(made("b.jsonl", lines(row))).name == "json"
