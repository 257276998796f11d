"""The table of texts: rows fetched from the project file a page at a time, so that a million show at once."""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPalette, QPixmap

from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.text_filter import TextOrder
from gadget_trainer.ui.alignment import RIGHT
from gadget_trainer.ui.annotate.disagreement import Disagreement
from gadget_trainer.ui.annotate.missing_names import names_in_words
from gadget_trainer.ui.icons import pixmap
from gadget_trainer.ui.tool_tips import plain_tip

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.queries import Queries, TextRow

_PAGE = 64
"""Rows that are read together: a window shows about thirty."""
_PAGES = 256

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()

STATE, TEXT, SPANS, LENGTH, SOURCE, NOTE, NUMBER, CATEGORIES, DISAGREEMENT = range(9)
COLUMNS = ("State", "Text", "Spans", "Characters", "Source", "Note", "No.", "Categories", "Disagreement")
"""What the columns are called."""
_HEADERS = ("", *COLUMNS[1:NOTE], "", *COLUMNS[NUMBER:DISAGREEMENT], "Differs")

ORDERS = {
    STATE: TextOrder.STATE,
    TEXT: TextOrder.PLACE,
    SPANS: TextOrder.SPANS,
    LENGTH: TextOrder.LENGTH,
    SOURCE: TextOrder.SOURCE,
    NUMBER: TextOrder.PLACE,
    DISAGREEMENT: TextOrder.RANK,
}
"""What the columns can be sorted by."""

_SIGN = 16  # logical pixels

_STATE_WORDS = {
    "todo": "to do",
    "begun": "begun: it has spans, but is not marked done",
    "done": "done",
    "skipped": "skipped",
}


class TextTableModel(QAbstractTableModel):
    """The texts of those ids, in that order, with what is known about each."""

    def __init__(self, queries: "Queries") -> None:
        super().__init__()
        self._queries = queries
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[TextRow]] = OrderedDict()
        self._disagreements: Mapping[int, Disagreement] = {}
        self._pictures: dict[tuple[tuple[str, ...], int], QPixmap] = {}

    @property
    def disagreements(self) -> Mapping[int, Disagreement]:
        """How far a model reads texts differently, by their ids."""
        return self._disagreements

    def show_disagreements(self, known: Mapping[int, Disagreement]) -> None:
        """Show what is known of a model now."""
        self._disagreements = known
        self.refresh_all()

    def show(self, text_ids: "array[int]") -> None:
        """Show these texts instead."""
        self.beginResetModel()
        self._ids = text_ids
        self._pages.clear()
        self.endResetModel()

    def append(self, text_ids: "array[int]") -> None:
        """Show these texts too, behind the others."""
        if text_ids:
            first = len(self._ids)
            self.beginInsertRows(QModelIndex(), first, first + len(text_ids) - 1)
            self._ids = self._ids + text_ids
            self._pages.pop(first // _PAGE, None)  # it may have been read while it was not full
            self.endInsertRows()

    def refresh_all(self) -> None:
        """Read all rows anew that were read."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, DISAGREEMENT))

    def refresh(self, text_ids: frozenset[int]) -> None:
        """Read these texts' rows anew, where they were read at all."""
        for page, rows in list(self._pages.items()):
            if any(row.id in text_ids for row in rows):
                del self._pages[page]
                first = page * _PAGE
                last = min(first + _PAGE, len(self._ids)) - 1
                self.dataChanged.emit(self.index(first, 0), self.index(last, DISAGREEMENT))

    def row_of(self, text_id: int) -> int | None:
        """Where that text stands; None where it is filtered out."""
        place = bisect_left(self._ids, text_id)  # in the project's order it is there
        if place < len(self._ids) and self._ids[place] == text_id:
            return place
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
        """As many as there are, shown or not."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names, and the rows' numbers."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (SPANS, LENGTH, NUMBER, DISAGREEMENT):
            return RIGHT
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return COLUMNS[section]
        return _HEADERS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, or says to a screen reader."""
        if not index.isValid():
            return None
        row = self._row(index.row())
        if row is None:
            return None
        return _CELLS[index.column()](self, row, Qt.ItemDataRole(role))

    def multiData(self, index: _Index, asked: Any) -> None:
        """All that a cell shows at once: each call of Qt's has to wait where another thread runs Python."""
        row = self._row(index.row()) if index.isValid() else None
        for place in range(asked.size()):  # a QModelRoleDataSpan, which PySide6's types don't let be indexed
            one = asked[place]
            shown = None if row is None else _CELLS[index.column()](self, row, Qt.ItemDataRole(one.role()))
            if shown is None:
                one.clearData()
            else:
                one.setData(shown)

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

    def _picture(self, *names: str) -> QPixmap:
        """Signs side by side."""
        key = (names, QGuiApplication.palette().cacheKey())
        if key not in self._pictures:
            self._pictures[key] = _side_by_side([pixmap(name, _SIGN, QPalette.ColorRole.WindowText) for name in names])
        return self._pictures[key]

    def _state_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        begun = row.state is TextState.TODO and row.spans
        state = "behind" if row.missing else "begun" if begun else row.state.value
        if role is Qt.ItemDataRole.DecorationRole:
            return self._picture(f"state-{state}", *(["flag"] if row.flagged else []))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = f"done, but not for {names_in_words(row.missing)}" if row.missing else _STATE_WORDS[state]
            words += ", flagged" if row.flagged else ""
            return plain_tip(words) if role is Qt.ItemDataRole.ToolTipRole else words
        return None

    def _text_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        return " ".join(row.excerpt.split()) if role is Qt.ItemDataRole.DisplayRole else None

    def _spans_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        return _number(row.spans if row.spans or row.state is TextState.DONE else None, role)

    def _categories_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        return _words(", ".join(row.categories), role)

    def _length_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        return _number(row.length, role)

    def _source_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        return _words(row.source, role)

    def _note_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        if not row.has_note:
            return None
        if role is Qt.ItemDataRole.DecorationRole:
            return self._picture("note")
        return "has a note" if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def _disagreement_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        known = self._disagreements.get(row.id)
        if role is Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT
        if known is None:
            return None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return known.sentence()
        return known.shown() if role is Qt.ItemDataRole.DisplayRole else None

    def _number_cell(self, row: "TextRow", role: Qt.ItemDataRole) -> Any:
        return _number(row.id, role)


def _words(words: str, role: Qt.ItemDataRole) -> str | None:
    """Shown in the cell and, since it may be too narrow, in its tip."""
    if role is Qt.ItemDataRole.ToolTipRole:
        return plain_tip(words)
    return words if role is Qt.ItemDataRole.DisplayRole else None


def _number(value: int | None, role: Qt.ItemDataRole) -> Any:
    if role is Qt.ItemDataRole.DisplayRole:
        return "" if value is None else f"{value:,}"
    return RIGHT if role is Qt.ItemDataRole.TextAlignmentRole else None


def _side_by_side(signs: list[QPixmap]) -> QPixmap:
    if len(signs) == 1:
        return signs[0]
    ratio = signs[0].devicePixelRatio()
    whole = QPixmap(round(_SIGN * len(signs) * ratio), round(_SIGN * ratio))
    whole.setDevicePixelRatio(ratio)
    whole.fill(Qt.GlobalColor.transparent)
    painter = QPainter(whole)
    for place, sign in enumerate(signs):
        painter.drawPixmap(place * _SIGN, 0, sign)
    painter.end()
    return whole


_CELLS = (
    TextTableModel._state_cell,  # noqa: SLF001  own class
    TextTableModel._text_cell,  # noqa: SLF001
    TextTableModel._spans_cell,  # noqa: SLF001
    TextTableModel._length_cell,  # noqa: SLF001
    TextTableModel._source_cell,  # noqa: SLF001
    TextTableModel._note_cell,  # noqa: SLF001
    TextTableModel._number_cell,  # noqa: SLF001
    TextTableModel._categories_cell,  # noqa: SLF001
    TextTableModel._disagreement_cell,  # noqa: SLF001
)
