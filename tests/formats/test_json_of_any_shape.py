"""Generic JSON: texts in objects of their own, records by their keys, lists deep within, and tokens with their tags."""

import json
from typing import Any

import pytest
from one_text import imported

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError

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


def marked(text: AnnotatedText) -> list[tuple[str, str]]:
    return [(text.text[span.start : span.end], span.label) for span in text.spans]


TOKENS = {"tokens": ["Ana", "Ruiz", "(", "Oslo", ")"], "ner_tags": ["B-P", "I-P", "O", "B-C", "O"]}


@pytest.mark.parametrize("as_lines", [False, True])
def test_tokens_and_their_tags_are_joined(made, read, as_lines) -> None:
    rows = [TOKENS | {"id": "7", "pos_tags": [1, 1, 2, 1, 2]}, TOKENS | {"ner_tags": ["O"] * 5}]
    content = "".join(json.dumps(row) + "\n" for row in rows) if as_lines else json.dumps(rows)
    (first, second), receipt = read(made("a.dat", content))
    assert (first.text, marked(first)) == ("Ana Ruiz ( Oslo )", [("Ana Ruiz", "P"), ("Oslo", "C")])
    assert first.meta == {"json": {"id": "7", "pos_tags": [1, 1, 2, 1, 2]}}
    assert (second.state, second.complete) == (TextState.DONE, True)
    assert (receipt.format_title, receipt.spans_exact) == ("JSON of tokens and tags", 2)
    assert receipt.remarks.reasons == {
        "the file does not know the spaces of its texts, so words are joined by one each": 1
    }


def test_tokens_are_found_in_the_text_beside_them(made, read) -> None:
    rows = [TOKENS | {"text": "Ana Ruiz (Oslo)"}, TOKENS | {"text": "Somebody else"}, {"tokens": ["x"], "ner_tags": []}]
    (first, second), receipt = read(made("a.json", json.dumps(rows)))
    assert (first.text, marked(first)) == ("Ana Ruiz (Oslo)", [("Ana Ruiz", "P"), ("Oslo", "C")])
    assert (second.text, marked(second)) == ("Ana Ruiz ( Oslo )", marked(first))
    assert second.meta == {"json": {"text": "Somebody else"}}
    assert receipt.remarks.reasons == {"its tokens are not in its text, so they are joined by one space each": 1}
    assert receipt.texts_skipped.reasons == {"it does not have as many tags as tokens": 1}


def test_an_empty_token_is_no_word_and_its_tag_is_counted(made, read) -> None:
    rows = [{"tokens": ["Ana", "", " ", "left"], "ner_tags": ["B-P", "O", "B-C", "B"]}]
    rows += [{"tokens": ["Bo", "", "left"], "ner_tags": ["B-P", "B-C", "O"]}]
    (first, second), receipt = read(made("a.json", json.dumps(rows)), "token-tags")
    assert [first.text, second.text] == ["Ana left", "Bo left"]
    assert [first.complete, second.complete] == [False, False]
    assert (receipt.spans_lost.count, receipt.spans_in_file) == (3, 5)


@pytest.mark.parametrize("as_lines", [False, True])
def test_numbers_for_tags_are_refused_unless_there_are_texts(made, read, as_lines) -> None:
    row = {"tokens": ["Ana", "left"], "ner_tags": [1, 0]}
    content = f"{json.dumps(row)}\n" if as_lines else json.dumps([row])
    with pytest.raises(UserError, match=r"a.dat:1 has numbers for tags \(“ner_tags”\).*Write their names"):
        read(made("a.dat", content))
    (text,), receipt = read(made("b.dat", content.replace('{"tokens"', '{"text": "Ana left", "tokens"')))
    assert (text.text, text.spans) == ("Ana left", ())
    assert receipt.remarks.reasons["it looks like spans, and was kept as metadata"] == 1
