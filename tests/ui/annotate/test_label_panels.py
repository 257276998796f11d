"""The overview of the labels, the labelled words and the walk by label, in the real window."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QTableView
from window_corpus import begin_project

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.ui.annotate.label_bar import LabelBar

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "phones.gadget"
    project = begin_project(made)
    project.labels.add("GADGET", description="Runs on a battery.")
    texts = [
        AnnotatedText("The iPhone X is here", (Span(4, 12, "GADGET"),)),
        AnnotatedText("An iPhone X, the Kindle and\nthe iPhone X", (Span(3, 11, "GADGET"), Span(17, 23, "GADGET"))),
        AnnotatedText("My iPhone X!"),
        AnnotatedText("Nothing"),
    ]
    project.imports.add_texts(texts, "phones")
    project.edit.set_state([1, 4], TextState.DONE)
    project.labels.add("BRAND")
    project.edit.add_span(3, 3, 11, "BRAND")
    project.close()
    return made


def rows(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def choose(table: QTableView, row: int) -> None:
    table.setCurrentIndex(table.model().index(row, 0))


@pytest.fixture
def overview(window):
    window.trigger("showLabels")
    table = window.find(QTableView, "labelOverview")
    window.qtbot.waitUntil(lambda: rows(table)[0][3] == "2 of 4")
    return table


@pytest.fixture
def surfaces(window):
    window.view.setFocus()
    window.key(Key.Key_M, CONTROL | SHIFT)
    table = window.find(QTableView, "surfaces")
    window.qtbot.waitUntil(lambda: len(rows(table)) == 2)
    return table


# -- the overview


def test_the_overview_says_how_far_each_label_is(window, overview):
    QAbstractItemModelTester(overview.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert rows(overview) == [
        ["GADGET", "1", "3", "2 of 4", "0.5", "Runs on a battery."],
        ["BRAND", "2", "1", "0 of 4", "0.0", ""],
    ]
    assert window.find(QLabel, "labelOverviewSaid").text() == "2 labels, 2 of 4 texts are done"
    window.qtbot.keyClicks(window.find(QLineEdit, "findInOverview"), "battery")
    assert [row[0] for row in rows(overview)] == ["GADGET"]


def test_the_texts_done_but_not_for_a_label_are_shown(window, overview):
    button = window.find(QPushButton, "showTextsBehind")
    choose(overview, 0)
    assert not button.isVisible()
    choose(overview, 1)
    assert button.text() == "Show the 2 texts done, but not for BRAND"
    window.click("showTextsBehind")
    texts = window.find(QTableView, "textTable")
    assert [row[1] for row in rows(texts)] == ["The iPhone X is here", "Nothing"]
    window.trigger("markDone")
    window.qtbot.waitUntil(lambda: rows(overview)[1][3] == "1 of 4")
    assert button.text() == "Show the 1 text done, but not for BRAND"


def test_a_label_is_deleted_and_merged_from_the_overview(window, overview):
    choose(overview, 1)
    overview.setFocus()
    window.key(Key.Key_Delete)
    assert window.notice() == "Deleting BRAND removes its 1 span too. It can be undone."
    window.click("notice:Delete")
    assert [row[0] for row in rows(overview)] == ["GADGET"]
    window.trigger("undo")
    choose(overview, 1)
    window.click("overviewMerge")
    field = window.find(QLineEdit, "mergeTarget:field")
    window.qtbot.waitUntil(field.isVisible)
    window.qtbot.keyClick(field, Key.Key_Return)
    window.click("notice:Merge")
    window.qtbot.waitUntil(lambda: [row[0] + row[2] for row in rows(overview)] == ["GADGET4"])


def test_it_is_closed_by_escape_and_the_text_has_the_keys(window, overview):
    overview.setFocus()
    window.key(Key.Key_Escape)
    assert not overview.isVisible()
    assert window.main.focusWidget() is window.view


def test_a_scheme_goes_out_and_comes_in_in_one_step(window, tmp_path, monkeypatch):
    file = tmp_path / "labels.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.trigger("exportLabels")
    assert window.main.statusBar().currentMessage() == "Exported 2 labels to labels.json."
    scheme = json.loads(file.read_text(encoding="utf-8"))
    scheme["labels"] = [{"name": "SHOP", "key": "f"}, {"name": "BRAND", "description": "Who makes it.", "key": "b"}]
    file.write_text(json.dumps(scheme), encoding="utf-8")
    window.trigger("importLabels")
    bar = window.find(LabelBar, "labelBar")
    assert [(label.name, label.key) for label in bar.labels()] == [("SHOP", ""), ("BRAND", "B"), ("GADGET", "")]
    said = "Imported a label scheme: 1 added, 1 changed; 1 key was taken already"
    assert window.main.statusBar().currentMessage() == said
    window.trigger("undo")
    assert [label.name for label in bar.labels()] == ["GADGET", "BRAND"]
    file.write_text("no", encoding="utf-8")
    window.trigger("importLabels")
    assert window.notice().startswith("labels.json is no JSON file.")


# -- the labelled words


def test_words_are_listed_with_their_labels_and_places_without_one(window, surfaces):
    QAbstractItemModelTester(surfaces.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    counted = [["iPhone X", "2 × GADGET, 1 × BRAND, 1 × unlabelled", "3"], ["Kindle", "1 × GADGET", "1"]]
    window.qtbot.waitUntil(lambda: rows(surfaces) == counted)
    assert window.find(QLabel, "surfacesSaid").text() == "2 words and phrases are labelled"
    window.qtbot.keyClicks(window.find(QLineEdit, "findSurface"), "KIN")
    assert [row[0] for row in rows(surfaces)] == ["Kindle"]


def test_they_are_sorted_and_filtered_by_label(window, surfaces):
    header = surfaces.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(0) + 20, 10)
    window.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row[0] for row in rows(surfaces)] == ["iPhone X", "Kindle"]
    window.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row[0] for row in rows(surfaces)] == ["Kindle", "iPhone X"]
    box = window.find(QComboBox, "surfaceLabel")
    box.setCurrentText("BRAND")
    window.qtbot.waitUntil(lambda: rows(surfaces) == [["iPhone X", "2 × GADGET, 1 × BRAND, 1 × unlabelled", "1"]])


def test_groups_are_relabelled_in_one_step_after_a_question(window, surfaces):
    surfaces.setFocus()
    window.key(Key.Key_A, CONTROL)
    assert window.find(QLabel, "surfacesSaid").text().endswith("; 2 selected with 4 spans")
    window.key(Key.Key_L)
    field = window.find(QLineEdit, "relabelTarget:field")
    window.qtbot.waitUntil(field.isVisible)
    window.qtbot.keyClicks(field, "bra")
    window.qtbot.keyClick(field, Key.Key_Return)
    assert window.notice() == "3 spans of 2 words or phrases will be BRAND. It can be undone."
    window.click("notice:Relabel")
    window.qtbot.waitUntil(lambda: [row[2] for row in rows(surfaces)] == ["3", "1"])
    window.qtbot.waitUntil(lambda: rows(surfaces)[1][1] == "1 × BRAND")
    assert window.spans() == [(4, 12, "BRAND")]
    assert window.view.isEnabled()
    window.trigger("undo")
    assert window.spans() == [(4, 12, "GADGET")]


def test_groups_are_deleted_after_a_question(window, surfaces):
    choose(surfaces, 0)
    surfaces.setFocus()
    window.key(Key.Key_Delete)
    assert window.notice() == "3 spans of “iPhone X” will be removed; the texts stay. It can be undone."
    window.click("notice:Remove")
    window.qtbot.waitUntil(lambda: [row[0] for row in rows(surfaces)] == ["Kindle"])
    assert window.spans() == []


def test_enter_shows_the_matches_and_escape_leads_back(window, surfaces):
    choose(surfaces, 0)
    surfaces.setFocus()
    window.key(Key.Key_Return)
    matches = window.find(QTableView, "matches")
    window.qtbot.waitUntil(lambda: matches.model().rowCount() == 4)
    assert not surfaces.isVisible()
    matches.setFocus()
    window.key(Key.Key_Escape)
    assert surfaces.isVisible()
    assert not matches.isVisible()
    surfaces.setFocus()
    window.key(Key.Key_Escape)
    assert not surfaces.isVisible()
    assert window.main.focusWidget() is window.view


# -- the walk


def test_the_spans_of_the_active_label_are_walked_over_all_texts(window):
    window.view.setFocus()
    seen = []
    for key in (Key.Key_F4,) * 4:
        window.key(key)
        seen.append((window.view.text()[:2], window.view.selected_span()))
    assert seen == [
        ("Th", Span(4, 12, "GADGET")),
        ("An", Span(3, 11, "GADGET")),
        ("An", Span(17, 23, "GADGET")),
        ("Th", Span(4, 12, "GADGET")),
    ]
    assert window.main.statusBar().currentMessage() == "From the last GADGET to the first"
    for expected in (Span(17, 23, "GADGET"), Span(3, 11, "GADGET")):
        window.key(Key.Key_F4, SHIFT)
        assert window.view.selected_span() == expected
