"""The words that are labelled, each once: how often with which label, and how often without."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gadget_trainer.ui.alignment import CENTRE, RIGHT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.surfaces import SurfaceGroup

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()

WORDS, LABELS, SPANS = range(3)
_HEADERS = ("Words", "Labels", "Spans")


class SurfaceModel(QAbstractTableModel):
    """Sorts and filters the groups by itself: there may be a hundred thousand."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[SurfaceGroup] = []
        self._by_words: dict[str, SurfaceGroup] = {}
        self._shown: list[SurfaceGroup] = []
        self._unlabelled: dict[str, int] = {}
        self._wanted = ("", "")
        self._order = (SPANS, Qt.SortOrder.DescendingOrder)

    def take(self, groups: "Sequence[SurfaceGroup]") -> None:
        """These are the groups now; how often their words stand without a label is to be counted anew."""
        self._unlabelled = {}
        self._all = list(groups)
        self._by_words = {one.words: one for one in groups}
        self._renew()

    def filter(self, words: str, label: str) -> None:
        """Show only groups that hold ``words``, and that have the label somewhere; empty: all.

        A group is then what of it has the label: nothing else is changed with it. Its other labels are still counted.
        """
        self._wanted = (words.strip().casefold(), label)
        self._renew()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By words, by label, by the number of spans."""
        self._order = (column, order)
        self._renew()

    def group(self, row: int) -> "SurfaceGroup":
        """The group in a row."""
        return self._shown[row]

    def spans(self) -> int:
        """How many spans all groups have together, also those that are not shown."""
        return sum(one.spans for one in self._all)

    def row_of(self, words: str) -> int | None:
        """Where those words stand; None where they are not shown."""
        return next((row for row, one in enumerate(self._shown) if one.words == words), None)

    def uncounted(self, rows: Iterable[int]) -> list[str]:
        """The words in these rows whose places without a label were not counted yet."""
        return [words for row in rows if (words := self._shown[row].words) not in self._unlabelled]

    def note_unlabelled(self, counts: Mapping[str, int]) -> None:
        """How often these words stand without a label."""
        self._unlabelled |= counts
        if self._shown:
            self.dataChanged.emit(self.index(0, LABELS), self.index(len(self._shown) - 1, LABELS))

    def _renew(self) -> None:
        words, label = self._wanted
        found = (_of_label(one, label) if label else one for one in self._all)
        column, order = self._order
        self.beginResetModel()
        self._shown = sorted(
            (one for one in found if one is not None and words in one.words.casefold()),
            key=_KEYS[column],
            reverse=order == Qt.SortOrder.DescendingOrder,
        )
        self.endResetModel()

    def rowCount(self, parent: _Index = _HERE) -> int:
        """As many as match."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """Words, labels, spans."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == SPANS:
            return CENTRE
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADERS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        one, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (" ".join(one.words.split()), self._labelled(one), f"{one.spans:,}")[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == SPANS:
            return RIGHT
        return None

    def _labelled(self, one: "SurfaceGroup") -> str:
        """As in “34 × GADGET, 5 × unlabelled, 1 × BRAND”."""
        parts = [(surface.spans, surface.label) for surface in self._by_words[one.words].surfaces]
        unlabelled = self._unlabelled.get(one.words, 0)
        parts += [(unlabelled, "unlabelled")] if unlabelled else []
        return ", ".join(f"{count:,} × {what}" for count, what in sorted(parts, key=lambda part: -part[0]))


def _of_label(one: "SurfaceGroup", label: str) -> "SurfaceGroup | None":
    """What of the group has the label; None where nothing has."""
    kept = tuple(surface for surface in one.surfaces if surface.label == label)
    return replace(one, surfaces=kept) if kept else None


_KEYS: "tuple[Any, Any, Any]" = (
    lambda one: one.words.casefold(),
    lambda one: one.surfaces[0].label,
    lambda one: one.spans,
)
