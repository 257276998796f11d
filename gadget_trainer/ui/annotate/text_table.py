"""The table of texts as a person arranges it: which columns, sorted by which; the project remembers it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from gadget_trainer.corpus.text_filter import TextOrder
from gadget_trainer.ui.alignment import LEFT
from gadget_trainer.ui.annotate.text_table_model import (
    CATEGORIES,
    COLUMNS,
    DISAGREEMENT,
    LENGTH,
    NOTE,
    NUMBER,
    ORDERS,
    SOURCE,
    SPANS,
    STATE,
    TEXT,
    TextTableModel,
)
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project

_SETTING = "text_table"
_WIDTHS = {STATE: 52, SPANS: 56, CATEGORIES: 80, DISAGREEMENT: 64, LENGTH: 92, SOURCE: 120, NOTE: 32, NUMBER: 60}
_HIDDEN_AT_FIRST = (LENGTH, SOURCE, NUMBER)


class TextTable(QTableView):
    """Rows of texts; a click on a column's head sorts, the other button there chooses the columns."""

    sorting_changed = Signal()

    def __init__(self, model: TextTableModel, project: "Project") -> None:
        super().__init__()
        self._project = project
        self._texts = model
        self._wanted: set[str] = set()
        self.order = TextOrder.PLACE
        self.descending = False
        self.setObjectName("textTable")
        self.setAccessibleName("Texts")
        self.setModel(model)
        self._behave()
        self._arrange()
        self._restore()
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._sort_by)
        header.customContextMenuRequested.connect(self._open_menu)

    def selected_rows(self) -> list[int]:
        """The rows that are selected, from the top."""
        # PySide6's types don't know that it is a list.
        ranges = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    @Slot()
    def show_columns(self) -> None:
        """Show the columns that the person wants; those of categories and of disagreement only where there are any."""
        offered = self._offered()
        for column, name in enumerate(COLUMNS):
            self.setColumnHidden(column, column not in offered or (name not in self._wanted and column != TEXT))

    def _offered(self) -> list[int]:
        filled = {
            CATEGORIES: bool(self._project.categories.scheme().names),
            DISAGREEMENT: bool(self._texts.disagreements),
        }
        return [column for column in range(len(COLUMNS)) if filled.get(column, True)]

    @Slot(int)
    def _sort_by(self, column: int) -> None:
        """The first click sorts, the second turns it round, the third goes back to the project's order."""
        order = ORDERS.get(column)
        if order is None:
            return
        if order is not self.order:
            self.order, self.descending = order, False
        elif not self.descending:
            self.descending = True
        else:
            self.order, self.descending = TextOrder.PLACE, False
        self._show_sorting()
        self._keep()
        self.sorting_changed.emit()

    def _show_sorting(self) -> None:
        plain = self.order is TextOrder.PLACE and not self.descending
        column = -1 if plain else next(one for one, order in ORDERS.items() if order is self.order)
        way = Qt.SortOrder.DescendingOrder if self.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, way)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("columnMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in self._offered():
            name = COLUMNS[column]
            if column != TEXT:
                action = menu.addAction(name)
                action.setObjectName(f"column:{name}")
                action.setCheckable(True)
                action.setChecked(not self.isColumnHidden(column))
                action.setData(column)
                action.toggled.connect(self._show_column)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    @Slot(bool)
    def _show_column(self, shown: bool) -> None:
        action = self.sender()
        name = action.objectName().removeprefix("column:") if action is not None else COLUMNS[TEXT]
        self._wanted = self._wanted | {name} if shown else self._wanted - {name}
        self.show_columns()
        self._keep()

    def _keep(self) -> None:
        shown = [name for name in COLUMNS if name in self._wanted]
        arranged = {"shown": shown, "order": self.order.value, "descending": self.descending}
        self._project.keep_setting(_SETTING, arranged)

    def _restore(self) -> None:
        kept = self._project.setting(_SETTING, {})
        at_first = [name for column, name in enumerate(COLUMNS) if column not in _HIDDEN_AT_FIRST]
        self._wanted = set(kept.get("shown", at_first))
        self.show_columns()
        order = kept.get("order", TextOrder.PLACE)
        self.order = TextOrder(order) if order in list(TextOrder) else TextOrder.PLACE
        self.descending = bool(kept.get("descending"))
        self._show_sorting()

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(32, 16))

    def _arrange(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(QFontMetrics(self.font()).height() + 2 * UNIT)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(32)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            fixed = column in (STATE, NOTE)
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Interactive
            )
            header.resizeSection(column, width)
        header.moveSection(CATEGORIES, SPANS + 1)  # both say what was annotated
        header.setDefaultAlignment(LEFT)
        header.setHighlightSections(False)
        # A header asks at each paint after an edit whether its columns are selected, row by row: 0.5 s of 20,000 rows.
        header.setSelectionModel(QItemSelectionModel(self._texts, header))
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setAccessibleName("Columns of the texts")
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
