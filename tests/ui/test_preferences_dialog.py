"""The preferences: colours, size of texts and keys in one place, and all of it holds at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QSpinBox, QTabWidget

from gadget_trainer.ui.keys_page import KeysPage
from gadget_trainer.ui.preferences_dialog import PreferencesDialog
from gadget_trainer.ui.text_view.painting import is_dark

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def dialog(window):
    window.view.setFocus()
    window.key(Key.Key_Comma, Modifier.ControlModifier)
    found = window.find(PreferencesDialog, "preferencesDialog")
    window.qtbot.waitUntil(found.isVisible)
    yield found
    window.trigger("schemeLight")


def test_colours_are_chosen_and_the_menu_follows(window, dialog):
    field = dialog.findChild(QComboBox, "scheme")
    assert field.count() == 3
    window.qtbot.keyClick(field, Key.Key_End)  # keys, not letters: two letters within 400 ms are one search
    assert field.currentText() == "Dark"
    assert is_dark(QApplication.palette())
    assert window.find(QAction, "schemeDark").isChecked()
    window.qtbot.keyClick(field, Key.Key_Up)
    assert not is_dark(QApplication.palette())
    assert window.find(QAction, "schemeLight").isChecked()


def test_the_size_of_texts_is_chosen_and_remembered(window, dialog, open_, path):
    field = dialog.findChild(QSpinBox, "textSize")
    before = window.view.text_size()
    assert field.value() == before
    window.qtbot.keyClick(field, Key.Key_Up)
    assert window.view.text_size() == before + 1
    window.qtbot.mouseClick(
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close), Qt.MouseButton.LeftButton
    )
    window.main.close()
    assert open_(path).view.text_size() == before + 1


def test_the_keys_are_a_page_of_it(window, dialog):
    pages = dialog.findChild(QTabWidget, "preferencePages")
    assert [pages.tabText(at) for at in range(pages.count())] == ["Appearance", "Keys"]
    assert pages.tabText(pages.currentIndex()) == "Appearance"
    pages.setCurrentIndex(1)
    assert dialog.findChild(KeysPage, "keysPage").isVisible()
