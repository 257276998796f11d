"""What was done in this project, the latest first; a click leads to the text."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QDockWidget, QHeaderView, QTableView

from gadget_trainer.ui.annotate.bottom_panel import panel_table
from gadget_trainer.ui.tool_tips import plain_tip

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.journal import Journal, Operation
    from gadget_trainer.ui.session import Session

_PAGE = 200

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()
_HEADERS = ("When", "What")


class HistoryModel(QAbstractTableModel):
    """The operations of a journal, read a page at a time as they are scrolled to."""

    def __init__(self, journal: "Journal", palette: QPalette) -> None:
        super().__init__()
        self._journal = journal
        self._palette = palette
        self._operations: list[Operation] = []
        self._complete = True

    def reload(self) -> None:
        """Read anew from the latest on."""
        self.beginResetModel()
        self._operations = self._journal.history(_PAGE)
        self._complete = len(self._operations) < _PAGE
        self.endResetModel()

    def operation(self, row: int) -> "Operation":
        """The operation in a row."""
        return self._operations[row]

    def rowCount(self, parent: _Index = _HERE) -> int:
        """As many as were read."""
        return 0 if parent.isValid() else len(self._operations)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """When, what."""
        return 0 if parent.isValid() else len(_HEADERS)

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there are earlier ones."""
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: _Index) -> None:
        """Read the next page."""
        if parent.isValid() or not self._operations:
            return
        more = self._journal.history(_PAGE, self._operations[-1].id)
        self._complete = len(more) < _PAGE
        if more:
            first = len(self._operations)
            self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
            self._operations += more
            self.endInsertRows()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADERS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; what was undone is grey and says so."""
        one = self._operations[index.row()]
        when = datetime.fromtimestamp(one.at).astimezone()
        words = f"{one.summary} (undone)" if one.undone else one.summary
        if role == Qt.ItemDataRole.DisplayRole:
            return words if index.column() else _when(when)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{when:%d.%m.%Y %H:%M:%S}: {words}")
        if role == Qt.ItemDataRole.ForegroundRole and one.undone:
            return self._palette.color(QPalette.ColorRole.PlaceholderText)
        return None


class HistoryDock(QDockWidget):
    """Shows the history while it is open."""

    text_requested = Signal(int)
    """The id of the text that the chosen operation changed."""
    shown_changed = Signal(bool)
    """Whether it is open now; it can be closed by its own button."""

    def __init__(self, session: "Session") -> None:
        super().__init__("History")
        self.setObjectName("historyDock")
        self.model = HistoryModel(session.project.journal, self.palette())
        self.table = _table(self.model)
        self.setWidget(self.table)
        self.table.activated.connect(self._lead)
        self.table.clicked.connect(self._lead)
        session.done.connect(self._reload)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was done meanwhile."""
        super().showEvent(event)
        self.model.reload()
        self.shown_changed.emit(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Its own button was pressed."""
        super().closeEvent(event)
        self.shown_changed.emit(False)

    @Slot()
    def _reload(self) -> None:
        if self.isVisible():
            self.model.reload()

    @Slot(QModelIndex)
    def _lead(self, index: QModelIndex) -> None:
        text_id = self.model.operation(index.row()).text_id
        if text_id is not None:
            self.text_requested.emit(text_id)


def _when(at: datetime) -> str:
    today = datetime.now().astimezone().date() == at.date()
    return f"{at:%H:%M}" if today else f"{at:%d.%m. %H:%M}"


def _table(model: HistoryModel) -> QTableView:
    table = panel_table(model, "history", "History")
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return table
