"""The places where the same words stand, as lines in their context."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPalette

from gadget_trainer.ui.alignment import RIGHT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.matches import Match

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()

BEFORE, WORDS, AFTER, WANTED, STANDING = range(5)
_OPEN, _LABELLED, _REFUSED = range(3)
_HEADERS = ("Before", "Words", "After", "Example of", "Decided")


class MatchModel(QAbstractTableModel):
    """Matches as they are found, and what was decided about them."""

    def __init__(self) -> None:
        super().__init__()
        self._matches: list[Match] = []
        self._standings = bytearray()  # one a match

    def clear(self) -> None:
        """Begin with nothing."""
        self.beginResetModel()
        self._matches = []
        self._standings = bytearray()
        self.endResetModel()

    def add(self, matches: "Sequence[Match]") -> None:
        """More were found."""
        if matches:
            first = len(self._matches)
            self.beginInsertRows(QModelIndex(), first, first + len(matches) - 1)
            self._matches += matches
            self._standings += bytes(map(_standing, matches))
            self.endInsertRows()

    def counts(self) -> tuple[int, int, int]:
        """How many are open, labelled, and refused."""
        return self._standings.count(_OPEN), self._standings.count(_LABELLED), self._standings.count(_REFUSED)

    def at(self, row: int) -> "Match":
        """The match in a row, as it was decided."""
        found, standing = self._matches[row], self._standings[row]
        if standing == _standing(found):
            return found
        return replace(found, label=found.wanted if standing == _LABELLED else "", refused=standing == _REFUSED)

    def accept(self, rows: Sequence[int]) -> None:
        """Show that the matches in these rows have the labels now that they were to get."""
        self._decide(rows, _LABELLED)

    def refuse(self, rows: Sequence[int]) -> None:
        """Show that the matches in these rows were refused."""
        self._decide(rows, _REFUSED)

    def _decide(self, rows: Sequence[int], standing: int) -> None:
        for row in rows:
            self._standings[row] = standing
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), STANDING))

    def open_rows(self) -> list[int]:
        """The rows that nobody decided about."""
        return [row for row, standing in enumerate(self._standings) if standing == _OPEN]

    def next_open(self, after: int) -> int | None:
        """The first row below ``after`` that is open, else the first above; None where none is."""
        below = self._standings.find(_OPEN, after + 1)
        found = below if below >= 0 else self._standings.find(_OPEN, 0, max(0, after + 1))
        return found if found >= 0 else None

    def row_from(self, text_id: int, start: int) -> int | None:
        """The row of the match there, or of the first one behind; None where there is none."""
        row = bisect_left(self._matches, (text_id, start), key=lambda one: (one.text_id, one.start))
        return row if row < len(self._matches) else None

    def rowCount(self, parent: _Index = _HERE) -> int:
        """As many as were found."""
        return 0 if parent.isValid() else len(self._matches)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """Before, the words, after, the label that they are to get, what is there."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADERS[section]
        return RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and section == BEFORE else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; lines that are decided are grey."""
        one, column = self.at(index.row()), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            standing = one.label or ("refused" if one.refused else "")
            words = " ".join(one.surface.split())
            return (one.before.lstrip(), words, one.after.rstrip(), one.wanted, standing)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == BEFORE:
            return RIGHT
        if role == Qt.ItemDataRole.FontRole and column == WORDS and one.is_open:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and not one.is_open:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None


def _standing(match: "Match") -> int:
    if match.label:
        return _LABELLED
    return _REFUSED if match.refused else _OPEN
