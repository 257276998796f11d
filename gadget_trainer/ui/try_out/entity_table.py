"""The entities of a text as a table: what, which label, where, how often; copied as lines for a spreadsheet."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QVBoxLayout

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.score_models import NO_SCORE, RecordModel
from gadget_trainer.ui.train.tables import score_table
from gadget_trainer.ui.try_out.comparison import Difference, Entity

_Columns = tuple[tuple[str, Callable[[Entity], str]], ...]

_ONE: _Columns = (
    ("entity", lambda one: one.surface),
    ("label", lambda one: _label(one.left)),
    ("start", lambda one: f"{one.span.start:,}"),
    ("count", lambda one: f"{one.times:,}"),
)
_TWO: _Columns = (
    ("entity", lambda one: one.surface),
    ("left", lambda one: _label(one.left)),
    ("right", lambda one: _label(one.right)),
    ("difference", lambda one: difference_words(one.difference)),
    ("start", lambda one: f"{one.span.start:,}"),
    ("count", lambda one: f"{one.times:,}"),
)
_NUMBERS = ("start", "count")


class EntityModel(RecordModel[Entity]):
    """A row an entity; where two readings differ, the row is bold."""

    columns: _Columns = _ONE

    def show_one(self, entities: Sequence[Entity]) -> None:
        """Show the entities of one reading."""
        self.columns = _ONE
        self.show(entities)

    def show_both(self, entities: Sequence[Entity]) -> None:
        """Show the entities of two readings."""
        self.columns = _TWO
        self.show(entities)

    def entity(self, row: int) -> Entity:
        """The entity in that row."""
        return self._records[row]

    def line(self, row: int) -> str:
        """That row with tabs between the cells, numbers as a spreadsheet reads them."""
        cells = [(name, read(self._records[row])) for name, read in self.columns]
        return "\t".join(cell.replace(",", "") if name in _NUMBERS else cell for name, cell in cells)

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Numbers at the right, words at the left."""
        is_number = self.columns[column][0] in _NUMBERS
        return RIGHT if is_number else LEFT

    def is_marked(self, record: Entity) -> bool:
        """Whether the readings differ in it."""
        return record.difference is not Difference.NONE


class EntityTable(QFrame):
    """The table, from which all rows or the selected ones are copied."""

    entity_chosen = Signal(object)
    """An Entity that the person wants to see in the text."""
    copied = Signal(int)
    """So many rows are on the clipboard now."""

    def __init__(self) -> None:
        super().__init__()
        self.model = EntityModel()
        self.table = score_table(self.model, "entityTable", "Entities")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.model.modelReset.connect(self._share_width)
        self._share_width()
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.clicked.connect(self._choose)
        # The table's own copying would take one cell.
        keys = QShortcut(QKeySequence.StandardKey.Copy, self.table)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.copy)
        self.setProperty("card", True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        whole.addWidget(self.table)

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows, or all where none is selected: a line a row, tabs between the cells."""
        selected = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        rows = selected or range(self.model.rowCount())
        QApplication.clipboard().setText("\n".join(self.model.line(row) for row in rows))
        self.copied.emit(len(rows))

    @Slot()
    def _share_width(self) -> None:
        """Words share the width, numbers take what they need."""
        header = self.table.horizontalHeader()
        for column, (name, _) in enumerate(self.model.columns):
            mode = QHeaderView.ResizeMode.ResizeToContents if name in _NUMBERS else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.entity_chosen.emit(self.model.entity(index.row()))


def difference_words(difference: Difference) -> str:
    """The sign and the words; nothing where nothing differs."""
    return f"{difference.sign} {difference}" if difference.sign else ""


def _label(span: Span | None) -> str:
    return NO_SCORE if span is None else span.label
