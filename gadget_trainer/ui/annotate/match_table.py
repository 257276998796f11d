"""The list of matches: each with what stands before it and behind it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from gadget_trainer.ui.annotate.bottom_panel import panel_table
from gadget_trainer.ui.annotate.match_model import AFTER, BEFORE, STANDING, WANTED, WORDS, MatchModel


def match_table(model: MatchModel) -> QTableView:
    """Words in their context, a line a match."""
    table = panel_table(model, "matches", "Matches")
    table.setItemDelegateForColumn(BEFORE, _WordsBefore(table))
    header = table.horizontalHeader()
    header.hide()
    header.setResizeContentsPrecision(0)  # the rows that are seen: matches come by the hundred, again and again
    for column in (BEFORE, AFTER):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    for column in (WORDS, WANTED, STANDING):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return table


class _WordsBefore(QStyledItemDelegate):
    """Paints what stands before a match."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave out what is far from the match, which is at the right."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft
