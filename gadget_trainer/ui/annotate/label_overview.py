"""All labels at a glance: how often each is used, how many texts were read for it, and all that can be done to it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView

from gadget_trainer.corpus.records import Label
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.bottom_panel import CLOSE, BottomPanel, ListKey, panel_button, panel_table
from gadget_trainer.ui.annotate.label_flow import LabelFlow
from gadget_trainer.ui.annotate.label_table_model import (
    COMPLETE,
    KEY,
    MEANING,
    NAME,
    SHARE,
    SORT_ROLE,
    SPANS,
    LabelTableModel,
    ShareDelegate,
)
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class LabelOverview(BottomPanel):
    """A table of the labels; the one that is chosen is changed by the buttons below."""

    texts_requested = Signal(object)
    """The person wants to see the texts of these ids: they are done, but not for the chosen label."""

    def __init__(self, session: "Session", actions: Actions, flow: LabelFlow) -> None:
        super().__init__("labelOverview", "the labels")
        self._session = session
        self._actions = actions
        self._flow = flow
        self._chosen = 0
        self.model = LabelTableModel()
        self._sorted = QSortFilterProxyModel()
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setFilterKeyColumn(-1)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._reading = LatestSteps(self)
        self._make_parts()
        self._reading.stepped.connect(self._take_complete)
        self._reading.failed.connect(session.failed)
        session.done.connect(self._reread)
        actions.keys_changed.connect(self._reread)

    def begin(self) -> None:
        """Show the labels as they are now."""
        self.open_panel()
        self._reread()
        self.table.setFocus()

    def finish(self) -> None:
        """End all threads."""
        self._reading.finish()

    @Slot()
    def _reread(self) -> None:
        if not self.isVisible():
            return
        chosen = self._chosen
        self.model.take(self._session.project.read.labels(), self._session.counts(), self._actions.taken_keys())
        rows = [row for row in range(self.model.rowCount()) if self.model.label(row).id == chosen]
        index = self._sorted.mapFromSource(self.model.index(rows[0] if rows else 0, NAME))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self._tell()
        project = self._session.project

        def read() -> Iterator[dict[int, int]]:
            yield project.read.complete_texts()

        self._reading.ask(read)

    @Slot(object)
    def _take_complete(self, complete: dict[int, int]) -> None:
        self.model.take_complete(complete)
        self._tell()

    # -- what is chosen

    def _label(self) -> Label | None:
        index = self.table.currentIndex()
        return self.model.label(self._sorted.mapToSource(index).row()) if index.isValid() else None

    @Slot()
    def _note_chosen(self) -> None:
        label = self._label()
        self._chosen = label.id if label is not None else 0
        self._tell()

    def _tell(self) -> None:
        counts, label = self._session.counts(), self._label()
        many = self.model.rowCount()
        noun = "label" if many == 1 else "labels"
        self.said.setText(f"{many:,} {noun}, {counts.done:,} of {counts.texts:,} texts are done")
        for button in (self._change, self._merge, self._delete):
            button.setEnabled(label is not None)
        self._merge.setEnabled(label is not None and many > 1)
        behind = counts.done - self.model.complete(label) if label is not None else 0
        self._behind.setVisible(label is not None and behind > 0)
        if label is not None:
            texts = "text" if behind == 1 else "texts"
            self._behind.setText(f"Show the {behind:,} {texts} done, but not for {_short(label.name)}")

    # -- what is done to it

    @Slot()
    def _change_label(self) -> None:
        label = self._label()
        if label is not None:
            self._flow.change(label)

    @Slot()
    def _merge_label(self) -> None:
        label = self._label()
        if label is not None:
            self._flow.find_merge_target(label)

    @Slot()
    def _delete_label(self) -> None:
        label = self._label()
        if label is not None:
            self._flow.delete(label)

    @Slot()
    def _show_texts(self) -> None:
        label = self._label()
        if label is not None:
            self.texts_requested.emit(self._session.project.by_label.texts_done_without(label.id))

    @Slot(QModelIndex)
    def _change_row(self, _index: QModelIndex) -> None:
        self._change_label()

    KEYS: ClassVar[tuple[ListKey, ...]] = (
        ListKey(("Return", "Enter", "F2"), "change the label", _change_label),
        ListKey(("Delete",), "delete the label with its spans", _delete_label),
        CLOSE,
    )

    # -- parts

    def _make_parts(self) -> None:
        find = QLineEdit()
        find.setObjectName("findInOverview")
        find.setAccessibleName("Find a label by its name or meaning")
        find.setPlaceholderText("Find a label")
        find.setClearButtonEnabled(True)
        find.setFixedWidth(24 * UNIT)
        find.textChanged.connect(self._sorted.setFilterFixedString)
        self.table = _table(self._sorted)
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(self._change_row)
        self.table.selectionModel().currentRowChanged.connect(self._note_chosen)
        older = "They were done before the label was there"
        self._behind = panel_button("Show the texts done before", "showTextsBehind", older, self._show_texts)
        self._change = panel_button("Change…", "overviewChange", "Everything about it (Enter)", self._change_label)
        self._merge = panel_button("Merge into…", "overviewMerge", "Make its spans another label's", self._merge_label)
        self._delete = panel_button("Delete…", "overviewDelete", "With its spans (Del)", self._delete_label)
        schemes = [
            panel_button(words, f"overview:{name}", self._actions[name].toolTip(), self._actions[name].trigger)
            for words, name in (("Import…", "importLabels"), ("Export…", "exportLabels"))
        ]
        self.arrange((find,), self.table, (self._behind, *schemes, self._delete, self._merge, self._change))


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"


def _table(model: QSortFilterProxyModel) -> QTableView:
    table = panel_table(model, "labelOverview", "Labels")
    table.setItemDelegateForColumn(SHARE, ShareDelegate(table))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for column, units in ((NAME, 25), (KEY, 7), (SPANS, 9), (COMPLETE, 15), (SHARE, 12)):
        header.resizeSection(column, units * UNIT)
    header.setSectionResizeMode(MEANING, QHeaderView.ResizeMode.Stretch)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    table.setSortingEnabled(True)
    return table
