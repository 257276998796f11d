"""The files of an import, each with what it brings or why it cannot be read, and whether it is wanted."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPalette, QPixmap
from PySide6.QtWidgets import QHeaderView, QTableView

from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.icons import pixmap
from gadget_trainer.ui.importing.draft import DraftFile
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.tool_tips import plain_tip
from gadget_trainer.ui.train.tables import score_table

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()
_HEADERS = ("File", "Texts", "Spans")
_Role = Qt.ItemDataRole
_MOST_ROWS = 7


class FileModel(QAbstractTableModel):
    """A row a file of the draft, which it shares."""

    taken_changed = Signal()
    """The person wants other files than before."""

    def __init__(self, files: Sequence[DraftFile]) -> None:
        super().__init__()
        self._files = files

    def renew(self) -> None:
        """There are other files than before."""
        self.beginResetModel()
        self.endResetModel()

    def note(self, row: int) -> None:
        """More is known of a file, or it is to be read otherwise."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(_HEADERS) - 1))

    def note_all(self) -> None:
        """Other things come of the files than before."""
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._files) - 1, len(_HEADERS) - 1))

    def rowCount(self, parent: _Index = _HERE) -> int:
        """A row a file."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """File, texts, spans."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The columns' headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return _alignment(section)
        return _HEADERS[section] if role == _Role.DisplayRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A file can be left out."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell shows."""
        show = _SHOWN.get(role)
        return show(self._files[index.row()], index.column()) if index.isValid() and show is not None else None

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Take the file, or leave it out."""
        if role != _Role.CheckStateRole:
            return False
        self._files[index.row()].taken = Qt.CheckState(value) == Qt.CheckState.Checked
        self.note(index.row())
        self.taken_changed.emit()
        return True


def file_table(model: FileModel) -> QTableView:
    """The table of the files."""
    table = score_table(model, "importFileTable", "Files to import")
    table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


def fit_height(table: QTableView) -> None:
    """As high as its rows, up to a few: the room below it is wanted for the labels."""
    rows = min(table.model().rowCount(), _MOST_ROWS)
    height = rows * table.verticalHeader().defaultSectionSize()
    table.setFixedHeight(height + table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth() + UNIT // 2)


def _words(file: DraftFile, column: int) -> str:
    if column == 0:
        return file.name
    glimpse = file.glimpse
    if glimpse is None or file.problem:
        return ""
    is_known = file.is_complete and (column == 1 or file.is_foreseen)
    return f"{glimpse.texts if column == 1 else file.spans:,}{'' if is_known else '…'}"


def _check(file: DraftFile, column: int) -> Qt.CheckState | None:
    if column:
        return None
    return Qt.CheckState.Checked if file.taken else Qt.CheckState.Unchecked


def _tip(file: DraftFile, _column: int) -> str:
    return plain_tip(file.problem or str(file.choice.path))


def _sign(file: DraftFile, column: int) -> QPixmap | None:
    return pixmap("error", 16, QPalette.ColorRole.BrightText) if column == 1 and file.problem else None


def _alignment(column: int) -> Qt.AlignmentFlag:
    return LEFT if column == 0 else RIGHT


_SHOWN: dict[int, Callable[[DraftFile, int], Any]] = {
    _Role.DisplayRole: _words,
    _Role.CheckStateRole: _check,
    _Role.TextAlignmentRole: lambda _file, column: _alignment(column),
    _Role.ToolTipRole: _tip,
    _Role.AccessibleDescriptionRole: lambda file, _column: file.problem,
    _Role.DecorationRole: _sign,
}
