"""All that a label is, changed in one step; its key works in the text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
)

from gadget_trainer.ui.annotate.label_bar import LabelBar
from gadget_trainer.ui.annotate.label_dialog import LabelDialog

Key = Qt.Key
OK = QDialogButtonBox.StandardButton.Ok


def opened(window, action) -> QDialog:
    window.trigger(action)
    dialog = window.main.findChildren(LabelDialog)[-1]
    window.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def type_(window, dialog, name, words, kind=QLineEdit):
    field = dialog.findChild(kind, name)
    window.qtbot.mouseClick(field if kind is QLineEdit else field.viewport(), Qt.MouseButton.LeftButton)
    field.selectAll()
    first, *rest = words.split("\n")
    window.qtbot.keyClicks(field, first)
    for line in rest:
        window.qtbot.keyClick(field, Key.Key_Return)
        window.qtbot.keyClicks(field, line)


def accept(window, dialog):
    window.qtbot.mouseClick(dialog.findChild(QDialogButtonBox).button(OK), Qt.MouseButton.LeftButton)
    window.activate()


def label_of(window, place=0):
    return window.find(LabelBar, "labelBar").labels()[place]


def test_everything_is_changed_in_one_step(window):
    dialog = opened(window, "changeLabel")
    type_(window, dialog, "labelName", "THING")
    type_(window, dialog, "labelKey", "g")
    type_(window, dialog, "labelDescription", "Runs on a <battery>.", QPlainTextEdit)
    type_(window, dialog, "labelExamples", "Kindle\n\niPhone X", QPlainTextEdit)
    window.click("colour:#009e73")
    accept(window, dialog)
    label = label_of(window)
    assert (label.name, label.key, label.colour) == ("THING", "G", "#009e73")
    assert (label.description, label.examples) == ("Runs on a <battery>.", ("Kindle", "iPhone X"))
    button = window.find(QAbstractButton, "label:THING")
    assert "Runs on a &lt;battery&gt;." in button.toolTip()
    assert "Kindle; iPhone X" in button.toolTip()
    assert "key G" in button.accessibleName()
    assert button.accessibleDescription() == "Runs on a <battery>."
    window.trigger("undo")
    label = label_of(window)
    assert (label.name, label.key, label.description, label.examples) == ("GADGET", "", "", ())


def test_a_new_label_comes_with_its_key_and_the_key_labels(window):
    dialog = opened(window, "addLabel")
    assert dialog.findChild(QLineEdit, "labelKey").placeholderText() == "2"
    type_(window, dialog, "labelName", "BRAND")
    type_(window, dialog, "labelKey", "b")
    accept(window, dialog)
    window.view.setFocus()
    window.key(Key.Key_1)
    assert window.find(LabelBar, "labelBar").active() == "GADGET"
    window.view.set_selection(0, 3)
    window.key(Key.Key_B)
    assert window.spans() == [(0, 3, "BRAND"), (20, 28, "GADGET")]
    window.key(Key.Key_2)  # it is nobody's digit now
    assert window.find(LabelBar, "labelBar").active() == "BRAND"
    window.trigger("undo")
    window.trigger("undo")
    assert window.main.findChild(QAction, "labelKey:B") is None or not [
        key for key in window.view.actions() if key.objectName() == "labelKey:B"
    ]


def test_a_digit_of_its_own_is_taken_from_the_label_of_that_place(window):
    for name, key in (("BRAND", ""), ("PLACE", "1")):
        dialog = opened(window, "addLabel")
        type_(window, dialog, "labelName", name)
        type_(window, dialog, "labelKey", key)
        accept(window, dialog)
    window.view.setFocus()
    for key, name in ((Key.Key_2, "BRAND"), (Key.Key_1, "PLACE")):
        window.key(key)
        assert window.find(LabelBar, "labelBar").active() == name
    assert "key" not in window.find(QAbstractButton, "label:GADGET").accessibleName()


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("f", "The key F is for “Flag” already. Choose another key."),
        ("b", "The key B chooses BRAND already. Choose another key."),
        ("-", "A key is one letter or one digit. Leave it empty for the digit of the label's place."),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_words(window, key, sentence):
    dialog = opened(window, "addLabel")
    type_(window, dialog, "labelName", "BRAND")
    type_(window, dialog, "labelKey", "B")
    accept(window, dialog)
    QApplication.processEvents()
    window.click("label:GADGET")
    dialog = opened(window, "changeLabel")
    type_(window, dialog, "labelKey", key)
    assert dialog.findChild(QLabel, "labelProblem").text() == sentence
    assert not dialog.findChild(QDialogButtonBox).button(OK).isEnabled()
    dialog.reject()
