"""How many texts and spans there are, as the window's parts ask for it again and again."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gadget_trainer.ui.latest import LatestSteps

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.counts import Counts
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.corpus.row_changes import RowChange

_AT_ONCE = 20_000
"""So many texts are counted before anybody could see that the numbers come later. A million, whose index the disk has
to bring, take a third of a second."""


class Counting(QObject):
    """Counts when it is asked, or in a thread where there are many texts; then follows the edits."""

    counted = Signal()
    """The numbers that ``so_far`` did not have are there."""

    def __init__(self, project: "Project", parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._counts: Counts | None = None
        self._before: Counts | None = None
        self._coming = False
        self._beside = LatestSteps(self)
        self._beside.stepped.connect(self._take)
        self.begin_anew()

    def now(self) -> "Counts":
        """The counts, which may have to be waited for."""
        if self._counts is None:
            self._counts = self._project.read.counts()
        return self._counts

    def so_far(self) -> "Counts | None":
        """The counts; where they are being made, those before, or None at first, until ``counted``."""
        return self._before if self._counts is None and self._coming else self.now()

    def begin_anew(self) -> None:
        """Texts came or went."""
        self._beside.cancel()
        self._before = self._counts or self._before
        self._counts = None
        self._coming = self._project.read.newest_text_id() > _AT_ONCE
        if self._coming:
            QTimer.singleShot(0, self, self._begin)  # what is to be shown is built before

    def follow(self, changes: "Iterable[RowChange]") -> None:
        """Spans, categories, states and flags changed; no text came or went."""
        if self._counts is None:
            self.begin_anew()  # what is being counted may be from before
        else:
            self._counts = self._counts.after(changes)

    def take(self, counts: "Counts") -> None:
        """They are known already."""
        self._beside.cancel()
        self._coming = False
        self._counts = counts

    def finish(self) -> None:
        """End the thread."""
        self._beside.finish()

    @Slot()
    def _begin(self) -> None:
        if self._coming:
            self._beside.ask(self._count)

    def _count(self) -> "Iterator[Counts]":
        yield self._project.read.counts()

    @Slot(object)
    def _take(self, counts: "Counts") -> None:
        self._coming = False
        if self._counts is None:
            self._counts = counts
        self.counted.emit()
