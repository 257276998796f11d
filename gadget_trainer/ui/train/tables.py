"""The look of the tables of the Train workspace."""

from PySide6.QtCore import QAbstractItemModel, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gadget_trainer.ui.theme import UNIT

_MEASURED = 20
"""Rows that decide how wide a column is, beside those in sight; Qt would measure a thousand at each change."""


def score_table(model: QAbstractItemModel, name: str, words: str) -> QTableView:
    """A quiet table of numbers."""
    table = QTableView()
    table.setObjectName(name)
    table.setAccessibleName(words)
    table.setModel(model)
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + UNIT)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setResizeContentsPrecision(_MEASURED)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table


class WholeRows(QWidget):
    """Holds a table as high as its rows are whole: scrolled to its end, Qt would cut the first one in sight."""

    def __init__(self, table: QTableView) -> None:
        super().__init__()
        self._table = table
        table.setParent(self)
        self.setSizePolicy(table.sizePolicy())

    def sizeHint(self) -> QSize:
        """As the table's."""
        return self._table.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As the table's."""
        return self._table.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the table what it can fill."""
        super().resizeEvent(event)
        table, size = self._table, event.size()
        beside = table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth()
        rest = max(size.height() - beside, 0) % table.verticalHeader().defaultSectionSize()
        table.setGeometry(0, 0, size.width(), size.height() - rest)
