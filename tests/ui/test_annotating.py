"""Highlighting as a person does it: drags, clicks, keys; and what the project file holds afterwards."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
)

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.ui.annotate.label_bar import LabelBar

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("backwards", [False, True])
def test_a_drag_snaps_to_tokens_and_labels(window, backwards):
    window.choose_text(1)
    window.wait_for_tokens()
    window.drag(6, 11, backwards=backwards)
    assert window.spans() == [(4, 11, "GADGET")]


def test_a_drag_behind_an_emoji_labels_what_is_dragged_over(window):
    window.choose_text(1)
    window.wait_for_tokens()
    window.drag(36, 39)
    assert window.view.text()[36:39] == "Zoë"
    assert window.spans() == [(36, 39, "GADGET")]


def test_a_drag_over_a_line_end(window):
    window.choose_text(2)
    window.wait_for_tokens()
    window.drag(28, 41)
    start, end, _ = window.spans()[0]
    assert window.view.text()[start:end] == "iPhone X?\r\nOr"


def test_a_double_click_labels_a_token(window):
    window.choose_text(1)
    window.wait_for_tokens()
    place = window.point(12, 18)
    target = window.view.viewport()
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=place)
    window.qtbot.waitUntil(lambda: window.spans() == [(12, 18, "GADGET")])


def click_thrice(window, place):
    target = window.view.viewport()
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.usefixtures("slow_clicks")
def test_a_triple_click_leaves_the_journal_alone_and_what_can_be_redone(window):
    window.drag(0, 3)
    window.trigger("undo")
    before = window.main._open.session.project.journal.history(5)
    click_thrice(window, window.point(7, 15))
    assert window.view.selection() == (0, 28)
    window.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert (0, 3, "GADGET") in window.spans()
    assert [one.id for one in window.main._open.session.project.journal.history(5)] == [one.id for one in before]


@pytest.mark.usefixtures("slow_clicks")
def test_without_any_label_a_triple_click_selects_the_paragraph_too(open_, tmp_path):
    path = tmp_path / "new.gadget"
    project = Project.create(path)
    project.imports.add_texts([AnnotatedText("Ana Ruiz moved to Oslo")], "b")
    project.close()
    window = open_(path)
    click_thrice(window, window.point(4, 8))
    assert window.view.selection() == (0, 22)
    assert window.main.findChild(QLineEdit, "labelName") is None


@pytest.mark.usefixtures("slow_clicks")
def test_a_label_that_is_clicked_right_after_a_double_click_is_for_spans_to_come(window):
    session = window.main._open.session
    session.do(lambda: session.project.labels.add("BRAND"))
    place, target = window.point(7, 15), window.view.viewport()
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=place)
    window.click("label:BRAND")
    assert (7, 15, "GADGET") in window.spans()


@pytest.mark.usefixtures("slow_clicks")
def test_a_double_click_counts_although_another_text_comes_at_once(window):
    window.choose_text(1)
    place = window.point(12, 18)
    target = window.view.viewport()
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=place)
    window.click("button:markDone")
    assert window.find(QLabel, "textNumber").text() == "No. 3"
    (made,) = window.main._open.session.project.read.text(2).spans
    assert (made.start, made.end) == (12, 18)


def test_a_click_selects_and_delete_removes_and_undo_brings_back(window):
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=window.point(22, 23))
    assert window.view.selected_span() is not None
    window.key(Qt.Key.Key_Delete)
    assert window.spans() == []
    window.key(Qt.Key.Key_Z, CONTROL)
    assert window.spans() == [(20, 28, "GADGET")]
    window.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert window.spans() == []


def test_a_new_span_replaces_the_one_it_meets_in_one_step(window):
    window.drag(16, 26)
    assert window.spans() == [(16, 26, "GADGET")]
    window.trigger("undo")
    assert window.spans() == [(20, 28, "GADGET")]


def test_undo_leads_to_the_text_that_it_changes_also_after_a_restart(window, open_, path):
    window.choose_text(1)
    window.wait_for_tokens()
    window.drag(4, 11)
    window.choose_text(3)
    window.main.close()
    again = open_(path)
    again.wait_for_tokens()
    again.key(Qt.Key.Key_Z, CONTROL)
    assert again.view.text().startswith("The Pixel 6")
    assert again.spans() == []
    again.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert again.spans() == [(4, 11, "GADGET")]


def test_edits_are_on_disk_when_they_are_seen(window, path):
    window.choose_text(1)
    window.wait_for_tokens()
    window.drag(4, 11)
    window.main.close()
    project = Project.open(path)
    assert [(span.start, span.end) for span in project.read.text(2).spans] == [(4, 11)]
    project.close()


def type_label(window, name):
    """Type a name into the dialog that is open, and press Return."""
    field = window.find(QLineEdit, "labelName")
    window.qtbot.waitUntil(field.isActiveWindow)
    window.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    window.qtbot.keyClicks(field, name)
    window.qtbot.keyClick(field, Qt.Key.Key_Return)
    window.activate()


def add_label(window, name):
    window.trigger("addLabel")
    type_label(window, name)


def test_number_keys_choose_and_change_the_label(window):
    add_label(window, "BRAND")
    assert window.find(QAbstractButton, "label:BRAND").isChecked()
    window.view.setFocus()
    window.key("1")
    assert window.find(QAbstractButton, "label:GADGET").isChecked()
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=window.point(22, 23))
    window.key("2")
    assert window.spans() == [(20, 28, "BRAND")]


def test_the_active_label_is_what_a_drag_gives(window):
    add_label(window, "BRAND")
    window.click("label:GADGET")
    window.choose_text(1)
    window.wait_for_tokens()
    window.drag(4, 11)
    window.click("label:BRAND")
    window.drag(12, 18)
    assert window.spans() == [(4, 11, "GADGET"), (12, 18, "BRAND")]


def test_a_drag_without_any_label_asks_for_one_and_goes_on(open_, tmp_path):
    project = Project.create(tmp_path / "new.gadget")
    project.imports.add_texts([AnnotatedText("Ana Ruiz moved to Oslo")], "b")
    project.close()
    window = open_(tmp_path / "new.gadget")
    window.wait_for_tokens()
    window.drag(0, 8)
    type_label(window, "PERSON")
    assert window.spans() == [(0, 8, "PERSON")]


def test_a_name_that_is_taken_cannot_be_given(window):
    window.trigger("addLabel")
    field = window.find(QLineEdit, "labelName")
    window.qtbot.waitUntil(field.hasFocus)
    window.qtbot.keyClicks(field, "GADGET")
    assert window.find(QLabel, "labelProblem").text() == "There is a label GADGET already. Choose another name."
    dialog = field.window()
    assert not dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    dialog.reject()


def choose_in_menu(window, label, *numbers):
    """Right-click on a label and click on an entry of its menu, and of the menus that it opens."""
    button = window.find(QAbstractButton, f"label:{label}")
    chooser = QTimer()
    rest, seen = list(numbers), set()

    def choose():
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu) and menu not in seen:
            seen.add(menu)
            action = menu.actions()[rest.pop(0)]
            if not rest:
                chooser.stop()
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    chooser.timeout.connect(choose)
    chooser.start(10)
    button.customContextMenuRequested.emit(button.rect().center())  # the offscreen platform sends no such event
    assert not chooser.isActive(), "no menu came up"


def test_deleting_a_label_says_how_many_spans_go_and_can_be_undone(window):
    bar = window.find(LabelBar, "labelBar")
    choose_in_menu(window, "GADGET", 1)
    assert window.notice() == "Deleting GADGET removes its 1 span too. It can be undone."
    window.click("notice:Delete")
    assert window.spans() == []
    assert bar.labels() == []
    window.trigger("undo")
    assert window.spans() == [(20, 28, "GADGET")]
    assert [label.name for label in bar.labels()] == ["GADGET"]


def test_labels_are_merged_after_saying_how_many_spans_change(window):
    add_label(window, "PHONE")
    choose_in_menu(window, "GADGET", 2, 0)
    said = "Merging GADGET into PHONE makes its 1 span PHONE, and GADGET is gone. It can be undone."
    assert window.notice() == said
    window.click("notice:Merge")
    assert window.spans() == [(20, 28, "PHONE")]
    bar = window.find(LabelBar, "labelBar")
    assert [label.name for label in bar.labels()] == ["PHONE"]
    assert bar.active() == "PHONE"
    window.trigger("undo")
    assert window.spans() == [(20, 28, "GADGET")]
    assert [label.name for label in bar.labels()] == ["GADGET", "PHONE"]


def test_renaming_keeps_the_spans(window):
    bar = window.find(LabelBar, "labelBar")
    choose_in_menu(window, "GADGET", 0)
    window.click("colour:#009e73")
    type_label(window, "THING")
    assert window.spans() == [(20, 28, "THING")]
    assert [(label.name, label.colour) for label in bar.labels()] == [("THING", "#009e73")]
    assert bar.active() == "THING"


def test_the_active_label_is_renamed_by_key(window):
    window.key(Qt.Key.Key_F2)
    type_label(window, "THING")
    assert window.spans() == [(20, 28, "THING")]


def test_delete_takes_back_what_was_just_highlighted(window):
    window.choose_text(1)
    window.wait_for_tokens()
    window.drag(4, 11)
    window.key(Qt.Key.Key_Delete)
    assert window.spans() == []
    assert not window.find(QAction, "deleteSpan").isEnabled()


def test_enter_marks_done_and_goes_on_and_space_skips(window):
    table = window.find(QTableView, "textTable")
    window.choose_text(1)
    window.view.setFocus()
    window.key(Qt.Key.Key_Return)
    assert table.currentIndex().row() == 2
    window.key(Qt.Key.Key_Space)
    assert table.currentIndex().row() == 3
    window.key("f")
    assert window.find(QAction, "toggleFlag").isChecked()
    assert window.find(QLabel, "textCounts").text() == "2 of 4 done · 1 skipped · 1 flagged"
    window.key(Qt.Key.Key_Up, CONTROL)
    assert table.currentIndex().row() == 2
    assert window.find(QLabel, "textState").text() == "Skipped"


def test_keys_of_the_text_are_typed_in_the_find_field(window):
    window.trigger("find")
    field = window.find(QLineEdit, "findField")
    window.qtbot.keyClicks(field, "f 1")
    assert field.text() == "f 1"
    assert not window.find(QAction, "toggleFlag").isChecked()


def test_find_and_filter(window):
    table = window.find(QTableView, "textTable")
    field = window.find(QLineEdit, "findField")
    window.qtbot.keyClicks(field, "pixel")
    window.qtbot.waitUntil(lambda: table.model().rowCount() == 2)
    field.clear()
    window.find(QComboBox, "statusFilter").setCurrentText("done")
    window.qtbot.waitUntil(lambda: table.model().rowCount() == 1)
    window.find(QComboBox, "statusFilter").setCurrentText("skipped")
    assert not table.isVisible()
    assert not window.find(QAction, "markDone").isEnabled()
    assert window.find(QLabel, "textTable:empty").text() == "No text matches."


def test_the_text_can_be_made_larger(window):
    before = window.view.text_size()
    window.trigger("largerText")
    assert window.view.text_size() == before + 1
