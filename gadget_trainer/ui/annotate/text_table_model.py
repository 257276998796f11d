"""The table of texts: rows fetched from the project file a page at a time, so that a million show at once."""

from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPalette, QPixmap

from gadget_trainer.corpus.records import TextState
from gadget_trainer.ui.icons import pixmap

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.queries import Queries, TextRow

_PAGE = 256
_PAGES = 64

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()

STATE, TEXT, SPANS = range(3)
_HEADERS = ("", "Text", "Spans")

_STATE_WORDS = {
    "todo": "to do",
    "begun": "begun: it has spans, but is not marked done",
    "done": "done",
    "skipped": "skipped",
}


class TextTableModel(QAbstractTableModel):
    """The texts of those ids, in that order: state, text, number of spans."""

    def __init__(self, queries: "Queries") -> None:
        super().__init__()
        self._queries = queries
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[TextRow]] = OrderedDict()
        self._pictures: dict[tuple[str, int], QPixmap] = {}

    def show(self, text_ids: "array[int]") -> None:
        """Show these texts instead."""
        self.beginResetModel()
        self._ids = text_ids
        self._pages.clear()
        self.endResetModel()

    def refresh(self, text_ids: frozenset[int]) -> None:
        """Read these texts' rows anew, where they were read at all."""
        for page, rows in list(self._pages.items()):
            if any(row.id in text_ids for row in rows):
                del self._pages[page]
                first = page * _PAGE
                last = min(first + _PAGE, len(self._ids)) - 1
                self.dataChanged.emit(self.index(first, 0), self.index(last, SPANS))

    def row_of(self, text_id: int) -> int | None:
        """Where that text stands; None where it is filtered out."""
        try:
            return self._ids.index(text_id)
        except ValueError:
            return None

    def text_ids(self) -> "array[int]":
        """The ids of all texts that it shows, in their order."""
        return self._ids

    def text_id(self, row: int) -> int:
        """The id of the text in that row."""
        return self._ids[row]

    def rowCount(self, parent: _Index = _HERE) -> int:
        """As many rows as texts."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """State, text, spans."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names, and the rows' numbers."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == SPANS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _HEADERS[section] if orientation == Qt.Orientation.Horizontal else section + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, or says to a screen reader."""
        if not index.isValid():
            return None
        row = self._row(index.row())
        if row is None:
            return None
        return _CELLS[index.column()](self, row, Qt.ItemDataRole(role))

    def _row(self, number: int) -> "TextRow | None":
        page = number // _PAGE
        if page not in self._pages:
            self._pages[page] = self._queries.rows(self._ids[page * _PAGE : (page + 1) * _PAGE])
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        within = number % _PAGE
        return rows[within] if within < len(rows) else None

    def _picture(self, name: str) -> QPixmap:
        key = (name, QGuiApplication.palette().cacheKey())
        if key not in self._pictures:
            self._pictures[key] = pixmap(name, 16, QPalette.ColorRole.WindowText)
        return self._pictures[key]

    def _state_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        state = "begun" if row.state is TextState.TODO and row.spans else row.state.value
        if role is Qt.ItemDataRole.DecorationRole:
            name = "flag" if row.flagged else f"state-{state}"
            return self._picture(name)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _STATE_WORDS[state] + (", flagged" if row.flagged else "")
        return None

    def _text_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        if role is Qt.ItemDataRole.DisplayRole:
            return " ".join(row.excerpt.split())
        return None

    def _spans_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        if role is Qt.ItemDataRole.DisplayRole:
            return f"{row.spans:,}" if row.spans or row.state is TextState.DONE else ""
        if role is Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


_CELLS = (TextTableModel._state_cell, TextTableModel._text_cell, TextTableModel._spans_cell)  # noqa: SLF001  own class
