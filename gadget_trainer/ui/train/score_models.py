"""The two tables beside the curve: a row an iteration, a row a label."""

import math
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QIcon, QPalette

from gadget_trainer.training.held_out_words import few_held_out, range_text
from gadget_trainer.training.progress import IterationDone, LabelScore
from gadget_trainer.ui.alignment import RIGHT
from gadget_trainer.ui.icons import pixmap
from gadget_trainer.ui.tool_tips import plain_tip
from gadget_trainer.ui.train.record_items import Column, RecordItems

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()
_Record = TypeVar("_Record")

NO_SCORE = "–"
_SIGN = QPalette.ColorRole.PlaceholderText


def score_text(score: float | None) -> str:
    """A score between 0 and 1 with three digits; a dash where it is undefined."""
    return NO_SCORE if score is None else f"{score:.3f}"


def loss_text(loss: float) -> str:
    """A loss with as many digits as a person compares."""
    if not math.isfinite(loss):
        return "no number"
    return f"{loss:,.0f}" if loss >= 1000 else f"{loss:.2f}"


def label_words(score: LabelScore) -> str:
    """The name of a label; of a category, that it is one."""
    return f"{score.label} (category)" if score.of_texts else score.label


def macro_f_text(record: IterationDone | None) -> str:
    """The mean F of the categories; a dash where there is none."""
    return score_text(record.categories.macro_f if record is not None and record.categories is not None else None)


_CATEGORIES = ("macro F", macro_f_text)


class RecordModel(QAbstractTableModel, Generic[_Record]):
    """Records as rows; a column is a heading and how it is read from a record."""

    columns: tuple[tuple[str, Callable[[Any], str]], ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._records: list[_Record] = []

    def show(self, records: Sequence[_Record]) -> None:
        """Show these records instead."""
        self.beginResetModel()
        self._records = list(records)
        self.endResetModel()

    def rowCount(self, parent: _Index = _HERE) -> int:
        """A row a record."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """As many as ``columns``."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' headings."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section][0]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        record = self._records[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[index.column()][1](record)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.FontRole and self.is_marked(record):
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.tip(record)) or None
        return None

    def record(self, row: int) -> _Record:
        """What that row shows."""
        return self._records[row]

    def tip(self, _record: _Record) -> str:
        """What the pointer shows on the row."""
        return ""

    def alignment(self, _column: int) -> Qt.AlignmentFlag:
        """Numbers stand at the right."""
        return RIGHT

    def is_marked(self, _record: _Record) -> bool:
        """Whether the row is bold."""
        return False


class IterationModel(RecordItems[IterationDone]):
    """A row an iteration; the best one is bold. Where texts have categories, a column tells of them."""

    columns: tuple[Column, ...] = (
        ("iteration", lambda one: f"{one.iteration:,}"),
        ("loss", lambda one: loss_text(one.loss)),
        ("precision", lambda one: score_text(one.precision)),
        ("recall", lambda one: score_text(one.recall)),
        ("F", lambda one: score_text(one.f_score)),
        ("seconds", lambda one: f"{one.seconds:,.1f}"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._best = -1

    def show(self, records: Sequence[IterationDone]) -> None:
        """Show these iterations instead."""
        self.columns = type(self).columns
        if any(one.categories is not None for one in records):
            self.columns = (*self.columns, _CATEGORIES)
        self._best = -1
        super().show(records)

    def append(self, record: IterationDone) -> None:
        """Show one more; the first one decides the columns."""
        if not self._records and record.categories is not None and _CATEGORIES not in self.columns:
            self.show([record])
            return
        super().append(record)
        if record.best:
            if self._best >= 0:
                self.mark(self._best, on=False)
            self._best = self.rowCount() - 1
            self.mark(self._best, on=True)

    def best_row(self) -> int:
        """The best iteration's row; -1 where there is none."""
        return self._best

    def tip(self, record: IterationDone) -> str:
        """What has no column: the likely range, and the loss of each component and by words."""
        losses = [f"Loss of {name}: {loss_text(loss)}" for name, loss in sorted(record.losses.items())]
        by_words = f"Loss per 1,000 words: {loss_text(record.loss_per_1000_words)}"
        categories = [f"Macro F of the categories: {macro_f_text(record)}"] if record.categories is not None else []
        return "\n".join([f"F is likely {range_text(record.f_interval)}", *categories, *losses, by_words])


class LabelScoreModel(RecordItems[LabelScore]):
    """A row a label, and a row a category: how it does on the texts held out, with a sign where that says little."""

    columns: tuple[Column, ...] = (
        ("label", label_words),
        ("spans", lambda one: f"{one.spans:,}"),
        ("precision", lambda one: score_text(one.precision)),
        ("recall", lambda one: score_text(one.recall)),
        ("F", lambda one: score_text(one.f_score)),
        ("likely", lambda one: range_text(one.f_interval)),
    )
    names = 1

    def sign(self, record: LabelScore, column: int) -> QIcon | None:
        """Few spans are warned of beside their number."""
        return QIcon(pixmap("warning", 16, _SIGN)) if column == 1 and few_held_out(record) else None

    def tip(self, record: LabelScore) -> str:
        """The whole name, and why the score says little."""
        return "\n".join(filter(None, (label_words(record), few_held_out(record))))
