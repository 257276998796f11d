"""Texts are found by words and by what else is asked, sorted, and shown in the columns that a person wants."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QMenu, QSpinBox, QTableView, QToolButton

from gadget_trainer.corpus import queries, search_index
from gadget_trainer.corpus.records import Span
from gadget_trainer.training.mistakes import Kind, Mistake, Mistakes
from gadget_trainer.ui.annotate import indexing, text_list

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
STATE, TEXT, SPANS, LENGTH, SOURCE, NOTE, NUMBER, _CATEGORIES, DISAGREEMENT = range(9)


@pytest.fixture
def table(window) -> QTableView:
    return window.find(QTableView, "textTable")


def numbers(table) -> list[int]:
    """Which texts are shown, by the order in which they were imported."""
    model = table.model()
    return [int(model.index(row, NUMBER).data()) for row in range(model.rowCount())]


def look_for(window, table, words, expected) -> None:
    field = window.find(QLineEdit, "findField")
    field.selectAll()
    window.qtbot.keyClicks(field, words)
    window.qtbot.waitUntil(lambda: numbers(table) == expected)


def ask(window, **values: object) -> None:
    """Choose values in the panel, as a person does."""
    if not window.find(QFrame, "filterPanel").isVisible():
        window.click("moreFilters")
    window.qtbot.waitUntil(lambda: window.find(QComboBox, "filter:source").count() > 1)
    for name, value in values.items():
        if isinstance(value, int):
            field = window.find(QSpinBox, f"filter:{name}")
            field.selectAll()
            window.qtbot.keyClicks(field, str(value))
            window.qtbot.keyClick(field, Qt.Key.Key_Return)
        else:
            window.find(QComboBox, f"filter:{name}").setCurrentText(value)


def click_head(window, table, column, button=LEFT) -> None:
    header = table.horizontalHeader()
    place = header.rect().center()
    place.setX(header.sectionViewportPosition(column) + header.sectionSize(column) // 2)
    window.qtbot.mouseClick(header.viewport(), button, pos=place)


def test_words_phrases_and_expressions_are_typed(window, table):
    look_for(window, table, "iph", [1, 3])
    look_for(window, table, '"pixel 6" great', [2])
    look_for(window, table, "/Pixel [67]/", [2, 3])
    window.qtbot.waitUntil(lambda: window.find(QLabel, "shownCount").text() == "2 texts")
    window.click("showAllTexts")
    assert numbers(table) == [1, 2, 3, 4]
    assert window.find(QLineEdit, "findField").text() == ""


def test_a_broken_expression_is_said_and_the_texts_stay(window, table):
    look_for(window, table, "pixel", [2, 3])
    problem = window.find(QLabel, "findProblem")
    field = window.find(QLineEdit, "findField")
    field.selectAll()
    window.qtbot.keyClicks(field, "/(pixel/")
    window.qtbot.waitUntil(problem.isVisible)
    assert "has a mistake: missing )" in problem.text()
    assert numbers(table) == [2, 3]
    look_for(window, table, "/(pixel)/i", [2, 3])
    window.qtbot.waitUntil(lambda: not problem.isVisible())


def test_nothing_that_has_the_words(window, table):
    field = window.find(QLineEdit, "findField")
    window.qtbot.keyClicks(field, "nowhere")
    window.qtbot.waitUntil(window.find(QLabel, "textTable:empty").isVisible)
    assert not window.find(QAction, "markDone").isEnabled()


def test_the_panel_asks_and_chips_take_it_back(window, table):
    assert not window.find(QToolButton, "moreFilters").isChecked()
    ask(window, without_label="GADGET", source="a")
    assert numbers(table) == [2, 3, 4]
    ask(window, shortest=20)
    window.qtbot.waitUntil(lambda: numbers(table) == [2, 3])
    window.find(QFrame, "filterPanel").close()
    assert window.find(QToolButton, "chip:without_label").text() == "has no GADGET"
    assert window.find(QToolButton, "chip:shortest").text() == "at least 20 characters"
    window.click("chip:shortest")
    window.qtbot.waitUntil(lambda: numbers(table) == [2, 3, 4])
    window.click("chip:without_label")
    assert numbers(table) == [1, 2, 3, 4]
    window.click("moreFilters")
    assert window.find(QComboBox, "filter:without_label").currentText() == "any"
    assert window.find(QComboBox, "filter:source").currentText() == "a"
    window.click("clearFilters")
    assert not window.find(QLabel, "shownCount").isVisible()


def test_flag_note_and_state_together(window, table):
    window.choose_text(1)
    window.trigger("toggleFlag")
    ask(window, flagged="not flagged")
    assert numbers(table) == [1, 3, 4]
    window.find(QFrame, "filterPanel").close()
    window.find(QComboBox, "statusFilter").setCurrentText("to do")
    assert numbers(table) == [3, 4]
    ask(window, flagged="flagged")
    assert numbers(table) == [2]


def test_a_click_on_a_head_sorts_turns_round_and_goes_back(window, table):
    window.choose_text(2)
    for expected in ([2, 3, 4, 1], [1, 2, 3, 4], [1, 2, 3, 4]):
        click_head(window, table, SPANS)
        assert numbers(table) == expected
        assert window.view.text().startswith("Should I pay"), "the text that is worked on stays"
    table.showColumn(LENGTH)
    click_head(window, table, LENGTH)
    assert numbers(table) == [4, 1, 2, 3]
    look_for(window, table, "the", [1, 2, 3])
    click_head(window, table, NOTE)
    assert numbers(table) == [1, 2, 3]


def test_columns_are_chosen_and_the_project_remembers(window, open_, path, table):
    assert table.isColumnHidden(SOURCE)
    header = table.horizontalHeader()
    header.customContextMenuRequested.emit(header.rect().center())
    menu = window.find(QMenu, "columnMenu")
    source = next(one for one in menu.actions() if one.objectName() == "column:Source")
    window.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(source).center())
    assert not table.isColumnHidden(SOURCE)
    assert table.model().index(1, SOURCE).data() == "a:2"
    click_head(window, table, STATE)
    assert numbers(table) == [2, 3, 4, 1]
    window.main.close()
    again = open_(path).find(QTableView, "textTable")
    assert not again.isColumnHidden(SOURCE)
    assert numbers(again) == [2, 3, 4, 1]


def test_state_and_flag_are_seen_both(window, table):
    window.choose_text(0)
    model = table.model()
    plain = model.index(0, STATE).data(Qt.ItemDataRole.DecorationRole)
    window.trigger("toggleFlag")
    both = model.index(0, STATE).data(Qt.ItemDataRole.DecorationRole)
    assert both.width() == 2 * plain.width()
    assert model.index(0, STATE).data(Qt.ItemDataRole.ToolTipRole) == "done, flagged"


def test_the_index_of_words_is_built_beside_the_work_and_used(open_, path, monkeypatch):
    monkeypatch.setattr(indexing, "WORTH_IT", 3)
    monkeypatch.setattr(search_index, "_SLICE", 1)
    window = open_(path)
    label = window.find(indexing.IndexingLabel, "indexingProgress")
    with window.qtbot.waitSignal(label.completed):
        pass
    assert not label.isVisible()
    assert label.text() == "Preparing the search: 100%"
    monkeypatch.setattr("gadget_trainer.corpus.queries._having", None)  # texts are not read any more
    look_for(window, window.find(QTableView, "textTable"), "pixel", [2, 3])


@pytest.fixture
def large(open_, path, monkeypatch) -> tuple[object, QTableView]:
    """A window that takes a few texts for many, and gets them one by one."""
    monkeypatch.setattr(text_list, "_MANY", 1)
    monkeypatch.setattr(text_list, "_TABLEFUL", 1)
    monkeypatch.setattr(text_list, "_SECONDS_BETWEEN", 0)
    monkeypatch.setattr(queries, "_FIRST_PART", 1)
    monkeypatch.setattr(queries, "_PART", 1)
    window = open_(path)
    table = window.find(QTableView, "textTable")
    window.qtbot.waitUntil(lambda: numbers(table) == [1, 2, 3, 4])
    return window, table


def test_many_texts_are_filtered_beside_the_work_and_the_text_stays(large):
    window, table = large
    window.choose_text(2)
    states = window.find(QComboBox, "statusFilter")
    chosen: list[int] = []
    window.main._open.annotate.list.chosen.connect(chosen.append)
    states.setCurrentText("to do")
    assert numbers(table) == [1, 2, 3, 4], "nothing is empty meanwhile"
    window.qtbot.waitUntil(lambda: numbers(table) == [2, 3, 4] and table.currentIndex().row() == 1)
    assert chosen == [3], "the text that is worked on, and no other on the way"
    states.setCurrentText("done")
    window.qtbot.waitUntil(lambda: numbers(table) == [1] and window.view.text().startswith("How to"))
    window.qtbot.waitUntil(lambda: window.find(QLabel, "shownCount").text() == "1 text")


def test_what_is_looked_for_is_marked_in_the_text(window, table):
    look_for(window, table, "pixel", [2, 3])
    window.qtbot.waitUntil(lambda: window.view.hits() == [(4, 9)])
    window.choose_text(1)
    text = window.view.text()
    start = text.index("Pixel")
    window.qtbot.waitUntil(lambda: window.view.hits() == [(start, start + 5)])
    look_for(window, table, "/Pixel 7/", [3])
    window.qtbot.waitUntil(lambda: window.view.hits() == [(start, start + 7)])
    window.click("showAllTexts")
    window.qtbot.waitUntil(lambda: window.view.hits() == [])


def mistake(text_id, confidence=None) -> Mistake:
    return Mistake(text_id, Kind.MISSED, Span(0, 3, "GADGET"), None, "How", confidence=confidence)


def test_how_far_a_model_disagrees_is_a_column_while_it_is_known(window, table):
    assert table.isColumnHidden(DISAGREEMENT)
    found = window.main._open.train.view.mistakes
    of_run = Mistakes((mistake(2), mistake(4), mistake(4)), texts=4)
    found.show_mistakes(of_run)
    found.forget()
    assert table.isColumnHidden(DISAGREEMENT)
    found.show_mistakes(of_run)
    assert not table.isColumnHidden(DISAGREEMENT)
    assert [table.model().index(row, DISAGREEMENT).data() for row in range(4)] == [None, "1", None, "2"]
    click_head(window, table, DISAGREEMENT)
    assert numbers(table) == [4, 2, 1, 3]
    found.show_mistakes(Mistakes((mistake(4, 0.2), mistake(2, 0.9)), texts=4, cross_validated=True))
    assert numbers(table) == [2, 4, 1, 3]
    first = table.model().index(0, DISAGREEMENT)
    assert (first.data(), first.data(Qt.ItemDataRole.ToolTipRole)) == (
        "90%",
        "The model read 1 place differently; where it is surest, it is sure to 90%",
    )
    click_head(window, table, DISAGREEMENT)
    assert numbers(table) == [4, 2, 3, 1], "the other way round; what is not known stays behind"
    found.forget()
    assert table.model().index(0, DISAGREEMENT).data() == "20%", "what is in doubt is so after another run too"
