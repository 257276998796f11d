"""The receipt of an import: every count with what is behind it, each row leading to its texts or its line."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.ui.importing.record import ImportRecord, Place, ReceiptRow, look_up, receipt_rows, shown_words
from gadget_trainer.ui.importing.shown_texts import reading_view
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.tool_tips import plain_tip

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session

_ROW = Qt.ItemDataRole.UserRole
_HINT = "Choose a line to see the text, or the place of the file, that it is about."
_NOTHING = "This place cannot be shown: no text came of it, and the file has no lines that could be shown, or is gone."


class ReceiptPage(QWidget):
    """Shows what became of every text and span of the latest import."""

    closed = Signal()
    texts_requested = Signal(object)
    """The ids of texts that should be shown where they are annotated, as a tuple."""
    failed = Signal(str)

    def __init__(self, session: "Session", record: ImportRecord) -> None:
        super().__init__()
        self.setObjectName("receiptPage")
        self._session = session
        self.record = record
        """The import that it is about."""
        self._place: Place | None = None
        self._looking = LatestSteps(self)
        self._model = QStandardItemModel(self)
        self._make_parts()
        self._lay_out()
        self._fill()
        self.set_label_colours()
        self._looking.stepped.connect(self._show_place)
        self._looking.failed.connect(self.failed)
        session.labels_changed.connect(self.set_label_colours)

    def finish(self) -> None:
        """Look nothing up any more, and wait until the thread has ended."""
        self._looking.finish()

    def set_text_size(self, points: float) -> None:
        """The size of the text."""
        self._view.set_text_size(points)

    @Slot()
    def set_label_colours(self) -> None:
        """The project's colours, as they are now."""
        labels = self._session.project.read.labels()
        self._view.set_label_colours({label.name: label.colour for label in labels})

    def showEvent(self, event: QShowEvent) -> None:
        """The lines are there to be walked through."""
        super().showEvent(event)
        self._tree.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the texts of the row, Escape back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._go.isVisible():
            self._request()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        rows = receipt_rows(self.record)
        root = self._model.invisibleRootItem()
        for row in rows:
            _append(root, row)
        if len(rows) == 1:
            self._tree.expand(self._model.index(0, 0))
        self._tree.selectionModel().setCurrentIndex(
            self._model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.siblingAtColumn(0).data(_ROW)
        self._show_nothing(_HINT)
        if isinstance(row, ReceiptRow) and (row.places or row.all_texts):
            project, record = self._session.project, self.record
            self._looking.ask(lambda: look_up(project, record, row))
        else:
            self._looking.cancel()

    @Slot(object)
    def _show_place(self, place: Place) -> None:
        self._place = place
        text = place.text
        if text is not None:
            self._heading.setText(text.source)
            self._view.set_text(text.text, text.spans)
            self._detail.setCurrentWidget(self._view)
            self._go.setText(shown_words(place))
            self._go.show()
        elif place.excerpt:
            self._heading.setText(f"{place.where}, as it stands in the file")
            self._excerpt.setPlainText(place.excerpt)
            self._detail.setCurrentWidget(self._excerpt)
        else:
            self._show_nothing(_NOTHING)

    def _show_nothing(self, sentence: str) -> None:
        self._place = None
        self._heading.setText("")
        self._hint.setText(sentence)
        self._detail.setCurrentWidget(self._hint)
        self._go.hide()

    @Slot()
    def _request(self) -> None:
        if self._place is not None and self._place.text_ids:
            self.texts_requested.emit(self._place.text_ids)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.record.lines()))

    @Slot()
    def _save(self) -> None:
        suggested = str(self._session.project.path.with_name("receipt.txt"))
        name, _ = QFileDialog.getSaveFileName(self, "Save the receipt", suggested, "Text (*.txt)")
        if not name:
            return
        try:
            Path(name).write_text("\n".join(self.record.lines()), encoding="utf-8")
        except OSError as error:
            self.failed.emit(f"The receipt could not be written to {name}: {error.strerror or error}.")

    # -- building it

    def _make_parts(self) -> None:
        self._title = QLabel(f"Receipt of the import: {self.record.title}")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("heading", True)
        self._title.setWordWrap(True)
        self._tree = QTreeView()
        self._tree.setObjectName("receiptRows")
        self._tree.setAccessibleName("What became of the files")
        self._tree.setModel(self._model)
        self._tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._tree.setFrameShape(QFrame.Shape.NoFrame)
        self._tree.setUniformRowHeights(True)
        self._model.setHorizontalHeaderLabels(["What", "Where"])
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.header().setStretchLastSection(False)
        self._tree.selectionModel().currentChanged.connect(self._choose)
        self._heading = QLabel()
        self._heading.setObjectName("receiptPlace")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setProperty("second", True)
        self._view = reading_view("receiptTextView", "The text that the line is about")
        self._excerpt = QPlainTextEdit()
        self._excerpt.setObjectName("receiptExcerpt")
        self._excerpt.setAccessibleName("The place of the file that the line is about")
        self._excerpt.setReadOnly(True)
        self._hint = QLabel(_HINT)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setProperty("second", True)
        self._detail = QStackedWidget()
        for widget in (self._hint, self._view, self._excerpt):
            self._detail.addWidget(widget)
        self._go = _button("showReceiptTexts", "Show this text")
        self._go.clicked.connect(self._request)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        top.addWidget(self._title, 1)
        for name, words, slot in (
            ("copyReceipt", "Copy", self._copy),
            ("saveReceipt", "Save as text…", self._save),
            ("closeReceipt", "Close", self.closed),
        ):
            button = _button(name, words)
            button.clicked.connect(slot)
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        right = QFrame()
        right.setProperty("card", True)
        column = QVBoxLayout(right)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self._heading)
        column.addWidget(self._detail, 1)
        column.addWidget(self._go, 0, Qt.AlignmentFlag.AlignLeft)
        self._go.hide()
        left = QFrame()
        left.setProperty("card", True)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        inside.addWidget(self._tree)
        parts = QSplitter()
        parts.setProperty("bare", True)
        parts.setHandleWidth(UNIT)
        parts.setChildrenCollapsible(False)
        parts.addWidget(left)
        parts.addWidget(right)
        parts.setSizes([640, 520])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(2 * UNIT)
        whole.addLayout(top)
        whole.addWidget(parts, 1)


def _append(parent: QStandardItem, row: ReceiptRow) -> None:
    what, where = QStandardItem(row.words), QStandardItem(row.where)
    what.setData(row, _ROW)
    what.setToolTip(plain_tip(row.words))
    parent.appendRow([what, where])
    for one in row.below:
        _append(what, one)


def _button(name: str, words: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAutoDefault(True)
    return button
