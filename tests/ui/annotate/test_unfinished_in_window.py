"""To the next text that is to do and to the one before, and what says that a done text is behind the labels."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView
from window_corpus import begin_project

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.ui.annotate.missing_names import names_in_words

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "todo.gadget"
    project = begin_project(made)
    project.labels.add("GADGET")
    texts = ("one iPhone", "two iPhone", "three", "four iPhone", "five")
    project.imports.add_texts(list(map(AnnotatedText, texts)), "a")
    project.edit.set_state([2], TextState.DONE)
    project.close()
    return made


def number(window) -> str:
    return window.find(QLabel, "textNumber").text()


def state(window) -> str:
    return window.find(QLabel, "textState").text()


def said(window) -> str:
    return window.main.statusBar().currentMessage()


def look_for_phones(window) -> QLineEdit:
    field = window.find(QLineEdit, "findField")
    window.qtbot.keyClicks(field, "iPhone")
    window.qtbot.waitUntil(lambda: window.find(QTableView, "textTable").model().rowCount() == 3)
    window.view.setFocus()
    return field


def test_forward_and_back_and_round(window):
    window.view.setFocus()
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        window.key(key, BOTH)
        seen.append(number(window))
    assert seen == ["No. 3", "No. 4", "No. 3", "No. 1", "No. 5"]


def test_it_stays_in_what_is_looked_for_and_says_when_it_cannot(window):
    field = look_for_phones(window)
    window.trigger("nextUnfinished")
    assert (number(window), field.text()) == ("No. 4", "iPhone")
    window.trigger("nextUnfinished")
    assert (number(window), field.text()) == ("No. 1", "iPhone")
    session = window.main._open.session
    session.do(lambda: session.project.edit.set_state([1, 4], TextState.DONE))
    window.trigger("previousUnfinished")
    assert (number(window), field.text()) == ("No. 5", "")
    assert said(window) == "No other text in that list was left to do: all texts are shown again."


def test_it_goes_by_the_order_of_the_table(window):
    header = window.find(QTableView, "textTable").horizontalHeader()
    header.sectionClicked.emit(1)  # by place, from the end
    window.choose_text(0)
    assert number(window) == "No. 5"
    window.trigger("nextUnfinished")
    assert number(window) == "No. 4"


def test_when_all_are_done_it_leads_to_those_done_before_a_label_was_there(window):
    session = window.main._open.session
    session.do(lambda: session.project.edit.set_state([1, 3, 4, 5], TextState.DONE))
    window.trigger("nextUnfinished")
    assert said(window) == "No other text is left to do."
    session.do(lambda: session.project.labels.add("BRAND"))
    window.trigger("nextUnfinished")
    assert number(window) == "No. 2"
    assert said(window) == "No other text is to do; this one is done, but not for BRAND."


def test_a_done_text_names_the_labels_that_it_is_not_done_for(window):
    window.choose_text(1)
    assert state(window) == "Done"
    sign = window.find(QTableView, "textTable").model().index(1, 0)
    picture = sign.data(Qt.ItemDataRole.DecorationRole).cacheKey()
    assert sign.data(Qt.ItemDataRole.ToolTipRole) == "done"
    session = window.main._open.session
    session.do(lambda: session.project.labels.add("BRAND"))
    assert state(window) == "Done, but not for BRAND", "though nobody used it yet"
    assert sign.data(Qt.ItemDataRole.ToolTipRole) == "done, but not for BRAND"
    assert sign.data(Qt.ItemDataRole.AccessibleTextRole) == "done, but not for BRAND"
    assert sign.data(Qt.ItemDataRole.DecorationRole).cacheKey() != picture
    window.view.setFocus()
    window.click("button:markDone")
    window.choose_text(1)
    assert state(window) == "Done"
    assert sign.data(Qt.ItemDataRole.ToolTipRole) == "done"
    assert window.find(QAbstractButton, "label:BRAND").isVisible()


def test_many_labels_are_counted():
    assert names_in_words(["A"]) == "A"
    assert names_in_words(["A", "B"]) == "A and B"
    assert names_in_words(["A", "B", "C"]) == "A, B and C"
    assert names_in_words(["A", "B", "C", "D", "E"]) == "A, B and 3 others"
