"""The labels as rows: how often each is used, and how many texts were read for it."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.alignment import CENTRE, RIGHT
from gadget_trainer.ui.annotate.label_dot import label_dot
from gadget_trainer.ui.annotate.label_keys import keys_of
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.counts import Counts

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()

NAME, KEY, SPANS, COMPLETE, SHARE, MEANING = range(6)
_HEADERS = ("Label", "Key", "Spans", "Texts complete", "", "Meaning")
_RIGHT = (SPANS, COMPLETE)

SORT_ROLE = Qt.ItemDataRole.UserRole
"""What rows are sorted by."""


class LabelTableModel(QAbstractTableModel):
    """A row per label, in the person's order."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[Label] = []
        self._keys: dict[str, str] = {}
        self._spans: Mapping[int, int] = {}
        self._texts = 0
        self._complete: Mapping[int, int] = {}

    def take(self, labels: Sequence[Label], counts: "Counts", taken_keys: Collection[str]) -> None:
        """These are the labels now."""
        self.beginResetModel()
        self._labels = list(labels)
        self._keys = keys_of(labels, taken_keys)
        self._spans, self._texts = counts.spans, counts.texts
        self.endResetModel()

    def take_complete(self, complete: Mapping[int, int]) -> None:
        """How many texts are done, and complete for a label, by its id."""
        self._complete = complete
        if self._labels:
            self.dataChanged.emit(self.index(0, COMPLETE), self.index(len(self._labels) - 1, SHARE))

    def label(self, row: int) -> Label:
        """The label in a row."""
        return self._labels[row]

    def complete(self, label: Label) -> int:
        """How many texts are done and were read for the label."""
        return self._complete.get(label.id, 0)

    def rowCount(self, parent: _Index = _HERE) -> int:
        """As many as labels."""
        return 0 if parent.isValid() else len(self._labels)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """Name, key, spans, texts, progress, meaning."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _RIGHT:
            return CENTRE
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADERS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        label, column = self._labels[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(label, column)
        if role == SORT_ROLE:
            return self._sorted_by(label, index.row(), column)
        if role == Qt.ItemDataRole.DecorationRole and column == NAME:
            return label_dot(label.colour)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _RIGHT:
            return RIGHT
        if role == Qt.ItemDataRole.AccessibleTextRole and column == SHARE:
            return f"{100 * self._share(label):.0f} % of the texts are complete"
        return None

    def _words(self, label: Label, column: int) -> object:
        if column == SHARE:
            return self._share(label)
        return {
            NAME: label.name,
            KEY: self._keys[label.name],
            SPANS: f"{self._spans.get(label.id, 0):,}",
            COMPLETE: f"{self.complete(label):,} of {self._texts:,}",
            MEANING: " ".join(label.description.split()),
        }[column]

    def _sorted_by(self, label: Label, row: int, column: int) -> object:
        return {
            NAME: label.name.casefold(),
            # What has a key comes first, in the order of the labels.
            KEY: row if self._keys[label.name] else len(self._labels) + row,
            SPANS: self._spans.get(label.id, 0),
            COMPLETE: self.complete(label),
            SHARE: self.complete(label),
            MEANING: label.description.casefold(),
        }[column]

    def _share(self, label: Label) -> float:
        return self.complete(label) / self._texts if self._texts else 0.0


class ShareDelegate(QStyledItemDelegate):
    """Draws a share, from 0 to 1, as a bar."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the ground, and the bar on it."""
        super().paint(painter, option, index)
        rect: QRect = option.rect
        palette = QGuiApplication.palette()  # the table's own has the colour of selected rows as its accent
        groove = QRectF(rect.left() + UNIT, rect.center().y() - UNIT / 2 + 1, rect.width() - 2 * UNIT, UNIT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Midlight))
        painter.drawRoundedRect(groove, UNIT / 2, UNIT / 2)
        share = float(index.data() or 0)
        if share > 0:
            groove.setWidth(max(UNIT, groove.width() * share))
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(groove, UNIT / 2, UNIT / 2)
        painter.restore()

    def displayText(self, _value: object, _locale: object) -> str:
        """The bar says it."""
        return ""
