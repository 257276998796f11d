"""Tables of scores show every number, however narrow they are."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel

from gadget_trainer.ui.train.tables import WideColumn, score_table


@pytest.fixture
def model():
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(["label", "precision", "recall"])
    return model


@pytest.fixture
def table(qtbot, model):
    table = score_table(model, "table", "A table")
    qtbot.addWidget(table)
    WideColumn(table, 0)
    table.resize(600, 200)
    table.show()
    qtbot.waitExposed(table)
    return table


def widths(table):
    return [table.columnWidth(column) for column in range(3)]


@pytest.fixture
def add(qtbot, table, model):
    def add(*words):
        fitted = table.findChild(WideColumn).findChild(QTimer)
        with qtbot.waitSignal(fitted.timeout):
            model.appendRow([QStandardItem(one) for one in words])

    return add


def test_the_column_takes_what_the_others_leave(table, add):
    add("GADGET", "0.862", "0.806")
    assert sum(widths(table)) == table.viewport().width()
    assert widths(table)[0] > 2 * max(widths(table)[1:])
    table.resize(900, 200)
    assert sum(widths(table)) == table.viewport().width()


def test_where_they_leave_too_little_the_table_is_scrolled(table, add):
    table.resize(120, 200)
    add("ORGANIZATION", "0.862", "0.806")
    assert all(width >= table.sizeHintForColumn(column) for column, width in enumerate(widths(table)))
    assert table.horizontalScrollBar().maximum() > 0
    table.resize(600, 200)
    assert table.horizontalScrollBar().maximum() == 0


def test_a_very_long_name_is_cut_rather_than_the_numbers_moved_out_of_sight(table, add):
    table.resize(300, 200)
    add("A_VERY_LONG_NAME" * 9, "0.862", "0.806")
    assert widths(table)[0] < table.sizeHintForColumn(0)
    assert sum(widths(table)) < 2 * table.viewport().width()
    assert table.textElideMode() is not Qt.TextElideMode.ElideNone
