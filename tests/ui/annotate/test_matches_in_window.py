"""Label all matches, by keys and by mouse, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QTableView
from window_corpus import begin_project

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.ui.annotate import matches_panel

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "phones.gadget"
    project = begin_project(made)
    project.labels.add("GADGET")
    project.labels.add("BRAND")
    texts = [
        AnnotatedText("The iPhone X is here"),
        AnnotatedText("An iphone X, the iPhone X and\nthe iPhone Xs"),
        AnnotatedText("Nothing", (Span(0, 7, "BRAND"),)),
        AnnotatedText("My iPhone X!", (Span(3, 11, "BRAND"),)),
    ]
    project.imports.add_texts(texts, "phones")
    project.close()
    return made


@pytest.fixture
def matches(window):
    """The list of matches of “iPhone X”, looked for as GADGET by keys alone."""
    window.view.setFocus()
    window.view.set_selection(4, 12)
    window.key(Key.Key_M, CONTROL)
    table = window.find(QTableView, "matches")
    window.qtbot.waitUntil(lambda: table.model().rowCount() == 4)
    window.qtbot.waitUntil(lambda: window.main.focusWidget() is table)
    return table


def standing(matches: QTableView) -> list[str]:
    return [matches.model().index(row, 3).data() for row in range(matches.model().rowCount())]


def said(window) -> str:
    return window.find(QLabel, "matchesSaid").text()


def test_matches_stand_in_their_context(window, matches):
    assert [matches.model().index(1, column).data() for column in range(3)] == ["An ", "iphone X", ", the iPhone X and"]
    assert standing(matches) == ["", "", "", "BRAND"]
    assert said(window) == "“iPhone X” as GADGET: 3 to decide, 1 labelled"


def test_they_are_accepted_and_refused_one_by_one_by_key(window, matches):
    window.key(Key.Key_Return)
    window.key(Key.Key_Delete)
    window.key(Key.Key_Return)
    assert standing(matches) == ["GADGET", "refused", "GADGET", "BRAND"]
    assert said(window) == "“iPhone X” as GADGET: 0 to decide, 3 labelled, 1 refused"
    window.key(Key.Key_Escape)
    assert not matches.isVisible()
    assert window.main.focusWidget() is window.view
    assert window.spans() == [(4, 12, "GADGET")]


def test_what_was_refused_does_not_come_back(window, matches):
    window.key(Key.Key_Delete)
    window.key(Key.Key_Escape)
    window.view.set_selection(4, 12)
    window.key(Key.Key_M, CONTROL)
    window.qtbot.waitUntil(lambda: standing(matches) == ["refused", "", "", "BRAND"])
    assert matches.currentIndex().row() == 1


def test_all_are_accepted_in_one_step(window, matches):
    window.key(Key.Key_Return, CONTROL)
    assert standing(matches) == ["GADGET"] * 3 + ["BRAND"]
    window.trigger("undo")
    window.qtbot.waitUntil(lambda: standing(matches) == ["", "", "", "BRAND"])
    assert window.spans() == []


def test_very_many_are_labelled_in_a_thread(window, matches, monkeypatch):
    monkeypatch.setattr(matches_panel, "_AT_ONCE", 1)
    window.click("acceptAllMatches")
    window.qtbot.waitUntil(lambda: standing(matches) == ["GADGET"] * 3 + ["BRAND"])
    assert window.view.isEnabled()
    assert window.spans() == [(4, 12, "GADGET")]
    window.trigger("undo")
    assert window.spans() == []


def test_case_and_parts_of_words(window, matches):
    window.find(QCheckBox, "matchCase").click()
    window.qtbot.waitUntil(lambda: matches.model().rowCount() == 3)
    window.find(QCheckBox, "matchWords").click()
    window.qtbot.waitUntil(lambda: matches.model().rowCount() == 4)
    assert "Xs" in matches.model().index(2, 1).data() + matches.model().index(2, 2).data()


def test_a_double_click_leads_to_the_place(window, matches):
    place = matches.visualRect(matches.model().index(2, 0)).center()
    window.qtbot.mouseClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=place)
    window.qtbot.mouseDClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.view.text().startswith("An iphone X")
    assert window.view.selection() == (17, 25)


def test_with_nothing_selected_it_says_what_to_do(window):
    window.trigger("labelAllMatches")
    assert "Select words or a span first" in window.main.statusBar().currentMessage()
