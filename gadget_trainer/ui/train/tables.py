"""The look of the tables of the Train workspace."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QSize, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gadget_trainer.ui.theme import UNIT

_MEASURED = 20
"""Rows that decide how wide a column is, beside those in sight; Qt would measure a thousand at each change."""

_LONGEST_NAME = 20
"""Characters of a label that are shown before it is cut."""


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


class WideColumn(QObject):
    """Gives a column of a table what the others leave, and never less than it needs: then the table is scrolled."""

    def __init__(self, table: QTableView, column: int, longest: int = _LONGEST_NAME) -> None:
        """What is longer than ``longest`` characters may be cut."""
        super().__init__(table)
        self._table = table
        self._column = column
        self._longest = longest
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.viewport().installEventFilter(self)
        self._soon = QTimer(self, singleShot=True, interval=0)  # once for a run of a thousand iterations
        self._soon.timeout.connect(self.fit)
        model = table.model()
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.columnsInserted):
            changed.connect(self._soon.start)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Choose how wide the column is, now that there are other rows or another width."""
        header = self._table.horizontalHeader()
        if header.count() <= self._column:
            return
        others = sum(self._needed(column) for column in range(header.count()) if column != self._column)
        needed = min(self._needed(self._column), self._table.fontMetrics().averageCharWidth() * self._longest)
        if others + needed <= self._table.viewport().width():
            header.setSectionResizeMode(self._column, QHeaderView.ResizeMode.Stretch)
        else:
            header.setSectionResizeMode(self._column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(self._column, needed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See when the table gets another width."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    def _needed(self, column: int) -> int:
        header = self._table.horizontalHeader()
        if header.isSectionHidden(column):
            return 0
        return max(self._table.sizeHintForColumn(column), header.sectionSizeHint(column))


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
