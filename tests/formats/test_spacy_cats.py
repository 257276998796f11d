"""The categories of spaCy's tuples go back to the texts that had some, and those that no text has are counted."""

import json

import pytest

from gadget_trainer.formats.writing import write_file

PAIRS = [
    ["Ana", {"entities": [[0, 3, "P"]]}],
    ["Bo", {"entities": [], "cats": {"A": 1.0, "B": 0.0}}],
    ["Cy", {"entities": [], "cats": {"A": 0.0, "B": 0.0}}],
]


@pytest.fixture
def back(tmp_path):
    def go_back(texts):
        write_file(tmp_path / "out.json", texts, "spacy-json")
        return json.loads((tmp_path / "out.json").read_text("utf-8"))

    return go_back


@pytest.mark.parametrize("written", [json.dumps(PAIRS), f"TRAIN_DATA = {PAIRS!r}"])
def test_a_text_without_categories_gets_none(made, read, back, written) -> None:
    texts, receipt = read(made("a.dat", written))
    assert receipt.fields_dropped == {"cats: “B”, which no text has": 2}
    assert [annotations.get("cats") for _text, annotations in back(texts)] == [None, {"A": 1.0}, {"A": 0.0}]
    texts[0] = texts[0]._replace(categories=("C",))
    cats = [annotations.get("cats") for _text, annotations in back(texts)]
    assert cats == [{"A": 0.0, "C": 1.0}, {"A": 1.0, "C": 0.0}, {"A": 0.0, "C": 0.0}]
    assert all(annotations.keys() <= {"entities", "cats"} for _text, annotations in back(texts))


def test_texts_of_a_file_without_categories_have_nothing_to_keep(made, read) -> None:
    texts, _receipt = read(made("a.json", json.dumps(PAIRS[:1])))
    assert texts[0].meta == {}
