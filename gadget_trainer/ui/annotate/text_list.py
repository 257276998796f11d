"""The left side of the Annotate workspace: find, filter, the table of texts, how much is done."""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.corpus.records import TextState
from gadget_trainer.ui.annotate.text_table_model import SPANS, STATE, TEXT, TextTableModel
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.journal import Outcome
    from gadget_trainer.ui.session import Session

_FIND_PAUSE = 150  # milliseconds after the last key until the table is searched

_FILTERS = (
    ("all texts", None, False),
    ("to do", TextState.TODO, False),
    ("done", TextState.DONE, False),
    ("skipped", TextState.SKIPPED, False),
    ("flagged", None, True),
)


class TextList(QWidget):
    """Shows the project's texts and says which one is chosen."""

    chosen = Signal(object)
    """The id of the text that is current now; None when there is none."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self._picked: array[int] = array("q")
        self.model = TextTableModel(session.project.read)
        self._find = _find_field()
        self._filter = _filter_box()
        self.table = _table(self.model)
        self._empty = QLabel()
        self._empty.setObjectName("textTable:empty")
        self._counts = QLabel()
        self._counts.setObjectName("textCounts")
        self._counts.setProperty("second", True)
        self._share = QProgressBar()
        self._share.setObjectName("doneShare")
        self._share.setAccessibleName("Share of texts that are done or skipped")
        self._share.setTextVisible(False)
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FIND_PAUSE)
        self._pause.timeout.connect(self.reload)
        self._find.textChanged.connect(self._pause.start)
        self._find.returnPressed.connect(self._go_to_table)
        self._filter.currentIndexChanged.connect(self.reload)
        self.table.selectionModel().currentRowChanged.connect(self._tell_chosen)
        session.texts_edited.connect(self._refresh)
        session.texts_came_or_went.connect(self.reload)
        self._show_counts()

    def sizeHint(self) -> QSize:
        """Wide enough for a line of text to be recognised."""
        return QSize(340, 600)

    def current(self) -> int | None:
        """The id of the current text."""
        index = self.table.currentIndex()
        return self.model.text_id(index.row()) if index.isValid() else None

    def go_to(self, text_id: int) -> bool:
        """Make that text the current one, lifting the filter where it hides it; False where it is gone."""
        if self.model.row_of(text_id) is None:
            with QSignalBlocker(self._find), QSignalBlocker(self._filter):
                self._find.clear()
                self._filter.setCurrentIndex(0)
            self._reload(text_id)
        row = self.model.row_of(text_id)
        if row is not None:
            self._go_to_row(row)
        return row is not None

    def show_only(self, text_ids: Sequence[int]) -> None:
        """Show just these texts, until something else is looked for."""
        with QSignalBlocker(self._find):
            self._find.clear()
        if self._filter.count() == len(_FILTERS):
            self._filter.addItem("to look at")
        self._picked = array("q", sorted(text_ids))
        if self._filter.currentIndex() == len(_FILTERS):
            self.reload()
        else:
            self._filter.setCurrentIndex(len(_FILTERS))

    def step(self, by: int) -> bool:
        """Go that many rows on, or back; False at either end."""
        row = self.table.currentIndex().row() + by
        if not 0 <= row < self.model.rowCount():
            return False
        self._go_to_row(row)
        return True

    def go_to_next_todo(self) -> bool:
        """Go to the first text to do after the current one, else from the top; False when none is left."""
        following = self._session.project.read.next_todo(self.current() or 0)
        return following is not None and self.go_to(following)

    def is_searching(self) -> bool:
        """Whether words are looked for."""
        return bool(self._find.text())

    def focus_find(self) -> None:
        """Type into the find field."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    @Slot()
    def reload(self) -> None:
        """Ask for the texts that match, and stay on the current one where it still does."""
        self._reload(self.current())

    def _reload(self, wanted: int | None) -> None:
        self._pause.stop()
        self.model.show(self._matching())
        row = self.model.row_of(wanted) if wanted is not None else None
        found = self.model.rowCount() > 0
        self._empty.setText("No text matches." if self._session.counts().texts else "No text yet.")
        self._empty.setVisible(not found)
        self.table.setVisible(found)
        self._show_counts()
        if found:
            self._go_to_row(row or 0)
        else:
            self.chosen.emit(None)

    def _matching(self) -> "array[int]":
        place = self._filter.currentIndex()
        if place == len(_FILTERS):
            found = set(self._session.project.read.text_ids(contains=self._find.text()))
            return array("q", (one for one in self._picked if one in found))
        _name, state, flagged = _FILTERS[place]
        return self._session.project.read.text_ids(state, self._find.text(), flagged=flagged)

    @Slot(object)
    def _refresh(self, outcome: "Outcome") -> None:
        self.model.refresh(outcome.text_ids)
        self._show_counts()

    @Slot()
    def _go_to_table(self) -> None:
        self.reload()
        self.table.setFocus()

    @Slot(QModelIndex, QModelIndex)
    def _tell_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.model.text_id(current.row()) if current.isValid() else None)

    def _go_to_row(self, row: int) -> None:
        index = self.model.index(row, TEXT)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def _show_counts(self) -> None:
        counts = self._session.counts()
        parts = [f"{counts.done:,} of {counts.texts:,} done"]
        parts += [f"{counts.skipped:,} skipped"] if counts.skipped else []
        parts += [f"{counts.flagged:,} flagged"] if counts.flagged else []
        self._counts.setText(" · ".join(parts))
        self._share.setRange(0, max(1, counts.texts))
        self._share.setValue(counts.done + counts.skipped)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        top.addWidget(self._find, 1)
        top.addWidget(self._filter)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        foot.addWidget(self._share)
        foot.addWidget(self._counts)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("second", True)
        self._empty.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._empty, 1)
        whole.addLayout(foot)
        self.setMinimumWidth(240)


def _find_field() -> QLineEdit:
    field = QLineEdit()
    field.setObjectName("findField")
    field.setAccessibleName("Find in texts")
    field.setPlaceholderText("Find in texts")
    field.setClearButtonEnabled(True)
    sign = QAction(field)
    put_icon(sign, "search", QPalette.ColorRole.PlaceholderText)
    field.addAction(sign, QLineEdit.ActionPosition.LeadingPosition)
    return field


def _filter_box() -> QComboBox:
    box = QComboBox()
    box.setObjectName("statusFilter")
    box.setAccessibleName("Which texts are shown")
    for name, _state, _flagged in _FILTERS:
        box.addItem(name)
    return box


def _table(model: TextTableModel) -> QTableView:
    table = QTableView()
    table.setObjectName("textTable")
    table.setAccessibleName("Texts")
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setIconSize(QSize(16, 16))
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(QFontMetrics(table.font()).height() + 2 * UNIT)
    header = table.horizontalHeader()
    header.setMinimumSectionSize(32)
    header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Fixed)
    header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(SPANS, QHeaderView.ResizeMode.Fixed)
    header.resizeSection(STATE, 36)
    header.resizeSection(SPANS, 64)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    return table
