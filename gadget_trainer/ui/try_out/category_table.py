"""The categories of a text as a table: how probable each is to a pipeline, or to two, and what the person chose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QVBoxLayout

from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.score_models import NO_SCORE, RecordModel
from gadget_trainer.ui.train.tables import score_table
from gadget_trainer.ui.try_out.prediction_feed import Reading

_SIGN = "✓"


@dataclass(frozen=True, slots=True)
class _Row:
    """One category."""

    name: str
    left: str
    """What the first reading says, in words."""
    right: str
    marked: bool
    """Whether the one reading gives it to the text; of two, whether they differ in it."""


_Columns = tuple[tuple[str, Callable[[_Row], str]], ...]
_ONE: _Columns = (("category", lambda row: row.name), ("probability", lambda row: row.left))
_TWO: _Columns = (
    ("category", lambda row: row.name),
    ("left", lambda row: row.left),
    ("right", lambda row: row.right),
)


class CategoryModel(RecordModel[_Row]):
    """A row a category, the most probable first."""

    columns: _Columns = _ONE

    def show_rows(self, rows: Sequence[_Row], columns: _Columns) -> None:
        """Show these instead."""
        self.columns = columns
        self.show(rows)

    def line(self, row: int) -> str:
        """That row with tabs between the cells."""
        return "\t".join(read(self._records[row]) for _, read in self.columns)

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Names at the left, numbers at the right."""
        return LEFT if column == 0 else RIGHT

    def is_marked(self, record: _Row) -> bool:
        """See :class:`_Row`."""
        return record.marked


class CategoryTable(QFrame):
    """Hidden as long as no reading knows categories."""

    def __init__(self) -> None:
        super().__init__()
        self.model = CategoryModel()
        self.table = score_table(self.model, "categoryTable", "Categories of the text")
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        # The table's own copying would take one cell.
        keys = QShortcut(QKeySequence.StandardKey.Copy, self.table)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.copy)
        self.setProperty("card", True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        whole.addWidget(self.table)
        self.hide()

    def show_none(self) -> None:
        """There is no text, or nothing that reads it."""
        self._show([], _ONE)

    def show_one(self, reading: Reading) -> None:
        """What one pipeline says."""
        rows = [_Row(name, _words(reading, name), "", name in reading.categories) for name in _ranked(reading)]
        self._show(rows, _ONE)

    def show_both(self, left: Reading, right: Reading) -> None:
        """What two say; the right one may be a person."""
        # Where a pipeline knows no categories, the text has none to compare with.
        names = dict.fromkeys((*_ranked(left), *_ranked(right), *left.categories, *right.categories))
        rows = [
            _Row(
                name,
                _words(left, name),
                _words(right, name),
                (name in left.categories) != (name in right.categories),
            )
            for name in names
        ]
        self._show(rows, _TWO)

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows, or all where none is selected: a line a row, tabs between the cells."""
        selected = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        rows = selected or range(self.model.rowCount())
        QApplication.clipboard().setText("\n".join(self.model.line(row) for row in rows))

    def _show(self, rows: Sequence[_Row], columns: _Columns) -> None:
        self.model.show_rows(rows, columns)
        self.setVisible(bool(rows))


def categories_words(reading: Reading) -> str:
    """Which categories a pipeline gives to the text, and how probable they are; empty if it knows none."""
    if not reading.probabilities:
        return ""
    given = ", ".join(f"{name} ({reading.probabilities[name]:.0%})" for name in reading.categories)
    if not given:
        return " It gives the text no category."
    return f" Categor{'y' if len(reading.categories) == 1 else 'ies'}: {given}."


def comparison_words(left: Reading, right: Reading) -> str:
    """Whether two readings give the text the same categories, in a sentence; empty if the first knows none."""
    if not left.probabilities:
        return ""
    return " The same categories." if set(left.categories) == set(right.categories) else " Other categories."


def _ranked(reading: Reading) -> list[str]:
    return sorted(reading.probabilities, key=lambda name: -reading.probabilities[name])


def _words(reading: Reading, name: str) -> str:
    """How probable, with a sign where the category is given to the text; a person gives it, or does not."""
    chosen = name in reading.categories
    if name not in reading.probabilities:
        return _SIGN if chosen else NO_SCORE
    return f"{_SIGN} {reading.probabilities[name]:.0%}" if chosen else f"{reading.probabilities[name]:.0%}"
