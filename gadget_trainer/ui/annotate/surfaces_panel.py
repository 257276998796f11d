"""All words that are labelled, with their labels and counts: looked through, relabelled and deleted by group."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QLineEdit, QTableView

from gadget_trainer.ui.annotate.bottom_panel import CLOSE, BottomPanel, ListKey, panel_button, panel_table
from gadget_trainer.ui.annotate.label_finder import LabelFinder
from gadget_trainer.ui.annotate.surface_model import LABELS, SPANS, WORDS, SurfaceModel
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import EditSteps
    from gadget_trainer.corpus.surfaces import Surface, SurfaceGroup
    from gadget_trainer.ui.session import Session

_PAUSE = 100  # milliseconds after the list was moved until what it shows is counted
_MOST_COUNTED = 200
_EVERY_LABEL = "all labels"


class SurfacesPanel(BottomPanel):
    """Lists the groups; what is selected is changed in one step, after a question that says how many spans."""

    matches_requested = Signal(object, object)
    """The person wants to see where the words stand: the words, and their most frequent label."""

    def __init__(self, session: "Session", notice: NoticeBar) -> None:
        super().__init__("surfaces", "the labelled words")
        self._session = session
        self._notice = notice
        self._current = ""
        self.model = SurfaceModel()
        self._reading = LatestSteps(self)
        self._counting = LatestSteps(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._finder = LabelFinder(self, "relabelTarget")
        self._make_parts()
        self._connect()

    def begin(self) -> None:
        """Show the words that are labelled now."""
        self.open_panel()
        self._fill_labels()
        self._read()
        self.table.setFocus()

    def finish(self) -> None:
        """End all threads."""
        for one in (self._reading, self._counting):
            one.finish()

    @Slot()
    def close_panel(self) -> None:
        """Count no further."""
        self._reading.cancel()
        self._counting.cancel()
        super().close_panel()

    # -- reading and counting

    @Slot()
    def _reread(self) -> None:
        """Something was done or undone."""
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._counting.cancel()
        surfaces = self._session.project.surfaces

        def read() -> "Iterator[list[SurfaceGroup]]":
            from gadget_trainer.corpus.surfaces import grouped  # SQLAlchemy

            yield grouped(surfaces.all())

        self.said.setText("The labelled words are being read.")
        self._reading.ask(read)

    @Slot(object)
    def _take(self, groups: "list[SurfaceGroup]") -> None:
        self.model.take(groups)
        self._show_filtered()

    @Slot()
    def _fill_labels(self) -> None:
        chosen = self._label.currentText()
        self._label.blockSignals(True)
        self._label.clear()
        self._label.addItems([_EVERY_LABEL, *(label.name for label in self._session.project.read.labels())])
        self._label.setCurrentIndex(max(0, self._label.findText(chosen)))
        self._label.blockSignals(False)

    @Slot()
    def _filter(self) -> None:
        label = self._label.currentText() if self._label.currentIndex() > 0 else ""
        self.model.filter(self._find.text(), label)
        self._show_filtered()

    @Slot(int, Qt.SortOrder)
    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.model.sort(column, order)
        self._show_filtered()

    def _show_filtered(self) -> None:
        row = self.model.row_of(self._current) or 0
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(row, WORDS))
        self._tell()
        self._pause.start()

    @Slot()
    def _count(self) -> None:
        """Count the places without a label of what is seen or selected."""
        top, bottom = self.table.rowAt(0), self.table.rowAt(self.table.viewport().height() - 1)
        last = bottom if bottom >= 0 else self.model.rowCount() - 1
        seen = range(top, last + 1) if top >= 0 else range(0)
        words = self.model.uncounted(dict.fromkeys([*seen, *self._rows()]))[:_MOST_COUNTED]
        if words and self.isVisible():
            self.share.setValue(0)
            self.share.show()
            self._counting.ask(lambda: self._session.project.surfaces.unlabelled(words))

    @Slot(object)
    def _take_counts(self, found: tuple[float, dict[str, int]]) -> None:
        share, counts = found
        self.share.setValue(round(share * 100))
        if share >= 1:
            self.share.hide()
            self.model.note_unlabelled(counts)

    # -- changing

    @Slot()
    def _choose_label(self) -> None:
        if self._rows():
            rect = self.table.visualRect(self.table.currentIndex())
            place = self.table.viewport().mapToGlobal(QPoint(2 * UNIT, max(0, rect.top() - self._finder.height())))
            self._finder.open_at(self._session.project.read.labels(), place)

    @Slot(str)
    def _relabel(self, label: str) -> None:
        surfaces = [one for one in self._selected() if one.label != label]
        if not surfaces:
            self._session.told.emit(f"All of these are {label} already.")
            return
        said = f"{_what(surfaces)} will be {label}. It can be undone."
        edits = self._session.project.surfaces
        doing = f"Relabelling {_what(surfaces)}"
        self._notice.ask(
            said,
            Relabel=lambda: self._do(doing, surfaces, lambda: edits.relabel_steps(surfaces, label)),
            Keep=lambda: None,
        )

    @Slot()
    def _delete(self) -> None:
        surfaces = self._selected()
        if surfaces:
            said = f"{_what(surfaces)} will be removed; the texts stay. It can be undone."
            edits = self._session.project.surfaces
            doing = f"Removing {_what(surfaces)}"
            self._notice.ask(
                said, Remove=lambda: self._do(doing, surfaces, lambda: edits.delete_steps(surfaces)), Keep=lambda: None
            )

    def _do(self, doing: str, surfaces: "list[Surface]", make: "Callable[[], EditSteps]") -> None:
        """All spans are read for it, however few are changed."""
        rows = max(sum(one.spans for one in surfaces), self.model.spans())
        self._session.do_steps(doing, rows, make, lambda _done: self.table.setFocus())

    # -- what is chosen

    def _rows(self) -> list[int]:
        return [index.row() for index in self.table.selectionModel().selectedRows()]

    def _selected(self) -> "list[Surface]":
        return [surface for row in self._rows() for surface in self.model.group(row).surfaces]

    @Slot()
    def _show_matches(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            group = self.model.group(index.row())
            self.matches_requested.emit(group.words, group.surfaces[0].label)

    @Slot()
    def _note_selection(self) -> None:
        index = self.table.currentIndex()
        self._current = self.model.group(index.row()).words if index.isValid() else ""
        self._tell()
        self._pause.start()

    def _tell(self) -> None:
        rows, count = self._rows(), self.model.rowCount()
        words = f"{count:,} {'word or phrase is' if count == 1 else 'words and phrases are'} labelled"
        spans = sum(self.model.group(row).spans for row in rows)
        selected = f"; {len(rows):,} selected with {spans:,} spans" if len(rows) > 1 else ""
        self.said.setText(words + selected)
        for button in (self._matches, self._relabel_button, self._delete_button):
            button.setEnabled(bool(rows))

    KEYS: ClassVar[tuple[ListKey, ...]] = (
        ListKey(("Return", "Enter"), "show every place where the words stand", _show_matches),
        ListKey(("L",), "give the selected words another label", _choose_label),
        ListKey(("Delete",), "remove the spans of the selected words", _delete),
        CLOSE,
    )

    # -- parts

    def _make_parts(self) -> None:
        self._find = QLineEdit()
        self._find.setObjectName("findSurface")
        self._find.setAccessibleName("Find labelled words")
        self._find.setPlaceholderText("Find labelled words")
        self._find.setClearButtonEnabled(True)
        self._find.setFixedWidth(28 * UNIT)
        self._label = QComboBox()
        self._label.setObjectName("surfaceLabel")
        self._label.setAccessibleName("Which label's words are shown")
        self._label.setMaxVisibleItems(20)
        self._label.setFixedWidth(20 * UNIT)
        self.table = _table(self.model)
        self._matches = panel_button("Show matches", "showSurfaceMatches", "Every place (Enter)", self._show_matches)
        self._relabel_button = panel_button("Relabel…", "relabelSurfaces", "Another label (L)", self._choose_label)
        self._delete_button = panel_button("Delete spans…", "deleteSurfaces", "Remove them (Del)", self._delete)
        below = (self._matches, self._relabel_button, self._delete_button)
        self.arrange((self._label, self._find), self.table, below)

    def _connect(self) -> None:
        self._reading.stepped.connect(self._take)
        self._reading.failed.connect(self._session.failed)
        self._counting.stepped.connect(self._take_counts)
        self._counting.failed.connect(self._session.failed)
        self._pause.timeout.connect(self._count)
        self._find.textChanged.connect(self._filter)
        self._label.currentIndexChanged.connect(self._filter)
        self._finder.label_chosen.connect(self._relabel)
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(self._show_place)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.table.verticalScrollBar().valueChanged.connect(self._pause.start)
        self.table.selectionModel().selectionChanged.connect(self._note_selection)
        self._session.labels_changed.connect(self._fill_labels)
        self._session.done.connect(self._reread)

    @Slot(QModelIndex)
    def _show_place(self, _index: QModelIndex) -> None:
        self._show_matches()


def _what(surfaces: "list[Surface]") -> str:
    """As in “34 spans of “iPhone X””."""
    spans, words = sum(one.spans for one in surfaces), {one.words for one in surfaces}
    of = f"“{' '.join(next(iter(words)).split())}”" if len(words) == 1 else f"{len(words):,} words or phrases"
    return f"{spans:,} {'span' if spans == 1 else 'spans'} of {of}"


def _table(model: SurfaceModel) -> QTableView:
    table = panel_table(model, "surfaces", "Labelled words")
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    header = table.horizontalHeader()
    header.resizeSection(WORDS, 30 * UNIT)
    header.setSectionResizeMode(LABELS, QHeaderView.ResizeMode.Stretch)
    header.resizeSection(SPANS, 10 * UNIT)
    header.setSectionsClickable(True)
    header.setSortIndicatorShown(True)
    header.setSortIndicator(SPANS, Qt.SortOrder.DescendingOrder)
    table.sortByColumn(SPANS, Qt.SortOrder.DescendingOrder)
    return table
