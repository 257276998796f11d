"""Generic JSON: texts in objects of their own, records by their keys, lists deep within, and tokens with their tags."""

import json
from typing import Any

import pytest
from one_text import imported

from gadget_trainer.corpus.records import Span

TEXT = "Ana in Oslo"
SPAN = {"begin": 0, "end": 3, "tag": "P"}
GUESSES: dict[str, tuple[Any, str]] = {
    "beside": (
        [{"id": "a long identifier", "document": {"text": TEXT, "n": 1}, "spans": [SPAN]}],
        "“document.text” is the text, and “spans” holds the spans with “begin”, “end” and “tag”",
    ),
    "within": (
        [{"id": "a long identifier", "document": {"text": TEXT, "spans": [SPAN]}}],
        "“document.text” is the text, and “document.spans” holds the spans with “begin”, “end” and “tag”",
    ),
    "deep": (
        {"nlu": {"examples": [{"text": TEXT, "entities": [SPAN]}], "features": []}},
        "the records are in “nlu.examples”, “text” is the text, "
        "and “entities” holds the spans with “begin”, “end” and “tag”",
    ),
}


@pytest.mark.parametrize("shape", GUESSES)
def test_texts_and_spans_deeper_within_are_found(made, shape) -> None:
    content, sentence = GUESSES[shape]
    annotated, receipt = imported(made("a.json", json.dumps(content)))
    assert (annotated.text, annotated.spans) == (TEXT, (Span(0, 3, "P"),))
    assert receipt.remarks.first[0].message == f"a guess: {sentence}"


def test_what_stands_beside_a_text_within_an_object_is_kept(made) -> None:
    annotated, _receipt = imported(made("a.json", json.dumps(GUESSES["beside"][0])))
    assert annotated.meta == {"json": {"id": "a long identifier", "document": {"n": 1}}}
    _annotated, receipt = imported(made("b.json", json.dumps(GUESSES["deep"][0])))
    assert receipt.fields_dropped == {"features": 1}


@pytest.mark.parametrize("indent", [None, 1])
def test_an_object_of_records_is_read(made, read, indent) -> None:
    rows = {"a": {"text": TEXT, "ents": [SPAN]}, "b": {"text": "Bo", "key": 7}, "c": {"text": "Cy"}}
    texts, receipt = read(made("a.json", json.dumps(rows, indent=indent)))
    assert [text.text for text in texts] == [TEXT, "Bo", "Cy"]
    assert [text.meta["json"].get("key") for text in texts] == ["a", 7, "c"]
    assert [text.source for text in texts] == ["a.json:1", "a.json:2", "a.json:3"]
    assert receipt.spans_kept == 1
    assert receipt.fields_dropped == {"the key of the record": 1}
    assert receipt.remarks.first[0].message.startswith("a guess: each value of the object is a record, “text” is")
