import json
from pathlib import Path

import pytest

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.registry import recognise
from gadget_trainer.formats.writing import write_file

SPAN = {"start": 2, "end": 10, "label": "PERSON"}
TEXT = "🙂 Ana Ruiz moved to Oslo."


def row(**keys: object) -> str:
    return json.dumps({"text": TEXT, **keys}, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("keys", "state", "spans", "complete"),
    [
        ({"spans": [SPAN], "answer": "accept"}, TextState.DONE, 1, True),
        ({"spans": [], "answer": "accept"}, TextState.DONE, 0, True),
        ({"answer": "accept"}, TextState.DONE, 0, True),
        ({"answer": "accept", "spans": None}, TextState.DONE, 0, True),
        ({"spans": [SPAN], "answer": "reject"}, TextState.SKIPPED, 0, False),
        ({"spans": [SPAN], "answer": "ignore"}, TextState.SKIPPED, 1, False),
        ({"spans": [SPAN]}, TextState.DONE, 1, True),
        ({"spans": [SPAN], "answer": None}, TextState.DONE, 1, True),
        ({"spans": []}, TextState.TODO, 0, False),
        ({}, TextState.TODO, 0, False),
        ({"spans": [SPAN], "state": "todo"}, TextState.TODO, 1, False),
        ({"spans": [SPAN], "answer": "accept", "complete": False}, TextState.DONE, 1, False),
    ],
)
def test_the_answer_is_the_state(made, read, keys, state, spans, complete) -> None:
    (text,), receipt = read(made("a.jsonl", row(**keys)))
    assert (text.text, text.state, len(text.spans), text.complete) == (TEXT, state, spans, complete)
    assert text.source == "a.jsonl:1"
    assert text.id == 0
    assert receipt.spans_kept == spans


def test_spans_of_a_refused_row_are_counted_as_lost(made, read) -> None:
    _texts, receipt = read(made("a.jsonl", row() + row(spans=[SPAN, SPAN], answer="reject")))
    assert receipt.spans_lost.reasons == {"the answer was reject": 2}
    assert receipt.spans_lost.first[0].where == "a.jsonl:2"


def test_a_text_that_lost_a_span_is_not_complete(made, read) -> None:
    """Else the words of the lost span would be trained as "no entity"."""
    lost = {"start": 5, "end": 5, "label": "PERSON"}
    texts, _receipt = read(made("a.jsonl", row(spans=[lost], answer="accept") + row(spans=[lost])))
    assert [(text.state, text.complete) for text in texts] == [(TextState.DONE, False), (TextState.TODO, False)]


def test_other_keys_are_kept_and_go_back(made, read, tmp_path) -> None:
    line = row(meta={"page": 3, "ä": [None]}, _input_hash=-7, tokens=[{"text": "🙂"}], answer="accept", flagged=True)
    texts, receipt = read(made("a.jsonl", line))
    assert texts[0].meta == {"meta": {"page": 3, "ä": [None]}, "_input_hash": -7}
    assert texts[0].flagged
    assert receipt.fields_dropped == {"tokens": 1}

    write_file(tmp_path / "b.jsonl", texts)
    expected = json.loads(line)
    del expected["tokens"]
    assert json.loads((tmp_path / "b.jsonl").read_text("utf-8")) == {**expected, "spans": []}


def test_further_fields_of_spans_go_back_to_them(made, read, tmp_path) -> None:
    fields = {"score": 0.5, "pattern": 3}
    spaced = {"start": 19, "end": 24, "label": "CITY", "source": "x"}
    texts, receipt = read(made("a.jsonl", row(spans=[SPAN | {"token_start": 1} | fields, spaced])))
    assert texts[0].meta["_span_fields"] == [[2, 10, "PERSON", fields], [19, 24, "CITY", {"source": "x"}]]
    assert receipt.fields_dropped == {}
    renamed = texts[0]._replace(spans=(Span(2, 10, "P"), *texts[0].spans[1:]))
    assert not write_file(tmp_path / "b.jsonl", [renamed]).not_held
    (written,) = map(json.loads, (tmp_path / "b.jsonl").read_text("utf-8").splitlines())
    assert written["spans"] == [
        SPAN | {"label": "P"} | fields,
        {"start": 20, "end": 24, "label": "CITY", "source": "x"},
    ]
    assert "_span_fields" not in written
    written = write_file(tmp_path / "c.jsonl", [renamed._replace(spans=())])
    assert written.not_held == {"fields of spans that are gone": 2}


def test_fields_of_refused_spans_and_of_no_spans_are_counted(made, read) -> None:
    refused = row(spans=[SPAN | {"score": 0.5}], answer="reject", _view_id="ner")
    stranger = row(spans=[SPAN | {"score": 0.5}, {"start": "x", "y": 1}], _span_fields=["a stranger's"])
    texts, receipt = read(made("a.jsonl", refused + stranger))
    assert receipt.fields_dropped == {"spans: score": 2, "spans: y": 1}
    assert {str(text.meta.get("_span_fields")) for text in texts} == {"None", '["a stranger\'s"]'}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1, 2]", "the line is JSON, but not an object"),
        ("null", "the line is JSON, but not an object"),
        ('{"label": "X", "pattern": "y"}', "it has no text"),
        ('{"text": 7}', "its text is not a string"),
        ('{"text": ""}', "its text is empty"),
        ('{"text": "half \\ud83d"}', "its text holds half a character (a lone surrogate)"),
    ],
)
def test_a_row_without_a_usable_text_is_skipped_and_counted(made, read, line, reason) -> None:
    texts, receipt = read(made("a.jsonl", f"{row()}\n{line}\n{row()}"))
    assert [text.source for text in texts] == ["a.jsonl:1", "a.jsonl:4"]
    assert receipt.texts_skipped.reasons == {reason: 1}
    assert receipt.texts_skipped.first[0].where == "a.jsonl:3"


@pytest.mark.parametrize("spans", [{"sc": [SPAN]}, "PERSON", 3, [7], [None], [[2, 10, "PERSON"]]])
def test_spans_that_are_none_are_lost_not_fatal(made, read, spans) -> None:
    (text,), receipt = read(made("a.jsonl", row(spans=spans)), "jsonl")
    assert text.spans == ()
    assert text.state is TextState.TODO
    assert receipt.spans_lost.count == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"text": "a", }', "Expecting property name"),
        ('{"text": "a"} {"text": "b"}', "Something follows"),
        ('{"text": "a"', "Expecting ',' delimiter"),
        ("{'text': 'a'}", "Expecting property name"),
        ("text", "Expecting value"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "A number is too long"),
        ('{"text": "a", "n": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ('{"text": "a", "n": ' + "[" * 101 + "]" * 101 + "}", "nests lists and objects too deeply"),
    ],
)
def test_a_line_that_is_not_json_is_an_error_with_its_line(made, read, line, words) -> None:
    with pytest.raises(UserError, match=rf"^a\.jsonl:3 .*{words}"):
        read(made("a.jsonl", f"{row()}\r\n{line}\r\n{row()}"))


def test_numbers_that_json_does_not_know_are_read_as_null(made, read) -> None:
    line = '{"text": "Ana", "spans": [{"start": NaN, "end": 3, "label": "X"}], "score": -Infinity, "n": 1e999}'
    (text,), receipt = read(made("a.jsonl", line))
    assert text.meta == {"score": None, "n": None}
    assert receipt.spans_lost.count == 1
    assert receipt.remarks.reasons == {"a number such as NaN or 1e999 was read as null": 1}


def test_an_unknown_answer_counts_as_none_and_is_pointed_out(made, read) -> None:
    texts, receipt = read(made("a.jsonl", row(answer="maybe") + row(answer=["accept"])))
    assert [text.state for text in texts] == [TextState.TODO, TextState.TODO]
    assert [note.message.split(":")[0] for note in receipt.remarks.first] == ["“maybe”", "a list"]


def test_text_within_json_is_not_touched(made, read) -> None:
    line = '{"text": "  a\\r\\nb\\u0000\\u2028\u2029\\ud83d\\ude42\ufeff\\t\t "}'
    (text,), _receipt = read(made("a.jsonl", line))
    assert text.text == "  a\r\nb\x00\u2028\u2029🙂\ufeff\t\t "


def test_half_a_character_in_the_metadata_is_kept(made, read, tmp_path) -> None:
    texts, _receipt = read(made("a.jsonl", '{"text": "🙂", "note": "\\ud83d"}'))
    write_file(tmp_path / "b.jsonl", texts)
    assert read(tmp_path / "b.jsonl")[0][0].meta == {"note": "\ud83d"}


def test_a_strangers_keys_named_like_ours_survive(read, tmp_path: Path) -> None:
    meta = {
        "state": "done",
        "flagged": True,
        "complete": False,
        "text": 1,
        "spans": 2,
        "answer": "x",
        "_kept": {"a": 1},
    }
    text = AnnotatedText("Ana", (Span(0, 3, "X"),), TextState.TODO, meta=meta)
    write_file(tmp_path / "b.jsonl", [text])
    (again,), _receipt = read(tmp_path / "b.jsonl")
    assert (again.meta, again.state, again.flagged) == (meta, TextState.TODO, False)


def test_the_rows_are_prodigys(tmp_path: Path) -> None:
    texts = [
        AnnotatedText("Ana", (Span(0, 3, "PERSON"),), TextState.DONE, meta={"meta": {"n": 1}}, complete=True),
        AnnotatedText("Ö 🙂", state=TextState.SKIPPED),
        AnnotatedText("to do"),
        AnnotatedText("Oslo", (Span(0, 4, "CITY"),), flagged=True),
    ]
    receipt = write_file(tmp_path / "a.jsonl", texts)
    assert (tmp_path / "a.jsonl").read_text("utf-8").splitlines() == [
        '{"text": "Ana", "meta": {"n": 1}, "spans": [{"start": 0, "end": 3, "label": "PERSON"}], "answer": "accept"}',
        '{"text": "Ö 🙂", "spans": [], "answer": "ignore"}',
        '{"text": "to do"}',
        '{"text": "Oslo", "spans": [{"start": 0, "end": 4, "label": "CITY"}], "state": "todo", "flagged": true}',
    ]
    assert receipt.summary() == "Wrote 4 texts with 2 spans to a.jsonl."
    assert not receipt.not_held


def test_yes_and_no_answers_to_one_text_become_one_text(made, read) -> None:
    yes = row(spans=[SPAN | {"score": 1}], answer="accept", _view_id="ner")
    no = row(spans=[{"start": 20, "end": 24, "label": "PERSON"}], answer="reject", _view_id="ner")
    texts, receipt = read(made("a.jsonl", no + json.dumps({"text": "b", "answer": "accept"}) + "\n" + yes + yes))
    assert [text.text for text in texts] == ["b", TEXT]
    assert (texts[1].state, texts[1].complete) == (TextState.DONE, False)
    assert texts[1].spans == (Span(2, 10, "PERSON"),)
    assert texts[1].refused == (Span(20, 24, "PERSON"),)
    assert receipt.remarks.reasons == {"a further answer to a text was added to it": 2}
    assert texts[1].meta["_span_fields"] == [[2, 10, "PERSON", {"score": 1}]]
    assert receipt.spans_lost.count == 0


def test_a_text_with_refusals_only_is_to_do(made, read) -> None:
    (text,), _receipt = read(made("a.jsonl", row(spans=[SPAN], answer="reject", _is_binary=True)))
    assert (text.state, text.spans, len(text.refused)) == (TextState.TODO, (), 1)


PATTERNS = """\
{"label": "INGRED", "pattern": [{"lower": "olive"}, {"ORTH": "oil"}]}
{"label": "INGRED", "pattern": " Apple Inc "}
{"label": "INGRED", "pattern": [{"lower": "a", "op": "?"}]}
{"label": "INGRED", "pattern": [{"lower": {"REGEX": "a"}}]}
{"label": "INGRED", "pattern": []}
{"label": "", "pattern": "x"}
{"label": "TOOL", "pattern": "olive oil"}
"""


def test_a_pattern_file_gives_examples_of_labels(made, read) -> None:
    path = made("a.jsonl", PATTERNS)
    assert recognise(path).name == "patterns"
    texts, receipt = read(path)
    assert texts == []
    assert receipt.examples == {"INGRED": {"olive oil": None, "Apple Inc": None}, "TOOL": {"olive oil": None}}
    assert receipt.texts_skipped.count == 4
    assert receipt.summary() == "Read 3 examples of 2 labels from a.jsonl; 4 records without a usable text."


EITHER = '{"lower": {"in": ["a", "b"]}}'


@pytest.mark.parametrize(
    ("pattern", "examples"),
    [
        ('[{"lower": {"in": ["soy", "oat"]}}, {"TEXT": "milk"}]', ["soy milk", "oat milk"]),
        ('[{"lower": {"IN": ["a", "b"]}}, {"lower": {"in": ["c", "d"]}}]', ["a c", "a d", "b c", "b d"]),
        ('[{"lower": "coca"}, {"lower": "-"}, {"lower": "cola"}]', ["coca-cola"]),
        ('[{"lower": "m"}, {"lower": "\'s"}, {"lower": "("}, {"lower": "uk"}, {"lower": ")"}]', ["m's (uk)"]),
        (f"[{', '.join([EITHER] * 6)}]", 64),
        (f"[{', '.join([EITHER] * 7)}]", 0),
        ('[{"lower": {"in": []}}]', 0),
        ('[{"lower": {"in": ["a", 3]}}]', 0),
        ('[{"lower": {"in": ["a"], "not_in": ["b"]}}]', 0),
        ('[{"lower": {"not_in": ["a"]}}]', 0),
        ('[{"lower": "a"}, {"is_punct": true}]', 0),
    ],
)
def test_a_pattern_of_words_to_choose_from_gives_an_example_of_each(made, read, pattern, examples) -> None:
    """Where only their number is given, that many are expected."""
    _texts, receipt = read(made("a.jsonl", f'{{"label": "DRINK", "pattern": {pattern}}}\n'))
    found = list(receipt.examples.get("DRINK", {}))
    assert (found if isinstance(examples, list) else len(found)) == examples
    assert receipt.texts_skipped.count == (0 if found else 1)


def test_a_pattern_file_that_is_to_be_texts_is_refused_with_a_sentence(made, read) -> None:
    with pytest.raises(UserError, match=r"^a\.jsonl holds match patterns, and no texts\."):
        read(made("a.jsonl", PATTERNS), "jsonl")


def test_refused_spans_go_out_and_come_back_as_refused(made, read, tmp_path) -> None:
    line = row(
        spans=[{"start": 2, "end": 5, "label": "PERSON"}],
        answer="accept",
        refused=[{"start": 6, "end": 10, "label": "PERSON"}],
    )
    texts, receipt = read(made("a.jsonl", line))
    assert texts[0].refused == (Span(6, 10, "PERSON"),)
    assert receipt.spans_lost.count == 0
    write_file(tmp_path / "b.jsonl", texts)
    again, _receipt = read(tmp_path / "b.jsonl")
    assert again[0].refused == texts[0].refused
    assert dict(again[0].meta) == {}


def test_another_tools_refused_key_stays_metadata(made, read, tmp_path) -> None:
    texts, _receipt = read(made("a.jsonl", row(refused=["why not"])))
    assert texts[0].meta["refused"] == ["why not"]
    write_file(tmp_path / "b.jsonl", texts)
    again, _receipt = read(tmp_path / "b.jsonl")
    assert again[0].meta == texts[0].meta


HASHED = {"_input_hash": 7, "_view_id": "ner_manual", "answer": "accept"}
OSLO = {"start": 20, "end": 24, "label": "CITY"}


def test_what_most_annotators_of_a_text_agree_on_stays(made, read) -> None:
    content = row(spans=[SPAN], **HASHED) * 2 + row(**HASHED | {"_input_hash": 8}) + row(spans=[SPAN, OSLO], **HASHED)
    texts, receipt = read(made("a.jsonl", content))
    assert [(one.source, one.spans, one.state, one.complete) for one in texts] == [
        ("a.jsonl:3", (), TextState.DONE, True),
        ("a.jsonl:1", (Span(2, 10, "PERSON"),), TextState.DONE, False),
    ]
    assert receipt.spans_lost.reasons == {"not most of those who annotated the text have it": 1}
    assert receipt.remarks.first[0].message == "3 rows: several rows of a text became one text"


TIED = "as many of those who annotated the text have it as have not, so the text is to do"


def test_where_two_annotators_disagree_the_text_is_to_do(made, read) -> None:
    (text,), receipt = read(made("a.jsonl", row(spans=[SPAN], **HASHED) + row(spans=[SPAN, OSLO], **HASHED)))
    assert (text.spans, text.state, text.complete) == ((Span(2, 10, "PERSON"),), TextState.TODO, False)
    assert receipt.spans_lost.reasons == {TIED: 1}
    (text,), receipt = read(made("b.jsonl", row(spans=[SPAN], **HASHED) + row(spans=[OSLO], **HASHED)))
    assert (text.spans, text.state) == ((), TextState.TODO)
    assert receipt.spans_lost.reasons == {TIED: 2}


def test_a_row_without_an_answer_has_no_voice_where_others_have_one(made, read) -> None:
    (text,), receipt = read(made("a.jsonl", row(_input_hash=7) + row(spans=[SPAN], **HASHED)))
    assert (text.state, len(text.spans), text.complete) == (TextState.DONE, 1, True)
    assert receipt.spans_lost.count == 0


BINARY = HASHED | {"_view_id": "ner"}


@pytest.mark.parametrize(
    ("rows", "spans", "refused", "state", "lost"),
    [
        ([row(spans=[SPAN], **HASHED), row(spans=[SPAN], **BINARY)], 1, 0, TextState.DONE, {}),
        ([row(spans=[OSLO], **BINARY), row(spans=[SPAN], **HASHED)], 1, 0, TextState.TODO, {TIED: 1}),
        (
            [row(spans=[SPAN], **HASHED), row(spans=[OSLO], **BINARY | {"answer": "reject"})],
            *(1, 1, TextState.DONE, {}),
        ),
        (
            [row(spans=[SPAN], **HASHED), row(spans=[SPAN], **BINARY | {"answer": "reject"})],
            *(0, 0, TextState.TODO, {TIED: 2}),
        ),
        (
            [row(spans=[SPAN], **HASHED | {"answer": "ignore"}), row(spans=[OSLO], **BINARY | {"answer": "reject"})],
            *(0, 1, TextState.TODO, {"its row was not accepted, and gave way to one that was": 1}),
        ),
    ],
)
def test_answers_and_whole_rows_of_a_text_become_one_text(made, read, rows, spans, refused, state, lost) -> None:
    (text,), receipt = read(made("a.jsonl", "".join(rows)))
    assert (text.source, len(text.spans), len(text.refused), text.state) == ("a.jsonl:1", spans, refused, state)
    assert receipt.spans_lost.reasons == lost
    assert receipt.spans_in_file == 2
    assert text.complete == (state is TextState.DONE)


def test_rows_that_were_not_accepted_give_way(made, read) -> None:
    refused = HASHED | {"answer": "ignore", "_session_id": "b"}
    (text,), receipt = read(made("a.jsonl", row(**refused) + row(spans=[SPAN], **HASHED)))
    assert (text.state, len(text.spans), text.complete) == (TextState.DONE, 1, True)
    assert receipt.remarks.reasons["a row of the text that was not accepted gave way to one that was"] == 1
    assert receipt.fields_dropped == {"_session_id": 1}
    assert receipt.spans_lost.count == 0
    (text,), receipt = read(made("c.jsonl", row(spans=[OSLO], **refused) + row(spans=[SPAN], **HASHED)))
    assert receipt.spans_lost.first[0].where == "c.jsonl:1"
    assert (receipt.spans_in_file, receipt.spans_lost.count) == (2, 1)
    assert read(made("b.jsonl", row(**refused) * 2))[0][0].state is TextState.SKIPPED


def test_a_hash_alone_does_not_make_two_texts_one(made, read) -> None:
    other = json.dumps({"text": "other", **HASHED}) + "\n"
    texts, receipt = read(made("a.jsonl", row(**HASHED) + other))
    assert [one.text for one in texts] == [TEXT, "other"]
    assert receipt.remarks.count == 0
