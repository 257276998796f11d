"""The labels of an import: what each is to be called in the project, or that its spans are left out."""

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.icons import pixmap
from gadget_trainer.ui.importing.draft import Draft
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.tool_tips import plain_tip
from gadget_trainer.ui.train.tables import score_table

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()
_HEADERS = ("Label in the file", "Spans", "In the project")
LABEL, SPANS, NAME = range(3)
_Role = Qt.ItemDataRole
LEFT_OUT = "left out"


class LabelModel(QAbstractTableModel):
    """A row a label; the draft is told what the person decides."""

    names_changed = Signal()
    """A label is called otherwise now, or left out."""
    refused = Signal(str)
    """Why a name cannot be, as a sentence."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._labels: list[tuple[str, int]] = []

    def count(self) -> None:
        """Ask the draft anew which labels there are. Those that were there stay where they are."""
        counts = self._draft.labels()
        known = [label for label, _number in self._labels if label in counts]
        order = [*known, *(label for label in counts if label not in set(known))]
        found = [(label, counts[label]) for label in order]
        if found == self._labels:
            return
        if len(found) >= len(self._labels) and known == [label for label, _number in self._labels]:
            self._grow(found)
        else:
            self.beginResetModel()
            self._labels = found
            self.endResetModel()

    def _grow(self, found: list[tuple[str, int]]) -> None:
        before = len(self._labels)
        if len(found) > before:
            self.beginInsertRows(QModelIndex(), before, len(found) - 1)
            self._labels = found
            self.endInsertRows()
        self._labels = found
        if before:
            self.dataChanged.emit(self.index(0, LABEL), self.index(before - 1, NAME))

    def label(self, row: int) -> str:
        """The label in a row, as the file calls it."""
        return self._labels[row][0]

    def offered(self, row: int) -> list[str]:
        """What a label can be called: as in the file, as the project's labels, or as the others of the file."""
        label = self.label(row)
        others = (one for one, _number in self._labels if one != label)
        return list(dict.fromkeys((label, *self._draft.known_labels, *others)))

    def rowCount(self, parent: _Index = _HERE) -> int:
        """A row a label."""
        return 0 if parent.isValid() else len(self._labels)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """Label, spans, name."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The columns' headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return _alignment(section)
        return _HEADERS[section] if role == _Role.DisplayRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A label can be left out, and called otherwise."""
        flags = super().flags(index)
        if index.column() == LABEL:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        column, name = index.column(), self._draft.new_name(self.label(index.row()))
        if role == _Role.DisplayRole:
            return self._words(index.row(), column)
        if role == _Role.CheckStateRole and column == LABEL:
            return Qt.CheckState.Unchecked if name is None else Qt.CheckState.Checked
        return self._of_name(index.row(), role) if column == NAME else _plain(self.label(index.row()), column, role)

    def _of_name(self, row: int, role: int) -> Any:
        if role == _Role.EditRole:
            return self._draft.new_name(self.label(row)) or self.label(row)
        if role == _Role.DecorationRole:
            return pixmap("chevron-down", 16, QPalette.ColorRole.PlaceholderText)
        return "Click to rename the label or to merge it into another one." if role == _Role.ToolTipRole else None

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Decide about a label."""
        label = self.label(index.row())
        if role == _Role.CheckStateRole:
            name = label if Qt.CheckState(value) == Qt.CheckState.Checked else None
        elif role == _Role.EditRole:
            name = str(value)
        else:
            return False
        problem = self._draft.rename(label, name)
        if problem:
            self.refused.emit(problem)
            return False
        self.dataChanged.emit(self.index(0, LABEL), self.index(len(self._labels) - 1, NAME))
        self.names_changed.emit()
        return True

    def _words(self, row: int, column: int) -> str:
        label, spans = self._labels[row]
        if column == NAME:
            return self._becomes(label)
        return label if column == LABEL else f"{spans:,}"

    def _becomes(self, label: str) -> str:
        """The name, and what it means for the project."""
        name = self._draft.new_name(label)
        if name is None:
            return LEFT_OUT
        if name in self._draft.known_labels:
            return f"{name} (exists)"
        shared = any(one != label and self._draft.new_name(one) == name for one, _number in self._labels)
        return f"{name} (merged)" if shared else f"{name} (new)"


class _NameDelegate(QStyledItemDelegate):
    """Names are typed, or chosen among those that there are."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A box of names that one can type into."""
        del option
        box = QComboBox(parent)
        box.setObjectName("importLabelName")
        box.setAccessibleName("Name of the label in the project")
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        model = index.model()
        if isinstance(model, LabelModel):
            box.addItems(model.offered(index.row()))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Begin with the name as it is."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(_Role.EditRole)))
            line = editor.lineEdit()
            if line is not None:
                line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Keep what was typed or chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText(), _Role.EditRole)


class _NamesOnClick(QObject):
    """A click on a name begins to change it: nobody would look for it behind two."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        table.clicked.connect(self._edit)

    @Slot(QModelIndex)
    def _edit(self, index: QModelIndex) -> None:
        if index.column() == NAME:
            self._table.edit(index)


def label_table(model: LabelModel) -> QTableView:
    """The table of the labels."""
    table = score_table(model, "importLabelTable", "Labels of the files")
    table.setItemDelegateForColumn(NAME, _NameDelegate(table))
    trigger = QTableView.EditTrigger
    table.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 2 * UNIT)
    _NamesOnClick(table)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(SPANS, QHeaderView.ResizeMode.ResizeToContents)
    return table


def _plain(label: str, column: int, role: int) -> Any:
    if role == _Role.TextAlignmentRole:
        return _alignment(column)
    return plain_tip(label) if role == _Role.ToolTipRole else None


def _alignment(column: int) -> Qt.AlignmentFlag:
    return RIGHT if column == SPANS else LEFT
