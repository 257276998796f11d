import json

import pytest
import spacy
from spacy.training import Example

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.registry import recognise
from gadget_trainer.formats.writing import write_file


def test_entities_even_none_mean_done_and_nothing_means_to_do(made, read) -> None:
    content = (
        '[["Ana 🙂 Oslo", {"entities": [[0, 3, "PERSON"], [6, 10, "CITY"]]}],\n["b", {"entities": []}], ["c", {}]]'
    )
    texts, receipt = read(made("train.json", content))
    assert texts == [
        AnnotatedText(
            "Ana 🙂 Oslo",
            (Span(0, 3, "PERSON"), Span(6, 10, "CITY")),
            TextState.DONE,
            source="train.json:1",
            complete=True,
        ),
        AnnotatedText("b", state=TextState.DONE, source="train.json:2", complete=True),
        AnnotatedText("c", source="train.json:3"),
    ]
    assert receipt.summary() == "Read 3 texts with 2 spans from train.json."


@pytest.mark.parametrize(
    "content",
    [
        "TRAIN_DATA = [\n    ('It\\'s Ana', {'entities': [(5, 8, 'PERSON')]}),  # first\n]\n",
        "[(\"It's Ana\", {'entities': [(5, 8, 'PERSON')]})]",
        '# of 2019\nTRAIN_DATA: list = ((\n"It\'s Ana", {"entities": ((5, 8, "PERSON"),)}),)',
        '[["It\'s Ana", {\'entities\': [[5, 8, "PERSON"]]}]]',
        '[["It\'s Ana", {"entities": [[5, 8, "PERSON"]], "cats": None}]]',
    ],
)
def test_python_literals_are_read_without_being_run(made, read, content) -> None:
    (text,), _receipt = read(made("train.py", content), "spacy-json")
    assert (text.text, text.spans, text.state) == ("It's Ana", (Span(5, 8, "PERSON"),), TextState.DONE)


@pytest.mark.parametrize(
    "before", ["import spacy\n", '"""Our data."""\n\nfrom a import b\nLABELS = ["X", "Y"]\nN = 3\n']
)
def test_the_list_is_found_in_a_python_file(made, read, before) -> None:
    path = made("a.txt", before + "# 2019\nTRAIN_DATA = [\n    # first\n    ('Ana', {'entities': [(0, 3, 'X')]}),\n]\n")
    assert recognise(path).name == "spacy-json"
    (text,), receipt = read(path)
    assert (text.text, len(text.spans), receipt.texts_skipped.count) == ("Ana", 1, 0)


def test_python_is_never_run(made, read, tmp_path) -> None:
    content = f"[('a', {{'entities': []}}), (open({str(tmp_path / 'made')!r}, 'w'), {{}})]"
    with pytest.raises(UserError, match=r"^train\.py:1 is not a plain list"):
        read(made("train.py", content))
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("null", "the record is not a pair of a text and its annotations"),
        ('["a"]', "the record is not a pair of a text and its annotations"),
        ('["a", []]', "the record is not a pair of a text and its annotations"),
        ('[7, {"entities": []}]', "its text is not a string"),
        ('["", {"entities": []}]', "its text is empty"),
        ('["\\ud83d", {"entities": []}]', "its text holds half a character (a lone surrogate)"),
    ],
)
def test_a_record_without_a_usable_text_is_skipped_and_counted(made, read, record, reason) -> None:
    texts, receipt = read(made("a.json", f'[["a", {{"entities": []}}], {record}, ["b", null]]'))
    assert [text.source for text in texts] == ["a.json:1", "a.json:3"]
    assert receipt.texts_skipped.reasons == {reason: 1}
    assert receipt.texts_skipped.first[0].where == "a.json:2"


@pytest.mark.parametrize(
    "entities", ['{"a": 1}', "7", '["U-PER"]', "[None]", "[[0, 1]]", "[[2, 2, 'X']]", "[[True, 1, 'X']]"]
)
def test_entities_that_are_none_are_lost_not_fatal(made, read, entities) -> None:
    (text,), receipt = read(made("a.json", f"[['Ana', {{'entities': {entities}}}]]"))
    assert (text.spans, text.complete) == ((), False)
    assert receipt.spans_lost.count == 1


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('[["a", {"entities": []}],\n["b", {"entities": [}]]', 2),
        ('[["a", {"entities": []}]\n["b", {"entities": []}]]', 2),
        ('[["a", {"entities": []}],\n\n]', 3),
        ('[["a", {"entities": []}],\n', 2),
        ('[["a", {"entities": []}]\n]\n]', 2),
        ('[\n["a", {"entities": [}]]', 2),
        ("[('a', {'entities': []}),\n('b', {'entities': [})]", 2),
        ("[('a', {'entities': []}),\n('b', {'entities': [x]})]", 2),
        ("[('a', {'entities': " + "[" * 5000 + "]" * 5000 + "})]", 1),
        ("[('a', {'entities': " + "-" * 100_000 + "1})]", 1),
    ],
)
def test_what_cannot_be_parsed_is_an_error_with_its_line(made, read, content, line) -> None:
    with pytest.raises(UserError, match=rf"^a\.json:{line} is "):
        read(made("a.json", content))


def test_metadata_that_json_cannot_hold_is_counted(made, read) -> None:
    content = (
        "[('Ana', {'entities': [(0, 3, 'X', 'Q1')], 'cats': {'A': (1, 2)}, 'b': b'x', 's': {1}, 'n': 1e999, 3: 4})]"
    )
    (text,), receipt = read(made("a.py", content))
    assert text.meta["spacy-json"] == {"cats": {"A": [1, 2]}}
    assert receipt.fields_dropped == {
        "entities: what follows after the label": 1,
        "annotations: “b”": 1,
        "annotations: “s”": 1,
        "annotations: “n”": 1,
        "annotations: 3": 1,
    }


def test_writes_pairs_and_says_what_they_cannot_hold(read, tmp_path) -> None:
    texts = [
        AnnotatedText("Ana 🙂", (Span(0, 3, "X"),), TextState.DONE, complete=True, meta={"n": 1}, flagged=True),
        AnnotatedText("b", state=TextState.DONE, complete=True),
        AnnotatedText("c"),
        AnnotatedText("d", (Span(0, 1, "X"),), id=7),
        AnnotatedText("e", (Span(0, 1, "X"),), TextState.SKIPPED, id=8),
    ]
    path = tmp_path / "a.json"
    receipt = write_file(path, texts)
    assert path.read_text("utf-8") == (
        '[\n["Ana 🙂", {"entities": [[0, 3, "X"]]}],\n["b", {"entities": []}],\n["c", {}],\n'
        '["d", {"entities": [[0, 1, "X"]]}]\n]\n'
    )
    assert (receipt.texts_written, receipt.spans_written) == (4, 2)
    assert [note.where for note in receipt.texts_left_out.first] == ["text 8"]
    assert receipt.not_held == {"metadata": 1, "flags": 1, "that words outside the spans are unknown": 1}


def test_metadata_of_pairs_goes_back_into_pairs(made, read, tmp_path) -> None:
    content = [["Ana", {"author": "X", "n": [1]}], ["Bob", {"entities": [[0, 3, "P"]], "author": None}]]
    texts, _receipt = read(made("a.json", json.dumps(content)))
    assert texts[0].state is TextState.TODO
    receipt = write_file(tmp_path / "b.json", texts)
    assert json.loads((tmp_path / "b.json").read_bytes()) == content
    assert receipt.not_held == {}


def test_metadata_of_other_programs_stays_out(tmp_path) -> None:
    text = AnnotatedText("Ana", (Span(0, 3, "P"),), TextState.DONE, complete=True, meta={"meta": {"page": 3}})
    receipt = write_file(tmp_path / "b.json", [text])
    assert json.loads((tmp_path / "b.json").read_bytes()) == [["Ana", {"entities": [[0, 3, "P"]]}]]
    assert receipt.not_held == {"metadata": 1}
    doc = spacy.blank("en").make_doc("Ana")
    for one, annotations in json.loads((tmp_path / "b.json").read_bytes()):
        assert Example.from_dict(doc, annotations).reference.text == one


def test_a_project_without_texts_is_an_empty_list(read, tmp_path) -> None:
    write_file(tmp_path / "a.json", [])
    assert (tmp_path / "a.json").read_bytes() == b"[]\n"
    assert read(tmp_path / "a.json")[0] == []
