"""The open project as the window's parts see it: edits go in, facts come out as signals."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gadget_trainer.errors import UserError

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.counts import Counts
    from gadget_trainer.corpus.journal import Outcome
    from gadget_trainer.corpus.project import Project


class Session(QObject):
    """Runs edits on a project and says what they changed."""

    texts_edited = Signal(object)
    """Spans, categories, state or flag of texts changed: an Outcome, which says of which."""
    texts_came_or_went = Signal()
    labels_changed = Signal()
    categories_changed = Signal()
    """Categories came, went or became others, or how many a text may have."""
    splits_changed = Signal()
    """Other words than before are always split."""
    done = Signal()
    """The journal went on, or back."""
    told = Signal(str)
    """What was done, in a few words."""
    failed = Signal(str)
    """An edit was refused or could not be saved: a sentence to show."""
    travelled = Signal(object)
    """An edit was undone, or done again: an Outcome, which says where that can be seen."""

    def __init__(self, project: "Project", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self._counts: Counts | None = None
        # Of a million texts it takes as long as a workspace takes to be built, so they are counted beside it.
        counting = ThreadPoolExecutor(1, "counting")
        self._first_counts: Future[Counts] | None = counting.submit(project.read.counts)
        counting.shutdown(wait=False)

    def counts(self) -> "Counts":
        """Texts by state and by category, and spans by label, as they are now."""
        if self._counts is None:
            first, self._first_counts = self._first_counts, None  # asked again, it counts again
            self._counts = self.project.read.counts() if first is None else first.result()
        return self._counts

    def reread(self) -> None:
        """Texts were imported: announce it, with everything that may have come with them."""
        self._counts = self._first_counts = None
        self.labels_changed.emit()
        self.categories_changed.emit()
        self.texts_came_or_went.emit()
        self.done.emit()

    def do(self, edit: Callable[[], "Outcome | None"]) -> bool:
        """Run an edit and announce what it changed; False where it was refused or could not be saved."""
        try:
            outcome = edit()
        except UserError as error:
            self.failed.emit(str(error))
            return False
        if outcome is not None:
            self._announce(outcome)
            self.told.emit(outcome.summary)
        return True

    def undo(self) -> None:
        """Take back the latest edit, and say where that can be seen."""
        self._travel(self.project.journal.undo, "Undid", "There is nothing to undo")

    def redo(self) -> None:
        """Do again what was undone last, and say where that can be seen."""
        self._travel(self.project.journal.redo, "Redid", "There is nothing to redo")

    def _travel(self, way: Callable[[], "Outcome | None"], verb: str, nothing: str) -> None:
        try:
            outcome = way()
        except UserError as error:
            self.failed.emit(str(error))
            return
        if outcome is None:
            self.told.emit(nothing)
            return
        self._announce(outcome)
        self.travelled.emit(outcome)
        self.told.emit(f"{verb}: {outcome.summary}")

    def _announce(self, outcome: "Outcome") -> None:
        if self._counts is not None:
            self._counts = None if outcome.bulk else self._counts.after(outcome.changes)
        self._first_counts = None
        if outcome.labels_changed:
            self.labels_changed.emit()
        if outcome.categories_changed:
            self.categories_changed.emit()
        if outcome.splits_changed:
            self.splits_changed.emit()
        if outcome.texts_came_or_went:
            self.texts_came_or_went.emit()
        elif outcome.text_ids:
            self.texts_edited.emit(outcome)
        self.done.emit()
