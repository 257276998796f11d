"""Notes, other words, deletion, duplicates, going to a number: by keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QLineEdit, QPlainTextEdit, QTableView

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.ui.annotate import text_list
from gadget_trainer.ui.annotate.text_editor import TextEditor
from gadget_trainer.ui.annotate.visible_text import VisibleText

Key = Qt.Key
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NOTE = 5


@pytest.fixture
def table(window) -> QTableView:
    return window.find(QTableView, "textTable")


def shown(table) -> list[str]:
    model = table.model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def save_button(editor):
    return editor.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)


# -- notes


def test_a_note_is_written_kept_marked_undone_and_found(window, table, path, open_):
    window.view.setFocus()
    window.key(Qt.Key.Key_N, HELD)
    field = window.find(QPlainTextEdit, "textNote")
    assert field.hasFocus()
    window.qtbot.keyClicks(field, "ask Zoe f 1")
    window.key(Key.Key_Escape)
    assert window.view.hasFocus()
    assert field.isVisible()
    assert table.model().index(0, NOTE).data(Qt.ItemDataRole.ToolTipRole) == "has a note"
    window.trigger("nextText")
    assert not field.isVisible()
    window.trigger("undo")
    assert table.model().index(0, NOTE).data(Qt.ItemDataRole.ToolTipRole) is None
    assert not field.isVisible()
    window.trigger("redo")
    assert field.toPlainText() == "ask Zoe f 1"


def test_a_note_is_kept_when_one_goes_on_or_closes_the_window(window, path, open_):
    window.view.setFocus()
    window.key(Qt.Key.Key_N, HELD)
    window.qtbot.keyClicks(window.find(QPlainTextEdit, "textNote"), "one")
    window.key(Key.Key_Down, CONTROL)
    window.view.setFocus()
    window.key(Qt.Key.Key_N, HELD)
    assert window.find(QPlainTextEdit, "textNote").toPlainText() == ""
    window.qtbot.keyClicks(window.find(QPlainTextEdit, "textNote"), "two")
    window.main.close()
    project = Project.open(path)
    assert [project.read.text(one).note for one in (1, 2, 3)] == ["one", "two", ""]
    project.close()


# -- words


def test_the_words_are_changed_after_it_was_said_what_goes(window, path):
    window.trigger("editText")
    editor = window.find(TextEditor, "textEditor")
    field, effect = window.find(QPlainTextEdit, "textWords"), window.find(QLabel, "textWordsEffect")
    assert effect.text() == "The words are as they were."
    assert not save_button(editor).isEnabled()
    field.moveCursor(QTextCursor.MoveOperation.Start)
    window.qtbot.keyClicks(field, "Tell me. ")
    window.qtbot.waitUntil(lambda: effect.text() == "1 span stays on its words. None is lost.")
    field.moveCursor(QTextCursor.MoveOperation.End)
    for _ in "hone X":
        window.qtbot.keyClick(field, Key.Key_Backspace)
    assert not save_button(editor).isEnabled(), "not before it is said what that does"
    window.qtbot.waitUntil(lambda: effect.text() == "No span stays on its words. 1 is lost: “iPhone X”.")
    window.qtbot.keyClicks(field, "hone X")
    window.qtbot.waitUntil(lambda: "None is lost" in effect.text())
    window.qtbot.mouseClick(save_button(editor), Qt.MouseButton.LeftButton)
    assert window.view.text() == "Tell me. How to preorder the iPhone X"
    assert window.spans() == [(29, 37, "GADGET")]
    window.trigger("undo")
    assert window.view.text() == "How to preorder the iPhone X"
    assert window.spans() == [(20, 28, "GADGET")]


def test_a_text_is_not_emptied(window):
    window.trigger("editText")
    editor, field = window.find(TextEditor, "textEditor"), window.find(QPlainTextEdit, "textWords")
    field.selectAll()
    window.qtbot.keyClick(field, Key.Key_Delete)
    window.qtbot.waitUntil(lambda: "can't be empty" in window.find(QLabel, "textWordsEffect").text())
    assert not save_button(editor).isEnabled()
    editor.reject()
    assert window.view.text() == "How to preorder the iPhone X"


def test_what_cannot_be_seen_survives_an_edit(window):
    window.choose_text(2)
    before = window.view.text()
    window.trigger("editText")
    field = window.find(QPlainTextEdit, "textWords")
    field.moveCursor(QTextCursor.MoveOperation.End)
    window.qtbot.keyClicks(field, "?")
    editor = window.find(TextEditor, "textEditor")
    window.qtbot.waitUntil(save_button(editor).isEnabled)
    window.qtbot.mouseClick(save_button(editor), Qt.MouseButton.LeftButton)
    assert window.view.text() == before + "?"


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nb\rc",
        "\ufeffa\u00a0\u202fb·c◦",
        "NUL\0 ␀ \u2028\u2029\x85",
        "👩‍👩‍👧 \ufffe \ufffc\ufdd0",
        "\x80\x81\x82\ue000",
    ],
)
def test_every_odd_character_has_a_stand_in_of_its_own_in_qts_editor(qtbot, text):
    visible = VisibleText(text)
    assert len(visible.text) == len(text)
    field = QPlainTextEdit(visible.text)
    qtbot.addWidget(field)
    assert visible.restored(field.toPlainText()) == text


# -- deletion


def test_selected_texts_are_deleted_after_it_was_said_what_goes(window, table):
    window.choose_text(0)
    window.qtbot.keyClick(table, Key.Key_Down, SHIFT)
    window.qtbot.keyClick(table, Key.Key_Delete, CONTROL)
    assert window.notice() == "Deleting 2 texts removes 1 span too. It can be undone."
    window.click("notice:Delete")
    assert shown(table) == ["Should I pay $1,000 for the iPhone X? Or wait for the Pixel 7?", "???"]
    assert window.view.text().startswith("Should I pay")
    assert window.find(QLabel, "textCounts").text() == "0 of 2 done"
    window.trigger("undo")
    assert len(shown(table)) == 4
    assert window.find(QLabel, "textCounts").text() == "1 of 4 done"


def test_after_the_last_text_its_neighbour_is_shown_and_nothing_is_deleted_unasked(window, table):
    window.choose_text(3)
    window.trigger("deleteTexts")
    assert window.notice() == "Deleting this text removes no span. It can be undone."
    window.click("notice:Keep")
    assert len(shown(table)) == 4
    window.trigger("deleteTexts")
    window.click("notice:Delete")
    assert window.view.text().startswith("Should I pay")


# -- duplicates


def test_duplicates_stand_together_and_the_first_of_each_is_kept(path, open_):
    project = Project.open(path)
    again = [AnnotatedText("the PIXEL 7 camera is great says Zoë"), AnnotatedText("How to preorder the iPhone  x")]
    project.imports.add_texts([*again, AnnotatedText("???"), AnnotatedText("??", (Span(0, 2, "GADGET"),))], "b")
    project.close()
    window = open_(path)
    table = window.find(QTableView, "textTable")
    window.trigger("showDuplicates")
    window.qtbot.waitUntil(lambda: window.find(QComboBox, "statusFilter").currentText() == "duplicates")
    assert [one.split()[0] for one in shown(table)] == ["How", "How", "The", "the", "???", "???"]
    assert "that is so 3 times" in window.notice()
    assert "deletes 3 texts, which removes no span." in window.notice()
    window.click("notice:Keep_the_first_of_each")
    assert shown(table) == ["How to preorder the iPhone X", "The Pixel 6 camera is 😀 great, says Zoë", "???"]
    window.trigger("undo")
    assert len(shown(table)) == 6
    window.click("showAllTexts")
    assert len(shown(table)) == 8


def test_no_two_texts_are_alike(window):
    window.trigger("showDuplicates")
    window.qtbot.waitUntil(lambda: window.main.statusBar().currentMessage() == "No two texts are alike.")


# -- going to a number


def go_to_number(window, digits: str) -> None:
    window.view.setFocus()
    window.key("g", CONTROL)
    field = window.find(QLineEdit, "goToNumber")
    window.qtbot.keyClicks(field, digits)
    window.qtbot.keyClick(field, Key.Key_Return)


def test_one_goes_to_a_number(window, table):
    window.find(QComboBox, "statusFilter").setCurrentText("done")
    window.view.setFocus()
    window.key("g", CONTROL)
    field = window.find(QLineEdit, "goToNumber")
    assert field.text() == "1"
    window.qtbot.keyClicks(field, "3")
    window.qtbot.keyClick(field, Key.Key_Return)
    assert window.view.text().startswith("Should I pay")
    assert window.find(QLabel, "textNumber").text() == "No. 3"
    assert window.view.hasFocus()
    window.key("g", CONTROL)
    window.qtbot.keyClicks(field, "99")
    window.qtbot.keyClick(field, Key.Key_Return)
    assert window.main.statusBar().currentMessage() == "There is no text No. 99 in this project."
    assert window.view.text().startswith("Should I pay")


def test_a_hidden_one_among_many_is_shown_at_once_and_finds_its_place(window, table, monkeypatch):
    monkeypatch.setattr(text_list, "_MANY", 1)  # as with a million: the list comes from a thread
    window.find(QComboBox, "statusFilter").setCurrentText("done")
    window.qtbot.waitUntil(lambda: table.model().rowCount() == 1)
    go_to_number(window, "3")
    assert window.view.text().startswith("Should I pay"), "without waiting for the list"
    window.qtbot.waitUntil(lambda: table.model().rowCount() == 4 and table.currentIndex().row() == 2)
    assert window.view.text().startswith("Should I pay")
    assert window.find(QComboBox, "statusFilter").currentText() == "all texts"


def test_from_a_hidden_one_the_next_is_its_neighbour(window, table, monkeypatch):
    monkeypatch.setattr(text_list, "_MANY", 1)
    window.find(QComboBox, "statusFilter").setCurrentText("done")
    window.qtbot.waitUntil(lambda: table.model().rowCount() == 1)
    go_to_number(window, "2")
    window.trigger("nextText")
    assert window.view.text().startswith("Should I pay")
    assert table.currentIndex().row() == 2


def test_a_text_that_is_gone_leaves_the_filter(window, table):
    states = window.find(QComboBox, "statusFilter")
    states.setCurrentText("done")
    go_to_number(window, "99")
    assert states.currentText() == "done"
    assert table.model().rowCount() == 1


def test_what_needs_a_text_is_off_without_one(window):
    window.find(QComboBox, "statusFilter").setCurrentText("skipped")
    for name in ("editNote", "editText", "deleteTexts", "goToText"):
        assert not window.find(QAction, name).isEnabled(), name
