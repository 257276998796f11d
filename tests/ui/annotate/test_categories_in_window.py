"""Labels of whole texts in the real window: made, chosen by click and by key, listed, looked for, taken back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.ui.annotate.category_dialog import CategoryDialog
from gadget_trainer.ui.annotate.category_table_model import DECIDED, KEY, NAME, TEXTS
from gadget_trainer.ui.annotate.shelf import Shelf
from gadget_trainer.ui.annotate.text_table_model import CATEGORIES, COLUMNS
from gadget_trainer.ui.keys_page import KeysPage

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
OK = QDialogButtonBox.StandardButton.Ok
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sorted_path(path):
    """The project of a few texts with three categories, one of them with a key of its own."""
    project = Project.open(path)
    project.categories.add("QUESTION", description="Somebody <asks>.")
    project.categories.add("REVIEW")
    project.categories.add("SALE", key="s")
    project.close()
    return path


@pytest.fixture
def sorted_(open_, sorted_path):
    """The window on it, the second text shown, which is to do."""
    window = open_(sorted_path)
    window.choose_text(1)
    window.view.setFocus()
    return window


def chosen(window) -> list[str]:
    """The categories that the row above the text shows as chosen, which must be those of the project."""
    buttons = window.find(Shelf, "categoryShelf").findChildren(QAbstractButton)
    names = [button.text() for button in buttons if button.isChecked() and button.isVisible()]
    table = window.find(QTableView, "textTable")
    assert table.model().index(table.currentIndex().row(), CATEGORIES).data() == ", ".join(names)
    return names


def said(window) -> str:
    return window.main.statusBar().currentMessage()


def dialog_of(window, open_it: Callable[[], object]) -> CategoryDialog:
    open_it()
    dialog = window.main.findChildren(CategoryDialog)[-1]
    window.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def fill(window, dialog, **words: str) -> None:
    for name, typed in words.items():
        field = dialog.findChild(QWidget, f"category{name}")
        field.setFocus()
        field.selectAll()
        window.qtbot.keyClicks(field, typed)


def accept(window, dialog) -> None:
    window.qtbot.mouseClick(dialog.findChild(QDialogButtonBox).button(OK), LEFT)
    window.activate()
    window.view.setFocus()


# -- choosing


def test_a_project_without_categories_has_no_row_and_no_column(window):
    assert not window.find(Shelf, "categoryShelf").isVisible()
    assert window.find(QTableView, "textTable").isColumnHidden(CATEGORIES)
    window.view.setFocus()
    window.key(Key.Key_L, SHIFT)
    assert "no categories yet" in said(window)
    window.click("moreFilters")
    window.qtbot.waitUntil(window.find(QComboBox, "filter:with_label").isVisible)
    assert not window.find(QComboBox, "filter:with_category").isVisible()
    assert not window.find(QComboBox, "filter:categorised").isVisible()
    QApplication.activePopupWidget().close()


def test_the_first_category_is_made_in_the_window_and_chosen_with_a_click(window):
    window.choose_text(1)
    dialog = dialog_of(window, lambda: window.trigger("addCategory"))
    assert dialog.findChild(QLineEdit, "categoryKey").placeholderText() == "Alt+1"
    assert not dialog.findChild(QDialogButtonBox).button(OK).isEnabled()
    fill(window, dialog, Name="PRAISE", Description="Somebody likes it.")
    accept(window, dialog)
    assert said(window) == "Added the category PRAISE"
    assert window.find(Shelf, "categoryShelf").isVisible()
    assert not window.find(QTableView, "textTable").isColumnHidden(CATEGORIES)
    window.click("category:PRAISE")
    assert chosen(window) == ["PRAISE"]
    assert said(window).startswith("Chose PRAISE for “The Pixel 6 camera")
    assert "Somebody likes it." in window.find(QAbstractButton, "category:PRAISE").toolTip()
    for _ in range(2):
        window.trigger("undo")
    assert not window.find(Shelf, "categoryShelf").isVisible()
    for _ in range(2):
        window.trigger("redo")
    assert chosen(window) == ["PRAISE"]


def test_one_takes_the_place_of_another_and_the_same_key_takes_it_off(sorted_):
    sorted_.key(Key.Key_1, ALT)
    assert chosen(sorted_) == ["QUESTION"]
    sorted_.key(Key.Key_2, ALT)
    assert chosen(sorted_) == ["REVIEW"]
    sorted_.key(Key.Key_S)
    assert chosen(sorted_) == ["SALE"]
    sorted_.key(Key.Key_S)
    assert chosen(sorted_) == []
    sorted_.trigger("undo")
    sorted_.trigger("undo")
    assert chosen(sorted_) == ["REVIEW"]
    sorted_.trigger("redo")
    assert chosen(sorted_) == ["SALE"]
    sorted_.click("category:SALE")
    assert chosen(sorted_) == []
    sorted_.key(Key.Key_L, SHIFT)
    field = sorted_.find(QLineEdit, "categoryFinder:field")
    sorted_.qtbot.keyClicks(field, "rev")
    sorted_.qtbot.keyClick(field, Key.Key_Return)
    assert not field.isVisible()
    assert chosen(sorted_) == ["REVIEW"]


def test_each_text_shows_its_own_and_undo_leads_back_to_it(sorted_, sorted_path, open_):
    sorted_.key(Key.Key_1, ALT)
    sorted_.choose_text(2)
    assert chosen(sorted_) == []
    sorted_.key(Key.Key_2, ALT)  # the table has the keys now
    sorted_.trigger("undo")
    sorted_.trigger("undo")
    table = sorted_.find(QTableView, "textTable")
    assert table.currentIndex().row() == 1
    assert chosen(sorted_) == []
    sorted_.trigger("redo")
    sorted_.main.close()
    again = open_(sorted_path)
    again.choose_text(1)
    assert chosen(again) == ["QUESTION"]
    again.trigger("undo")
    assert chosen(again) == []


def test_several_can_be_chosen_where_that_is_allowed(sorted_):
    sorted_.trigger("showCategories")
    assert sorted_.find(QLabel, "categoryHeading").text() == "Category"
    sorted_.click("exclusiveCategories")
    assert sorted_.find(QLabel, "categoryHeading").text() == "Categories"
    sorted_.view.setFocus()
    sorted_.key(Key.Key_S)
    sorted_.click("category:QUESTION")
    assert chosen(sorted_) == ["QUESTION", "SALE"]
    sorted_.key(Key.Key_S)
    assert chosen(sorted_) == ["QUESTION"]
    sorted_.trigger("undo")
    sorted_.click("exclusiveCategories")
    assert not sorted_.find(QCheckBox, "exclusiveCategories").isChecked()
    assert sorted_.notice().startswith("1 text has several categories.")
    sorted_.click("notice:Show_them")
    assert sorted_.find(QComboBox, "statusFilter").currentText() == "with several categories"
    assert sorted_.find(QTableView, "textTable").model().rowCount() == 1
    sorted_.click("category:SALE")
    sorted_.click("exclusiveCategories")
    assert sorted_.find(QCheckBox, "exclusiveCategories").isChecked()
    sorted_.trigger("undo")
    assert not sorted_.find(QCheckBox, "exclusiveCategories").isChecked()


def test_done_without_a_category_is_allowed_and_said(sorted_):
    sorted_.key(Key.Key_Return)
    assert said(sorted_) == "The text was marked done, but it has no category yet."
    assert sorted_.find(QTableView, "textTable").currentIndex().row() == 2
    sorted_.key(Key.Key_1, ALT)
    sorted_.key(Key.Key_Return)
    assert said(sorted_) == "Marked done"
    sorted_.trigger("showCategories")
    sorted_.click("exclusiveCategories")
    sorted_.view.setFocus()
    sorted_.key(Key.Key_Return)
    assert "no category" not in said(sorted_), "where a text may have any number, it may have none"


# -- changing


def test_a_key_that_cannot_be_is_refused_in_words_and_one_that_is_a_categorys_is_no_labels(sorted_):
    dialog = dialog_of(sorted_, lambda: sorted_.trigger("addCategory"))
    problem = dialog.findChild(QLabel, "categoryProblem")
    fill(sorted_, dialog, Name="RENT", Key="s")
    assert problem.text() == "The key S chooses SALE already. Choose another key."
    fill(sorted_, dialog, Key="f")
    assert problem.text() == "The key F is for “Flag” already. Choose another key."
    fill(sorted_, dialog, Key="1")
    assert problem.text().startswith("The key of a category is one letter.")
    fill(sorted_, dialog, Key="r", Name="SALE")
    assert problem.text() == "There is a category SALE already. Choose another name."
    assert not dialog.findChild(QDialogButtonBox).button(OK).isEnabled()
    dialog.reject()
    sorted_.activate()
    sorted_.trigger("changeLabel")
    field = sorted_.find(QLineEdit, "labelKey")
    sorted_.qtbot.keyClicks(field, "s")
    assert sorted_.find(QLabel, "labelProblem").text() == "The key S chooses SALE already. Choose another key."
    field.window().reject()


def test_a_category_is_changed_from_its_menu_and_the_guidelines_follow(sorted_):
    sorted_.key(Key.Key_1, ALT)
    sorted_.trigger("showGuidelines")
    page = sorted_.find(QTextBrowser, "guidelinesPage")
    assert "Somebody <asks>." in page.toPlainText()
    button = sorted_.find(QAbstractButton, "category:QUESTION")
    button.customContextMenuRequested.emit(QPoint(4, 4))
    menu = sorted_.find(QMenu, "categoryMenu")
    sorted_.qtbot.waitUntil(menu.isVisible)
    assert [action.text() for action in menu.actions()] == ["Change QUESTION…", "Delete QUESTION…", "All categories…"]
    sorted_.qtbot.keyClick(menu, Key.Key_Down)
    dialog = dialog_of(sorted_, lambda: sorted_.qtbot.keyClick(menu, Key.Key_Return))
    fill(sorted_, dialog, Name="ASKING", Key="q", Description="A wish for help.")
    sorted_.click("colour:#009e73")
    accept(sorted_, dialog)
    assert chosen(sorted_) == ["ASKING"]
    assert "A wish for help." in page.toPlainText()
    assert "ASKING" in page.toPlainText()
    sorted_.key(Key.Key_Q)
    assert chosen(sorted_) == []
    sorted_.trigger("undo")
    sorted_.trigger("undo")
    assert chosen(sorted_) == ["QUESTION"]


def test_a_category_is_deleted_when_that_is_wanted_and_comes_back(sorted_):
    sorted_.key(Key.Key_1, ALT)
    sorted_.trigger("showCategories")
    table = sorted_.find(QTableView, "categoryOverview")
    sorted_.qtbot.keyClick(table, Key.Key_Delete)
    assert sorted_.notice() == "Deleting QUESTION takes it off its 1 text. It can be undone."
    sorted_.click("notice:Keep")
    sorted_.qtbot.keyClick(table, Key.Key_Delete)
    sorted_.click("notice:Delete")
    assert sorted_.main.findChild(QAbstractButton, "category:QUESTION") is None or chosen(sorted_) == []
    assert table.model().rowCount() == 2
    assert said(sorted_) == "Deleted the category QUESTION of 1 text"
    sorted_.trigger("undo")
    assert chosen(sorted_) == ["QUESTION"]
    assert table.model().rowCount() == 3


def test_texts_done_before_a_category_are_counted_and_shown(sorted_):
    sorted_.choose_text(0)
    sorted_.view.setFocus()
    sorted_.key(Key.Key_1, ALT)
    sorted_.key(Key.Key_Return)
    sorted_.choose_text(0)
    state = sorted_.find(QLabel, "textState")
    assert state.text() == "Done"
    sorted_.main._open.session.do(lambda: sorted_.main._open.session.project.categories.add("LATE"))
    assert state.text() == "Done, but not for LATE"
    sorted_.trigger("showCategories")
    table = sorted_.find(QTableView, "categoryOverview")
    button = sorted_.find(QAbstractButton, "showUndecided")
    column = [table.model().index(row, DECIDED) for row in range(4)]
    sorted_.qtbot.waitUntil(lambda: [one.data() for one in column] == ["1 of 4"] * 3 + ["0 of 4"])
    assert not button.isVisible()
    for _ in range(3):
        sorted_.qtbot.keyClick(table, Key.Key_Down)
    assert button.text() == "Show the 1 text done, but not for it"
    sorted_.click("showUndecided")
    texts = sorted_.find(QTableView, "textTable").model()
    assert texts.rowCount() == 1
    assert sorted_.find(QAbstractButton, "chip:undecided_category").text() == "done, but not for the category LATE"
    sorted_.view.setFocus()
    sorted_.key(Key.Key_Return)
    sorted_.qtbot.waitUntil(lambda: column[3].data() == "1 of 4")
    assert not button.isVisible()
    assert state.text() == "Done"
    sorted_.trigger("undo")
    assert state.text() == "Done, but not for LATE"


def test_the_list_counts_moves_and_leads_to_the_texts(sorted_):
    sorted_.key(Key.Key_S)
    sorted_.trigger("showCategories")
    table = sorted_.find(QTableView, "categoryOverview")
    model = table.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def column(number: int) -> list[str]:
        return [model.index(row, number).data() for row in range(model.rowCount())]

    assert (column(NAME), column(KEY)) == (["QUESTION", "REVIEW", "SALE"], ["Alt+1", "Alt+2", "S"])
    assert column(TEXTS) == ["0", "0", "1"]
    assert sorted_.find(QLabel, "categoryOverviewSaid").text() == "3 categories, chosen once"
    sorted_.qtbot.keyClick(table, Key.Key_Down)
    sorted_.qtbot.keyClick(table, Key.Key_Down)
    sorted_.click("categoryUp")
    sorted_.click("categoryUp")
    assert column(NAME) == ["SALE", "QUESTION", "REVIEW"]
    assert not sorted_.find(QAbstractButton, "categoryUp").isEnabled(), "the same one is still chosen"
    texts = sorted_.find(QTableView, "textTable").model()
    sorted_.click("textsOfCategory")
    assert texts.rowCount() == 1
    assert sorted_.find(QAbstractButton, "chip:with_category").text() == "category SALE"
    sorted_.click("textsWithoutCategory")
    assert texts.rowCount() == 3
    sorted_.qtbot.keyClick(table, Key.Key_Escape)
    assert not table.isVisible()


# -- the rest


def test_texts_are_filtered_by_category_and_take_theirs_along(sorted_):
    sorted_.key(Key.Key_2, ALT)
    texts = sorted_.find(QTableView, "textTable").model()

    def ask(name: str, words: str) -> None:
        sorted_.click("moreFilters")
        box = sorted_.find(QComboBox, f"filter:{name}")
        sorted_.qtbot.waitUntil(box.isVisible)
        box.setFocus()
        sorted_.qtbot.keyClicks(box, words)
        QApplication.activePopupWidget().close()

    ask("with_category", "REVIEW")
    assert texts.rowCount() == 1
    assert sorted_.find(QAbstractButton, "chip:with_category").text() == "category REVIEW"
    sorted_.click("chip:with_category")
    ask("categorised", "without")
    assert texts.rowCount() == 3
    sorted_.click("chip:categorised")
    assert texts.rowCount() == 4
    sorted_.choose_text(1)
    sorted_.trigger("deleteTexts")
    sorted_.click("notice:Delete")
    assert chosen(sorted_) == []
    sorted_.trigger("undo")
    sorted_.choose_text(1)
    assert chosen(sorted_) == ["REVIEW"]


def test_the_page_of_keys_names_them_and_the_column_stays_hidden(sorted_, sorted_path, open_):
    sorted_.key(Key.Key_F1)
    page = sorted_.find(KeysPage, "keysPage")
    sorted_.qtbot.waitUntil(page.isVisible)
    tree = page.findChild(QTreeWidget, "keys")
    for words, keys in (("Category QUESTION", "Alt+1"), ("Category SALE", "S")):
        (found,) = tree.findItems(words, Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)
        assert found.text(1) == keys
    page.window().close()
    sorted_.activate()
    table = sorted_.find(QTableView, "textTable")
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(60, 8))
    menu = table.findChild(QMenu, "columnMenu")
    menu.findChild(QAction, f"column:{COLUMNS[CATEGORIES]}").trigger()
    menu.close()
    assert table.isColumnHidden(CATEGORIES)
    sorted_.main.close()
    again = open_(sorted_path)
    assert again.find(QTableView, "textTable").isColumnHidden(CATEGORIES)


def test_many_categories_stay_within_three_rows(path, open_):
    project = Project.open(path)
    names = tuple(f"INTENT {number}" for number in range(77))
    project.imports.add_texts([AnnotatedText("A wish", categories=(name,)) for name in names], "intents")
    project.close()
    window = open_(path)
    shelf = window.find(Shelf, "categoryShelf")
    window.qtbot.waitUntil(lambda: shelf.height() > 60)
    assert shelf.height() < 160
    table = window.find(QTableView, "textTable")
    window.choose_text(table.model().rowCount() - 1)
    button = window.find(QAbstractButton, "category:INTENT 76")
    assert button.isChecked()
    assert not button.visibleRegion().isEmpty()
