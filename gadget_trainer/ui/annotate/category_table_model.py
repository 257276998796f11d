"""The categories as rows: how many texts each has."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gadget_trainer.corpus.records import Category
from gadget_trainer.ui.alignment import CENTRE, RIGHT
from gadget_trainer.ui.annotate.category_keys import keys_of_categories
from gadget_trainer.ui.annotate.label_dot import label_dot

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.counts import Counts

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()

NAME, KEY, TEXTS, SHARE, DECIDED, MEANING = range(6)
_HEADERS = ("Category", "Key", "Texts", "", "Texts decided", "Meaning")
_RIGHT = (TEXTS, DECIDED)


class CategoryTableModel(QAbstractTableModel):
    """A row per category, in the person's order."""

    def __init__(self) -> None:
        super().__init__()
        self._categories: list[Category] = []
        self._keys: dict[str, str] = {}
        self._texts: Mapping[int, int] = {}
        self._all_texts = 0
        self._done = 0
        self._undecided: Mapping[int, int] = {}

    def take(self, categories: Sequence[Category], counts: "Counts", taken_keys: Collection[str]) -> None:
        """These are the categories now."""
        self.beginResetModel()
        self._categories = list(categories)
        self._keys = keys_of_categories(categories, taken_keys)
        self._texts, self._all_texts, self._done = counts.categories, counts.texts, counts.done
        self.endResetModel()

    def take_undecided(self, undecided: Mapping[int, int]) -> None:
        """How many texts are done, but not for a category, by its id."""
        self._undecided = undecided
        if self._categories:
            self.dataChanged.emit(self.index(0, DECIDED), self.index(len(self._categories) - 1, DECIDED))

    def undecided(self, category: Category) -> int:
        """How many texts are done, but not for the category."""
        return self._undecided.get(category.id, 0)

    def category(self, row: int) -> Category:
        """The category in a row."""
        return self._categories[row]

    def texts(self, category: Category) -> int:
        """How many texts have the category."""
        return self._texts.get(category.id, 0)

    def rowCount(self, parent: _Index = _HERE) -> int:
        """As many as categories."""
        return 0 if parent.isValid() else len(self._categories)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """Name, key, texts, share of all texts, how many were done for it, meaning."""
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
        category, column = self._categories[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(category, column)
        if role == Qt.ItemDataRole.DecorationRole and column == NAME:
            return label_dot(category.colour)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _RIGHT:
            return RIGHT
        if role == Qt.ItemDataRole.AccessibleTextRole and column == SHARE:
            return f"{100 * self._share(category):.0f} % of the texts have it"
        return None

    def _words(self, category: Category, column: int) -> object:
        if column == SHARE:
            return self._share(category)
        return {
            NAME: category.name,
            KEY: self._keys[category.name],
            TEXTS: f"{self.texts(category):,}",
            DECIDED: f"{self._done - self.undecided(category):,} of {self._all_texts:,}",
            MEANING: " ".join(category.description.split()),
        }[column]

    def _share(self, category: Category) -> float:
        return self.texts(category) / self._all_texts if self._all_texts else 0.0
