"""The page of keys: generated from what the program does, and changed there."""

from itertools import product

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QKeySequenceEdit, QLabel, QLineEdit, QPlainTextEdit, QTreeWidget

from gadget_trainer.ui.actions import SPECS
from gadget_trainer.ui.annotate.category_overview import CategoryOverview
from gadget_trainer.ui.annotate.label_overview import LabelOverview
from gadget_trainer.ui.annotate.label_panels import KEYS_OF_LISTS
from gadget_trainer.ui.annotate.matches_panel import MatchesPanel
from gadget_trainer.ui.annotate.splits_panel import SplitsPanel
from gadget_trainer.ui.annotate.surfaces_panel import SurfacesPanel
from gadget_trainer.ui.keys_page import KeysPage
from gadget_trainer.ui.text_view.keys import kept_keys

Key = Qt.Key


def lines(page: KeysPage) -> dict[str, str]:
    tree = page.findChild(QTreeWidget, "keys")
    groups = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    items = [group.child(place) for group in groups for place in range(group.childCount())]
    return {item.text(0): item.text(1) for item in items if not item.isHidden()}


def page_of(window) -> KeysPage:
    window.view.setFocus()
    window.key(Key.Key_F1)
    page = window.find(KeysPage, "keysPage")
    window.qtbot.waitUntil(page.isVisible)
    return page


def choose(page: KeysPage, words: str) -> None:
    tree = page.findChild(QTreeWidget, "keys")
    (found,) = tree.findItems(words, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    tree.setCurrentItem(found)


def press_new(window, page: KeysPage, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
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
    page.window().close()
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
    assert page.findChild(QLabel, "keysSaid").text() == "1 is kept for the 1st label. Choose another one."


def test_as_delivered_no_two_actions_have_the_same_keys():
    keys = [key for spec in SPECS for key in spec.keys]
    assert sorted(keys) == sorted(set(keys))


LISTS = (MatchesPanel, SurfacesPanel, LabelOverview, CategoryOverview, SplitsPanel)


def all_keys(page: KeysPage, group: str) -> list[tuple[str, str]]:
    """The lines of one group: the keys, and what they do."""
    tree = page.findChild(QTreeWidget, "keys")
    (found,) = tree.findItems(group, Qt.MatchFlag.MatchExactly)
    return [(found.child(place).text(1), found.child(place).text(0)) for place in range(found.childCount())]


def test_the_keys_of_the_lists_are_listed(window):
    page = page_of(window)
    assert all_keys(page, "In the list of matches") == [
        ("Return   Enter", "Label the match, and go on to the next"),
        ("Del   Backspace", "Refuse the match for good, and go on to the next"),
        ("Ctrl+Return   Ctrl+Enter", "Label all matches that are to be decided"),
        ("Esc", "Close the list"),
    ]
    assert [keys for keys, _ in all_keys(page, "In the labelled words")] == ["Return   Enter", "L", "Del", "Esc"]
    assert [keys for keys, _ in all_keys(page, "In the labels")] == ["Return   Enter   F2", "Del", "Esc"]
    assert {one.KEYS for one in LISTS} == set(KEYS_OF_LISTS.values())
    assert ("Del   Backspace", "Remove the selected span") in all_keys(page, "In the text")


def refused(window, page: KeysPage, keys: str) -> str:
    """What is said when Flag is to have these keys; it must not get them."""
    page.findChild(QKeySequenceEdit, "newKeys").setKeySequence(QKeySequence(keys))
    window.qtbot.mouseClick(page.findChild(object, "changeKeys"), Qt.MouseButton.LeftButton)
    assert lines(page)["Flag"] == "F", keys
    return page.findChild(QLabel, "keysSaid").text()


def test_every_key_that_the_text_keeps_for_itself_is_refused(window):
    page = page_of(window)
    choose(page, "Flag")
    assert refused(window, page, "Shift+Right") == (
        "Shift+Right is the key of “select on the way a token to the right” already. Choose another one."
    )
    for keys in ("Alt+Shift+Right", "Ctrl+Shift+Home", "Shift+PgDown", "Shift+End", "Backspace", "Enter", "Tab"):
        assert "already. Choose another one." in refused(window, page, keys), keys
    for keys in ("Ctrl+Shift+Right", "Ctrl+Left"):
        assert "of the selected span" in refused(window, page, keys) or "its start" in refused(window, page, keys)


def test_the_text_uses_no_key_that_it_does_not_keep(window):
    """Whatever the text takes, with a span or a selection, could not be an action's."""
    view, kept = window.view, kept_keys()
    bare = [Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home]
    bare += [Key.Key_End, Key.Key_Return, Key.Key_Enter, Key.Key_Delete, Key.Key_Backspace, Key.Key_Escape]
    bare += [*(Key(ord(one)) for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-+#/ "), Key.Key_F10, Key.Key_Tab]
    view.set_selection(4, 12)
    for prepare in (lambda: view.set_selection(4, 12), lambda: view.select_span(view.spans()[0])):
        prepare()
        for key, held in product(bare, map(Qt.KeyboardModifier, range(0, 0x10000000, 0x2000000))):
            event = QKeyEvent(QEvent.Type.ShortcutOverride, key, held)
            if view._keys.command(event) is not None:
                assert QKeySequence(QKeyCombination(held, key)).toString() in kept


def test_the_keys_of_places_are_refused_also_where_nothing_stands_there(window):
    page = page_of(window)
    choose(page, "Flag")
    assert refused(window, page, "9") == "9 is kept for the 9th label. Choose another one."
    assert refused(window, page, "0") == "0 is kept for the 10th label. Choose another one."
    assert refused(window, page, "Alt+2") == "Alt+2 is kept for the 2nd category. Choose another one."


def test_a_label_whose_key_an_action_has_shows_none(window):
    session = window.main._open.session
    button = window.find(QAbstractButton, "label:GADGET")
    assert button.accessibleName() == "GADGET, 1 span, key 1"
    window.main._actions.set_keys("toggleFlag", QKeySequence("1"))  # as an earlier version kept it
    assert button.accessibleName() == "GADGET, 1 span"
    window.view.setFocus()
    window.key("1")
    assert window.find(QAction, "toggleFlag").isChecked()
    window.main._actions.reset_keys("toggleFlag")
    assert button.accessibleName() == "GADGET, 1 span, key 1"
    session.do(lambda: session.project.labels.add("GAME", key="G"))
    window.main._actions.set_keys("toggleFlag", QKeySequence("G"))
    assert window.find(QAbstractButton, "label:GAME").accessibleName() == "GAME, 0 spans"
