"""Spans in the shapes that further tools write are read, or it is said that they were kept as metadata."""

import json
from typing import Any

import pytest
from one_text import imported, imported_all

from gadget_trainer.corpus.records import Span, TextState
from gadget_trainer.formats.writing import write_file

TEXT = "Ana in Oslo"
ANA = (Span(0, 3, "P"),)
READ = {
    "entities": [{"offset": 0, "length": 3, "label": "P"}],
    "found": [{"offset": 0, "length": 3, "category": "P", "text": "Ana"}],
    "marks": [{"from": 0, "to": 3, "name": "P"}],
    "results": [{"entity_group": "P", "start": 0, "end": 3, "word": "Ana"}],
    "spans": {"sc": [[0, 3, "P"]]},
    "ents": {"P": [[0, 3]], "C": []},
    "labels": {"P": [{"start": 0, "end": 3}]},
    "mentions": {"P": {"offset": 0, "length": 3, "text": "Ana"}},
}
KEPT: dict[str, Any] = {
    "entities": {"0": {"start": 0, "end": 3, "label": "P"}},
    "grouped": {"one": [[0, 3, "P"]]},
    "ents": {"P": ["Ana"], "C": ["Oslo"]},
    "numbers": [{"start": 0, "end": 3, "id": "x"}],
    "ner_tags": [1, 0, 2],
    "tags": ["B-P", "O", "B-C"],
}
NONE: dict[str, Any] = {
    "sizes": {"a": [1, 2], "b": {"c": 3}},
    "tokens_of": [{"text": "Ana", "start": 0, "end": 3}],
    "votes": [0, 1],
    "tags": ["O", "news"],
    "path": [{"from": "a", "to": "b"}],
}
REASON = "it looks like spans, and was kept as metadata"


@pytest.mark.parametrize("key", READ)
@pytest.mark.parametrize("as_lines", [False, True])
def test_they_are_read(made, key, as_lines) -> None:
    rows = [{"text": TEXT, key: READ[key]}]
    annotated, receipt = imported(made("a.dat", f"{json.dumps(rows[0])}\n" if as_lines else json.dumps(rows)))
    assert (annotated.spans, annotated.state) == (ANA, TextState.DONE)
    assert (receipt.format_title, receipt.spans_exact) == ("Other JSON with texts and spans", 1)
    assert receipt.remarks.count == 1


def test_of_an_object_by_label_words_without_offsets_are_lost_and_named(made) -> None:
    entities = {"C": ["Oslo"], "P": [[0, 3], [7, 7], [0, 3, "Ana"]], " ": [[7, 11]]}
    rows = [{"text": TEXT}, {"text": TEXT, "entities": entities}, {"text": TEXT, "entities": {}}]
    (first, second, third), receipt = imported_all(made("a.json", json.dumps(rows)))
    assert (first.spans, second.spans, third.spans) == ((), ANA, ())
    assert not second.complete
    assert receipt.remarks.first[0].message.endswith("“entities” holds the spans of each label as [start, end]")
    said = [note.message for note in receipt.spans_lost.first]
    assert said[:1] == ["“Oslo”: the span is not stated of each label as [start, end]"]
    assert (receipt.spans_in_file, receipt.spans_lost.count) == (5, 4)


def test_what_is_by_label_beside_an_answer_is_kept_and_said(made) -> None:
    row = {"text": TEXT, "entities": {"P": [[0, 3]]}, "answer": "accept"}
    annotated, receipt = imported(made("a.jsonl", json.dumps(row)))
    assert (annotated.spans, receipt.remarks.reasons) == ((), {REASON: 1})


def test_a_length_that_is_none_is_a_lost_span(made) -> None:
    spans = [*READ["entities"], {"offset": 3, "length": "2", "label": "P"}]
    annotated, receipt = imported(made("a.json", json.dumps([{"text": TEXT, "entities": spans}])))
    assert (annotated.spans, receipt.spans_lost.count, receipt.spans_in_file) == (ANA, 1, 2)


@pytest.mark.parametrize("key", KEPT)
@pytest.mark.parametrize("more", [{}, {"answer": "accept"}, {"answer": "accept", "spans": [{"start": 7, "end": 11}]}])
def test_it_is_said_that_they_were_kept(made, key, more) -> None:
    for content in (json.dumps([{"text": TEXT, key: KEPT[key], **more}]), json.dumps({"text": TEXT, key: KEPT[key]})):
        annotated, receipt = imported(made("a.dat", content + "\n"))
        assert receipt.remarks.reasons[REASON] == 1
        assert f"“{key}”: {REASON}" in [note.message for note in receipt.remarks.first]
        assert not annotated.spans


@pytest.mark.parametrize("key", NONE)
def test_what_is_no_list_of_spans_is_passed_over(made, key) -> None:
    for more in ({}, {"answer": "accept"}):
        _annotated, receipt = imported(made("a.dat", json.dumps([{"text": TEXT, key: NONE[key], **more}])))
        assert receipt.remarks.reasons[REASON] == 0


OVERLAPPING = {"spans": {"sc": [[0, 3, "P"], [0, 3, "P"], [7, 11, "C"]], "other": [[0, 11, "X"]]}}


@pytest.mark.parametrize("annotations", [{"spans": {"sc": [[0, 3, "P"]]}, "links": {}}, OVERLAPPING])
def test_groups_of_spans_in_tuples_are_read_and_go_back(made, tmp_path, annotations) -> None:
    content = json.dumps([[TEXT, annotations]])
    for name, written in (("a.json", content), ("a.py", f"TRAIN_DATA = {json.loads(content)!r}")):
        annotated, receipt = imported(made(name, written))
        assert (annotated.spans[:1], annotated.state, annotated.complete) == (ANA, TextState.DONE, True)
        assert receipt.spans_in_file == len(annotations["spans"]["sc"])
        assert receipt.remarks.reasons[REASON] == int("other" in annotations["spans"])
        write_file(tmp_path / "out.json", [annotated], "spacy-json")
        assert json.loads((tmp_path / "out.json").read_text("utf-8")) == json.loads(content)


def test_spans_that_are_changed_go_back_to_their_group(made, tmp_path) -> None:
    annotated, _receipt = imported(made("a.json", json.dumps([[TEXT, OVERLAPPING]])))
    write_file(tmp_path / "out.json", [annotated._replace(spans=ANA)], "spacy-json")
    ((_text, back),) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert back == {"spans": {"sc": [[0, 3, "P"]], "other": [[0, 11, "X"]]}}
    write_file(tmp_path / "out.json", [annotated._replace(spans=(), state=TextState.TODO)], "spacy-json")
    ((_text, back),) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert back == {"spans": {"other": [[0, 11, "X"]]}}


def test_entities_come_before_groups(made) -> None:
    content = json.dumps([[TEXT, {"entities": [[0, 3, "P"]], "spans": {"sc": [[7, 11, "C"]]}}]])
    annotated, receipt = imported(made("a.json", content))
    assert (annotated.spans, receipt.remarks.first[0].message) == (ANA, f"“spans”: {REASON}")
