"""The look of the tables of the Train workspace."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

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
