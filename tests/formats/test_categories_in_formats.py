"""Categories of whole texts, as each tool writes them, come in; and go out where the format has a place for them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from random_corpora import corpora, quick, through
from spacy.tokens import DocBin

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.registry import recognise
from gadget_trainer.formats.writing import write_file

Made = Callable[[str, str], Path]
GOOD = AnnotatedText("Fine.", (), TextState.DONE, categories=("GOOD",))


def rows(*found: dict[str, object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in found)


def question(text: str, label: str, answer: str) -> dict[str, object]:
    return {"text": text, "label": label, "answer": answer, "_view_id": "classification"}


def test_a_choice_of_prodigy_says_nothing_of_entities(made: Made, read, tmp_path) -> None:
    options = [{"id": "GOOD", "text": "good"}, {"id": 2, "text": "bad"}]
    row = {"text": "Fine.", "options": options, "accept": ["GOOD", 2], "answer": "accept"}
    (text,), receipt = read(made("a.jsonl", rows(row)))
    assert (text.categories, text.state, text.complete) == (("GOOD", "2"), TextState.DONE, False)
    assert receipt.categories_kept == 2
    assert receipt.summary() == "Read 1 text with 0 spans and 2 choices of a category from a.jsonl."
    write_file(tmp_path / "b.jsonl", [text])
    assert json.loads((tmp_path / "b.jsonl").read_text("utf-8")) == {**row, "spans": [], "complete": False}


@pytest.mark.parametrize(
    ("answer", "state", "categories", "lost"),
    [
        ("accept", TextState.DONE, ("A",), 0),
        ("ignore", TextState.SKIPPED, ("A",), 0),
        ("reject", TextState.SKIPPED, (), 1),
    ],
)
def test_the_answer_to_a_choice(made: Made, read, answer, state, categories, lost) -> None:
    (text,), receipt = read(made("a.jsonl", rows({"text": "a", "options": [], "accept": ["A"], "answer": answer})))
    assert (text.state, text.categories, receipt.categories_lost.count) == (state, categories, lost)


def test_accepted_categories_of_which_no_text_has_two_say_all_of_their_texts(made: Made, read) -> None:
    asked = [("a", "GOOD", "accept"), ("b", "BAD", "accept"), ("c", "BAD", "reject"), ("d", "GOOD", "reject")]
    content = rows(*(question(*one) for one in [*asked, ("d", "BAD", "accept")]))
    texts, receipt = read(made("a.jsonl", content))
    assert [(one.categories, one.state) for one in texts] == [
        (("GOOD",), TextState.DONE),
        (("BAD",), TextState.DONE),
        ((), TextState.TODO),
        (("BAD",), TextState.DONE),
    ]
    (remark,) = (one for one in receipt.remarks.reasons if one.startswith("its text is done with one category"))
    assert receipt.remarks.reasons[remark] == 2
    assert not any(one.complete for one in texts)
    several = content + rows(question("b", "GOOD", "accept"))
    assert [one.state for one in read(made("b.jsonl", several))[0]] == [
        TextState.TODO,
        TextState.DONE,
        TextState.TODO,
        TextState.DONE,
    ]


def test_answers_about_one_category_make_a_text_done_when_all_are_answered(made: Made, read) -> None:
    asked = [question("a", "X", "accept"), question("b", "X", "reject"), question("a", "Y", "reject")]
    texts, receipt = read(made("a.jsonl", rows(*asked)))
    assert [(one.text, one.categories, one.state, one.complete) for one in texts] == [
        ("a", ("X",), TextState.DONE, False),
        ("b", (), TextState.TODO, False),
    ]
    assert receipt.remarks.reasons == {
        "a further answer to a text was added to it": 1,
        "a category was rejected, which is not kept while the file does not answer for all of them": 1,
    }


def test_names_that_are_none_are_lost_and_counted_and_the_others_trimmed(made: Made, read) -> None:
    row = {"text": "a", "options": [], "accept": [" ", None, "\ud83d", "A", " A\t"], "answer": "accept"}
    (text,), receipt = read(made("a.jsonl", rows(row)))
    assert (text.categories, receipt.categories_lost.count) == (("A",), 3)


@pytest.mark.parametrize(
    ("name", "content", "categories", "complete"),
    [
        ("doccano", rows({"id": 1, "text": "a", "label": ["A", "B"]}), ("A", "B"), False),
        ("doccano", rows({"text": "a", "label": "A"}), ("A",), False),
        ("doccano", rows({"text": "a", "annotations": [{"label": "A", "user": 1}]}), ("A",), False),
        ("doccano", rows({"text": "abc", "entities": [[0, 3, "X"]], "cats": ["A"]}), ("A",), True),
        ("spacy-json", '[["a", {"cats": {"A": 1, "B": 0.0}}]]', ("A",), False),
        ("spacy-json", '[["abc", {"entities": [[0, 3, "X"]], "cats": {"A": true}}]]', ("A",), True),
        ("spacy-v2", '[{"paragraphs": [{"raw": "a", "cats": [{"label": "A", "value": 1.0}]}]}]', ("A",), True),
        (
            "labelstudio",
            '[{"data": {"text": "a"}, "annotations": [{"result": [{"id": "c", "type": "choices", "to_name": "text", '
            '"value": {"choices": ["A", "B"]}}]}]}]',
            ("A", "B"),
            False,
        ),
        ("labelstudio", '[{"text": "a", "tone": {"choices": ["A", "B"]}}]', ("A", "B"), False),
    ],
)
def test_what_other_tools_write(made: Made, read, name, content, categories, complete) -> None:
    path = made("a.dat", content)
    (text,), receipt = read(path, name)
    assert (text.categories, text.state, text.complete) == (categories, TextState.DONE, complete)
    assert receipt.categories_kept == len(categories)
    assert not any("cats" in key for key in text.meta)


def test_texts_with_names_for_labels_are_taken_for_a_classification(made: Made) -> None:
    assert recognise(made("a", rows({"text": "a", "label": ["A"]}, {"text": "b", "label": "B"}))).name == "doccano"
    assert recognise(made("b", rows({"text": "a", "label": "A", "answer": "accept"}))).name == "jsonl"
    assert recognise(made("c", rows({"text": "a", "label": "A"}, {"text": "b"}))).name == "jsonl"


def test_a_docbin_has_a_number_for_each_category_where_it_is_known(tmp_path: Path, read) -> None:
    begun = AnnotatedText("Ugly.", categories=("BAD",))
    no = AnnotatedText("No.", state=TextState.DONE, complete=True)
    receipt = write_file(tmp_path / "a.spacy", [GOOD, begun, no, no._replace(undecided=("BAD",))])
    docs = DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("en").vocab)
    assert [doc.cats for doc in docs] == [
        {"GOOD": 1.0, "BAD": 0.0},
        {"BAD": 1.0},
        {"GOOD": 0.0, "BAD": 0.0},
        {"GOOD": 0.0},
    ]
    assert receipt.not_held == {}
    texts, _receipt = read(tmp_path / "a.spacy")
    assert [(one.categories, one.state) for one in texts] == [
        (("GOOD",), TextState.DONE),
        (("BAD",), TextState.TODO),
        ((), TextState.DONE),
        ((), TextState.DONE),
    ]


@quick
@given(corpora)
def test_docbins_bring_categories_back(tmp_path_factory: pytest.TempPathFactory, corpus: list[AnnotatedText]) -> None:
    path = tmp_path_factory.getbasetemp() / "a.spacy"
    whole = [AnnotatedText(one.text, (), one.state, categories=one.categories) for one in corpus]
    _written, again = through(path, whole, "spacy", None)
    expected = [one for one in whole if one.state is TextState.DONE or (one.state is TextState.TODO and one.categories)]
    assert [set(one.categories) for one in again] == [set(one.categories) for one in expected]


@pytest.mark.parametrize("name", ["brat", "conll-2003", "iob2", "biluo", "webanno-tsv", "csv-spans"])
def test_what_has_no_place_for_categories_says_so(tmp_path: Path, name: str) -> None:
    text = AnnotatedText("Ana left", (Span(0, 3, "PERSON"),), TextState.DONE, complete=True, categories=("GOOD",))
    assert write_file(tmp_path / "a", [text], name).not_held["categories"] == 1
