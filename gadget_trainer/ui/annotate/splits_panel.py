"""The words that are always split, as a list below the text from which they can be taken back."""

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from gadget_trainer.corpus.records import Pieces
from gadget_trainer.ui.annotate.bottom_panel import CLOSE, BottomPanel, ListKey, panel_button, panel_table
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()
_HEADERS = ("Word", "Split into")


class SplitsPanel(BottomPanel):
    """A row a word; what is taken back is split no longer, until that is undone."""

    def __init__(self, session: "Session") -> None:
        super().__init__("splits", "the split words")
        self._session = session
        self.model = SplitsModel()
        self.table = panel_table(self.model, "splits", "Words that are always split")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().resizeSection(0, 30 * UNIT)
        self.table.installEventFilter(self)
        tip = "Let the tokenizer keep the selected words whole again (Del)"
        self._back = panel_button("Split no longer", "takeBackSplits", tip, self._take_back)
        self.arrange((), self.table, (self._back,))
        session.splits_changed.connect(self._reread)

    def begin(self) -> None:
        """Show the words as they are now."""
        self.open_panel()
        self._reread()
        self.table.setFocus()

    @Slot()
    def _reread(self) -> None:
        if not self.isVisible():
            return
        row = max(0, self.table.currentIndex().row())
        self.model.show(self._session.project.splits.all())
        many = self.model.rowCount()
        self.table.selectRow(min(row, many - 1))
        self._back.setEnabled(many > 0)
        if many:
            noun = "word is" if many == 1 else "words are"
            self.said.setText(f"{many:,} {noun} always split, here, in training and in the saved pipeline")
        else:
            self.said.setText("No word is always split. Where a span cuts a token, choose “Always split here”.")

    @Slot()
    def _take_back(self) -> None:
        words = {self.model.word(index.row()) for index in self.table.selectionModel().selectedRows()}
        self._session.do(lambda: self._session.project.splits.take_back(words))

    KEYS: ClassVar[tuple[ListKey, ...]] = (
        ListKey(("Delete",), "keep the selected words whole again", _take_back),
        CLOSE,
    )


class SplitsModel(QAbstractTableModel):
    """Words, and their pieces."""

    def __init__(self) -> None:
        super().__init__()
        self._splits: list[Pieces] = []

    def show(self, splits: tuple[Pieces, ...]) -> None:
        """Show these, in the order of the words."""
        self.beginResetModel()
        self._splits = sorted(splits, key=lambda pieces: "".join(pieces).casefold())
        self.endResetModel()

    def word(self, row: int) -> str:
        """The word in a row."""
        return "".join(self._splits[row])

    def rowCount(self, parent: _Index = _HERE) -> int:
        """As many rows as words."""
        return 0 if parent.isValid() else len(self._splits)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """The word and its pieces."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADERS[section] if shown else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        pieces = self._splits[index.row()]
        return "  ·  ".join(pieces) if index.column() else "".join(pieces)
