"""The left side of the Annotate workspace: find, filter, the table of texts, how much is done."""

import time
from array import array
from collections.abc import Iterator, Sequence
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from gadget_trainer.corpus.text_filter import TextOrder
from gadget_trainer.ui.annotate.disagreement import by_text
from gadget_trainer.ui.annotate.find_bar import FindBar
from gadget_trainer.ui.annotate.indexing import IndexingLabel
from gadget_trainer.ui.annotate.text_table import TextTable
from gadget_trainer.ui.annotate.text_table_model import TEXT, TextTableModel
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import Outcome
    from gadget_trainer.training.mistakes import Mistakes
    from gadget_trainer.ui.session import Session

_MANY = 20_000
"""So many texts take long to go through: fewer are shown at once, without a thread, so that nothing flickers."""
_SECONDS_BETWEEN = 0.1
_LONGEST_PAINT = 2.0
"""Seconds for which the rest waits until the first ones are painted: beside a thread that reads, that takes twice as
long."""
_TABLEFUL = 1000
"""Rows that no window shows at once."""


class TextList(QWidget):
    """Shows the project's texts and says which one is chosen."""

    chosen = Signal(object)
    """The id of the text that is current now; None when there is none."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self._wanted: int | None = None
        self._awaited: int | None = None
        self._near = 0
        self._first_part = True
        self._painted = Event()
        self.model = TextTableModel(session.project.read)
        self.bar = FindBar(session)
        self.table = TextTable(self.model, session.project)
        self._search = LatestSteps(self)
        self._empty = QLabel()
        self._empty.setObjectName("textTable:empty")
        self._counts = QLabel()
        self._counts.setObjectName("textCounts")
        self._counts.setProperty("second", True)
        self._indexing = IndexingLabel(session)
        self._share = QProgressBar()
        self._share.setObjectName("doneShare")
        self._share.setAccessibleName("Share of texts that are done or skipped")
        self._share.setTextVisible(False)
        self._lay_out()
        self.bar.changed.connect(self.reload)
        self.bar.entered.connect(self._go_to_table)
        self.table.sorting_changed.connect(self.reload)
        self.table.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self._search.stepped.connect(self._take)
        self._search.failed.connect(self.bar.complain)
        session.texts_edited.connect(self._refresh)
        session.labels_changed.connect(self.model.refresh_all)
        session.categories_changed.connect(self.model.refresh_all)
        session.categories_changed.connect(self.table.show_columns)
        session.texts_came_or_went.connect(self._follow_texts)
        session.texts_came_or_went.connect(self._indexing.build)
        session.counted.connect(self._show_counts)
        self._show_counts()
        if session.counts_so_far() is None:  # the disk brings the counts first
            session.counted.connect(self._indexing.build, Qt.ConnectionType.SingleShotConnection)
        else:
            self._indexing.build()

    def sizeHint(self) -> QSize:
        """Wide enough for a line of text to be recognised."""
        return QSize(340, 600)

    def current(self) -> int | None:
        """The id of the current text, whose row may still be looked for."""
        index = self.table.currentIndex()
        return self.model.text_id(index.row()) if index.isValid() else self._awaited

    def selected(self) -> list[int]:
        """The ids of the selected texts, from the top; at least the current one's, where there is one."""
        rows = self.table.selected_rows()
        current = self.current()
        return [self.model.text_id(row) for row in rows] or ([current] if current is not None else [])

    def go_to(self, text_id: int) -> bool:
        """Make that text the current one, lifting the filter where it hides it; False where it is gone."""
        row = self.model.row_of(text_id)
        if row is not None:
            self._go_to_row(row)
            return True
        if self._session.project.read.standing(text_id) is None:
            return False
        self.bar.clear()
        self._show_alone(text_id)
        self._reload(text_id)
        return True

    def show_only(self, text_ids: Sequence[int], name: str = "to look at") -> None:
        """Show just these texts under that name, until something else is looked for."""
        self.bar.pick(text_ids, name)

    @Slot(object)
    def show_mistakes(self, mistakes: "Mistakes | None") -> None:
        """A model was compared with the person, or that is no longer true: show which texts they read differently."""
        self.model.show_disagreements(by_text(mistakes))
        self.table.show_columns()
        if self.table.order is TextOrder.RANK:
            self.reload()

    def step(self, by: int) -> bool:
        """Go that many rows on, or back; False at either end."""
        self._know_neighbours()
        row = self.table.currentIndex().row() + by
        if not 0 <= row < self.model.rowCount():
            return False
        self._go_to_row(row)
        return True

    def _know_neighbours(self) -> None:
        """What stands around the current text must be known, where it was shown alone so far."""
        alone = self.model.rowCount() == 1 or not self.table.currentIndex().isValid()
        if alone and self._awaited is not None:
            self._reload(self._awaited, at_once=True)

    def others(self, *, forward: bool) -> "array[int]":
        """The ids of the other texts, as they come in going on from the current one, or back, and round."""
        self._know_neighbours()
        ids, row = self.model.text_ids(), self.table.currentIndex().row()
        behind, before = ids[row + 1 :], ids[: max(0, row)]
        return behind + before if forward else before[::-1] + behind[::-1]

    def leaves_out(self) -> bool:
        """Whether it shows some of the texts only."""
        return self.bar.filter().narrows

    def is_arranged(self) -> bool:
        """Whether its texts are others than all of the project, in the project's order."""
        return self.leaves_out() or self.table.order is not TextOrder.PLACE or self.table.descending

    def is_searching(self) -> bool:
        """Whether words are looked for."""
        return bool(self.bar.filter().words)

    def focus_find(self) -> None:
        """Type into the find field."""
        self.bar.focus_field()

    def finish(self) -> None:
        """End all threads."""
        self._painted.set()
        self._search.finish()
        self._indexing.finish()
        self.bar.finish()

    @Slot()
    def reload(self) -> None:
        """Ask for the texts that match, and stay on the current one where it still does."""
        self._reload(self.current())

    @Slot()
    def _follow_texts(self) -> None:
        """Where the current text is gone, the one that stood below the deleted ones takes its place."""
        row = max(0, self.table.currentIndex().row())
        above = sum(1 for one in self.table.selected_rows() if one < row)
        self._reload(self.current(), near=row - above)

    def _reload(self, wanted: int | None, *, near: int = 0, at_once: bool = False) -> None:
        """Ask for the texts that match: in a thread where that takes long, unless they must be known ``at_once``."""
        read, which, table = self._session.project.read, self.bar.filter(), self.table
        ranks = {text_id: one.rank for text_id, one in self.model.disagreements.items()}
        self._wanted, self._near, self._first_part = wanted, near, True
        self._awaited = wanted
        self._search.cancel()
        self._painted.set()
        self._painted = painted = Event()
        counts = self._session.counts_so_far()
        if at_once or not (which.takes_long or counts is None or counts.texts > _MANY):
            self._take((read.text_ids(which, table.order, descending=table.descending, ranks=ranks), True))
        else:
            order, descending = table.order, table.descending
            self._search.ask(lambda: _found(read.find(which, order, descending=descending, ranks=ranks), painted))

    def _show_alone(self, text_id: int) -> None:
        """Show just this text, at once, while the others are looked for."""
        self.model.show(array("q", [text_id]))
        self._empty.hide()
        self.table.show()
        self._go_to_row(0)

    @Slot(object)
    def _take(self, found: "tuple[array[int], bool]") -> None:
        """Show what was found, or the next part of it."""
        ids, complete = found
        if complete:
            self._awaited = None
        if self._first_part:
            self.model.show(ids)
        else:
            self.model.append(ids)
        rows = self.model.rowCount()
        self._empty.setText("No text matches." if self._session.has_texts() else "No text yet.")
        self._empty.setVisible(not rows and complete)
        self.table.setVisible(bool(rows) or not complete)
        self.bar.chips.show_count(rows, complete=complete)
        self._show_counts()
        if rows and not self.table.currentIndex().isValid():
            row = self.model.row_of(self._wanted) if self._wanted is not None else None
            if row is not None:
                self._go_to_row(row)
            elif complete or self._wanted is None or self.is_searching():
                self._go_to_row(min(self._near, rows - 1))
            # Else it may come with the next part, and stays shown meanwhile.
        elif not rows and complete:
            self.chosen.emit(None)
        if self._first_part:
            QTimer.singleShot(0, self, self._painted.set)  # Qt paints before
        self._first_part = False

    @Slot(object)
    def _refresh(self, outcome: "Outcome") -> None:
        self.model.refresh(outcome.text_ids)
        self._show_counts()

    @Slot()
    def _go_to_table(self) -> None:
        self.table.setFocus()

    @Slot(QModelIndex, QModelIndex)
    def _tell_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.model.text_id(current.row()))

    def _go_to_row(self, row: int) -> None:
        index = self.model.index(row, TEXT)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    @Slot()
    def _show_counts(self) -> None:
        counts = self._session.counts_so_far()
        if counts is None:
            self._counts.setText("Counting…")
            return
        parts = [f"{counts.done:,} of {counts.texts:,} done"]
        parts += [f"{counts.skipped:,} skipped"] if counts.skipped else []
        parts += [f"{counts.flagged:,} flagged"] if counts.flagged else []
        self._counts.setText(" · ".join(parts))
        self._share.setRange(0, max(1, counts.texts))
        self._share.setValue(counts.done + counts.skipped)

    def _lay_out(self) -> None:
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        foot.setSpacing(UNIT)
        foot.addWidget(self._share)
        foot.addWidget(self._counts)
        foot.addWidget(self._indexing)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("second", True)
        self._empty.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._empty, 1)
        whole.addLayout(foot)
        self.setMinimumWidth(240)


def _found(parts: "Iterator[array[int]]", painted: Event) -> Iterator[tuple["array[int]", bool]]:
    """What was found, and whether that is all: as soon as it fills the table, and once that is ``painted``, ten times
    a second.
    """
    found, last, told = array("q"), time.monotonic(), False
    for part in parts:
        found += part
        fills_table = not told and len(found) >= _TABLEFUL
        if fills_table or (found and time.monotonic() - last >= _SECONDS_BETWEEN):
            yield found, False
            if not told:
                painted.wait(_LONGEST_PAINT)
            found, last, told = array("q"), time.monotonic(), True
    yield found, True
