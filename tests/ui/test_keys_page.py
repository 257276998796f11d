"""The page of keys: generated from what the program does, and changed there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLabel, QLineEdit, QPlainTextEdit, QTreeWidget

from gadget_trainer.ui.actions import SPECS
from gadget_trainer.ui.keys_dialog import KeysDialog

Key = Qt.Key


def lines(page: KeysDialog) -> dict[str, str]:
    tree = page.findChild(QTreeWidget, "keys")
    groups = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    items = [group.child(place) for group in groups for place in range(group.childCount())]
    return {item.text(0): item.text(1) for item in items if not item.isHidden()}


def page_of(window) -> KeysDialog:
    window.view.setFocus()
    window.key(Key.Key_F1)
    page = window.find(KeysDialog, "keysPage")
    window.qtbot.waitUntil(page.isVisible)
    return page


def choose(page: KeysDialog, words: str) -> None:
    tree = page.findChild(QTreeWidget, "keys")
    (found,) = tree.findItems(words, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    tree.setCurrentItem(found)


def press_new(window, page: KeysDialog, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    field = page.findChild(QKeySequenceEdit, "newKeys")
    field.clear()
    window.qtbot.keyClick(field, key, modifier)
    window.qtbot.mouseClick(page.findChild(object, "changeKeys"), Qt.MouseButton.LeftButton)


def test_every_action_is_listed_with_its_keys_and_so_are_the_keys_of_the_text(window):
    shown = lines(page_of(window))
    for spec in SPECS:
        assert spec.words.replace("…", "") in shown, spec.name
    assert shown["Skip"] == "Space"
    assert shown["Redo"] == "Ctrl+Shift+Z   Ctrl+Y"
    assert shown["Select the next span"] == "Tab"
    assert "Move the end of the selected span a token to the right" in shown


def test_a_key_is_found_by_what_it_does(window):
    page = page_of(window)
    window.qtbot.keyClicks(page.findChild(QLineEdit, "findKey"), "ctrl+i")
    assert list(lines(page)) == ["Import texts"]


def test_a_key_is_changed_and_stays_changed_and_comes_back(window, open_, path):
    page = page_of(window)
    choose(page, "Flag")
    press_new(window, page, Key.Key_F7)
    assert lines(page)["Flag"] == "F7"
    page.reject()
    window.view.setFocus()
    window.key(Key.Key_F7)
    assert window.find(QAction, "toggleFlag").isChecked()
    window.main.close()

    again = open_(path)
    flag = again.find(QAction, "toggleFlag")
    assert flag.shortcut() == QKeySequence("F7")
    assert "F7" in flag.toolTip()
    page = page_of(again)
    choose(page, "Flag")
    again.qtbot.mouseClick(page.findChild(object, "resetKeys"), Qt.MouseButton.LeftButton)
    assert lines(page)["Flag"] == "F"


def test_a_clash_is_refused_in_words(window):
    page = page_of(window)
    choose(page, "Flag")
    press_new(window, page, Key.Key_F2)
    said = page.findChild(QLabel, "keysSaid")
    assert said.text().startswith("F2 is the key of “Change the label…” already.")
    assert lines(page)["Flag"] == "F"
    press_new(window, page, Key.Key_Right)
    assert "Right is the key of “go a token to the right" in said.text()


def test_the_help_lists_the_file_formats(window):
    window.trigger("showFormats")
    shown = window.find(QPlainTextEdit, "formatList")
    assert "Prodigy JSONL (.jsonl" in shown.toPlainText()
    shown.window().close()


def test_the_keys_of_labels_are_listed_and_stay_theirs(window):
    page = page_of(window)
    assert lines(page)["Label GADGET: for the selected span, or for spans to come"] == "1"
    choose(page, "Flag")
    press_new(window, page, Key.Key_1)
    assert page.findChild(QLabel, "keysSaid").text() == "1 is the key of “Label GADGET” already. Choose another one."


def test_as_delivered_no_two_actions_have_the_same_keys():
    keys = [key for spec in SPECS for key in spec.keys]
    assert sorted(keys) == sorted(set(keys))
