"""The Try workspace with pipelines that give texts categories: one, two, beside the annotations, over a folder."""

import json

import pytest
import spacy
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QTableView
from spacy.tokens import DocBin
from spacy.training import Example
from window_corpus import make_project

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.ui.try_out.annotating_job import annotate_files

TEXTS = (
    AnnotatedText("I want to buy one", (), TextState.DONE, complete=True, categories=("buying",)),
    AnnotatedText("I want to sell one", (), TextState.DONE, complete=True, categories=("buying",)),
    AnnotatedText("I sell it", (), TextState.DONE, complete=True, categories=("selling",)),
)
BOW = {"@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": True, "ngram_size": 1, "length": 512}


@pytest.fixture(scope="module")
def pipelines(tmp_path_factory):
    """One tells buying from selling by a word, the other holds the opposite."""
    folder = tmp_path_factory.mktemp("pipelines")
    for name, words in (("right", ("buy", "sell")), ("opposite", ("sell", "buy"))):
        nlp = spacy.blank("en")
        nlp.add_pipe("textcat", config={"model": {**BOW, "no_output_layer": False}})
        rows = ((words[0], "buying"), (words[1], "selling"))
        cats = {chosen: {one: float(one == chosen) for one in ("buying", "selling")} for _, chosen in rows}
        examples = [Example.from_dict(nlp.make_doc(word), {"cats": cats[chosen]}) for word, chosen in rows]
        optimizer = nlp.initialize(lambda examples=examples: examples)
        optimizer.learn_rate = 0.5
        for _ in range(5):
            nlp.update(examples, sgd=optimizer)
        nlp.to_disk(folder / name)
    return folder


@pytest.fixture
def window(open_, tmp_path, pipelines):
    window = open_(make_project(tmp_path / "few.gadget", list(TEXTS)))
    window.trigger("showTry")
    choose(window, "tryModel", pipelines / "right")
    return window


def choose(window, name, words):
    line = window.find(QComboBox, name).lineEdit()
    window.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    line.selectAll()
    window.qtbot.keyClicks(line, str(words))


def rows(window):
    model = window.find(QTableView, "categoryTable").model()
    columns = range(model.columnCount())
    return [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]


def status(window):
    return window.find(QLabel, "tryStatus").text()


def test_categories_stand_beside_the_entities_with_their_probabilities(window):
    assert not window.find(QTableView, "categoryTable").isVisible()
    window.qtbot.keyClicks(window.find(QPlainTextEdit, "tryInput"), "buy")
    window.qtbot.waitUntil(lambda: "Category: buying (" in status(window), timeout=20_000)
    (first, likely), (second, _) = rows(window)
    assert (first, second) == ("buying", "selling")
    assert likely.startswith("✓ ")
    table = window.find(QTableView, "categoryTable")
    assert table.isVisible()
    table.setFocus()
    window.qtbot.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QApplication.clipboard().text().splitlines()[0] == f"buying\t{likely}"


def test_two_pipelines_are_compared_by_their_categories(window, pipelines):
    choose(window, "tryOther", pipelines / "opposite")
    window.qtbot.keyClicks(window.find(QPlainTextEdit, "tryInput"), "buy")
    window.qtbot.waitUntil(lambda: status(window).endswith("Other categories."), timeout=20_000)
    found = {name: (left, right) for name, left, right in rows(window)}
    assert found["buying"][0].startswith("✓")
    assert found["selling"][1].startswith("✓")


def test_texts_whose_category_differs_are_found(window):
    choose(window, "tryOther", "Your annotations")
    window.qtbot.waitUntil(lambda: status(window).endswith("The same categories."), timeout=20_000)
    window.click("onlyDiffering")
    window.qtbot.waitUntil(lambda: window.find(QLabel, "triedPosition").text() == "Text 2 of 3", timeout=20_000)
    assert {name: right for name, _, right in rows(window)} == {"selling": "–", "buying": "✓"}


def test_folder_is_annotated_with_categories(pipelines, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text("I want to buy one", encoding="utf-8")
    files = [tmp_path / "texts" / "one.txt"]
    list(annotate_files(str(pipelines / "right"), files, tmp_path / "out.jsonl"))
    row = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert row["cats"]["buying"] > row["cats"]["selling"]
    list(annotate_files(str(pipelines / "right"), files, tmp_path / "out.spacy"))
    (doc,) = DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab)
    assert doc.cats["buying"] == pytest.approx(row["cats"]["buying"], abs=1e-4)
