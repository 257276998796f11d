"""Records as the rows of a table that Qt paints without asking Python.

A table asks a model of :class:`~gadget_trainer.ui.train.score_models.RecordModel` some hundred times a paint, and each
time the window's thread waits for its turn in Python. While a run trains, that made a row of scores stop the window
for up to 0.1 s. Here the cells are made once, when a record comes.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel

from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.tool_tips import plain_tip

_Record = TypeVar("_Record")

Column = tuple[str, Callable[[Any], str]]
"""A heading, and how the cell's words are read from a record."""


class RecordItems(QStandardItemModel, Generic[_Record]):
    """A row a record; the first ``names`` columns stand at the left, numbers at the right."""

    columns: tuple[Column, ...] = ()
    names = 0

    def __init__(self) -> None:
        super().__init__()
        self._records: list[_Record] = []
        self._set_headings()

    def show(self, records: Sequence[_Record]) -> None:
        """Show these records instead."""
        self.clear()
        self._records = []
        self._set_headings()
        for record in records:
            self.append(record)

    def append(self, record: _Record) -> None:
        """Show one more."""
        self._records.append(record)
        self.appendRow([self._item(record, column) for column in range(len(self.columns))])

    def record(self, row: int) -> _Record:
        """What that row shows."""
        return self._records[row]

    def mark(self, row: int, *, on: bool) -> None:
        """Make the row bold, or no longer so."""
        for column in range(len(self.columns)):
            item = self.item(row, column)
            font = item.font()
            font.setBold(on)
            item.setFont(font)

    def tip(self, _record: _Record) -> str:
        """What the pointer shows on the row."""
        return ""

    def sign(self, _record: _Record, _column: int) -> QIcon | None:
        """What stands before the words of a cell."""
        return None

    def _item(self, record: _Record, column: int) -> QStandardItem:
        item = QStandardItem(self.columns[column][1](record))
        item.setEditable(False)
        item.setTextAlignment(LEFT if column < self.names else RIGHT)
        item.setToolTip(plain_tip(self.tip(record)))
        sign = self.sign(record, column)
        if sign is not None:
            item.setIcon(sign)
        return item

    def _set_headings(self) -> None:
        self.setColumnCount(len(self.columns))
        for column, (words, _) in enumerate(self.columns):
            heading = QStandardItem(words)
            heading.setTextAlignment(LEFT if column < self.names else RIGHT)
            self.setHorizontalHeaderItem(column, heading)
