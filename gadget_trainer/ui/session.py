"""The open project as the window's parts see it: edits go in, facts come out as signals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.errors import UserError
from gadget_trainer.ui.counting import Counting
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.counts import Counts
    from gadget_trainer.corpus.outcomes import EditSteps, Outcome
    from gadget_trainer.corpus.project import Project


_AT_ONCE = 500
"""So many rows are changed before anybody could see a progress bar."""


def _do_nothing(_done: bool) -> None:
    """What comes after most edits."""


@dataclass(frozen=True, slots=True)
class _LongEdit:
    """What is done in a thread."""

    doing: str
    """As in “Deleting BRAND”."""
    verb: str = ""
    """What was done when it was an undo or a redo."""
    then: Callable[[bool], object] = _do_nothing


class Session(QObject):
    """Runs edits on a project and says what they changed."""

    texts_edited = Signal(object)
    """Spans, categories, state or flag of texts changed: an Outcome, which says of which."""
    texts_came_or_went = Signal()
    labels_changed = Signal()
    categories_changed = Signal()
    """Categories came, went or became others, or how many a text may have."""
    counted = Signal()
    """The counts that ``counts_so_far`` did not have are there."""
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
    work_began = Signal(str)
    """An edit of many rows begins in a thread: nobody else can write until it ends. What it does, in a few words."""
    work_progressed = Signal(float)
    """How far it is, from 0 to 1."""
    work_ended = Signal()

    def __init__(self, project: "Project", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self._counting = Counting(project, self)
        self._counting.counted.connect(self.counted)
        self._steps: Steps | None = None
        self._edit = _LongEdit("")
        self._outcome: tuple[Outcome, Counts] | None = None

    def counts(self) -> "Counts":
        """Texts by state and by category, and spans by label, as they are now, if they have to be waited for."""
        return self._counting.now()

    def counts_so_far(self) -> "Counts | None":
        """The same; of many texts, while they are being counted, those before, or None: until ``counted``."""
        return self._counting.so_far()

    def has_texts(self) -> bool:
        """Whether there is any text."""
        return self.project.read.newest_text_id() > 0

    def reread(self) -> None:
        """Texts were imported: announce it, with everything that may have come with them."""
        self._counting.begin_anew()
        self.labels_changed.emit()
        self.categories_changed.emit()
        self.texts_came_or_went.emit()
        self.done.emit()

    def do(self, edit: Callable[[], "Outcome | None"]) -> bool:
        """Run an edit and announce what it changed; False where it was refused or could not be saved."""
        if self._refuses():
            return False
        try:
            outcome = edit()
        except UserError as error:
            self.failed.emit(str(error))
            return False
        if outcome is not None:
            self._announce(outcome)
            self.told.emit(outcome.summary)
        return True

    def do_steps(
        self, doing: str, rows: int, make: "Callable[[], EditSteps]", then: Callable[[bool], object] = _do_nothing
    ) -> None:
        """Run an edit of about that many rows: in a thread where they are many, with the project left alone meanwhile.

        ``doing`` says what it does, as in “Merging BRAND into GADGET”; ``then`` is called at the end with whether
        it was done, and not refused or cancelled.
        """
        edit = _LongEdit(doing, then=then)
        if rows > _AT_ONCE:
            self._begin(edit, make)
        else:
            then(self.do(lambda: _outcome_of(make())))

    def undo(self) -> None:
        """Take back the latest edit, and lead to the text that it changed."""
        journal = self.project.journal
        edit = _LongEdit("Undoing", "Undid")
        self._travel(edit, journal.rows_to_undo, journal.undo_steps)

    def redo(self) -> None:
        """Do again what was undone last, and lead to the text that it changes."""
        journal = self.project.journal
        edit = _LongEdit("Redoing", "Redid")
        self._travel(edit, journal.rows_to_redo, journal.redo_steps)

    def is_working(self) -> bool:
        """Whether an edit of many rows is under way: nobody else can write then."""
        return self._steps is not None

    @Slot()
    def cancel_work(self) -> None:
        """Leave the edit that is under way; the project is as it was before."""
        if self._steps is not None:
            self._steps.stop()

    def finish(self) -> None:
        """End all threads; an edit that is cut off leaves the project as it was."""
        self._counting.finish()
        if self._steps is not None:
            self._steps.finish()

    def _travel(self, edit: "_LongEdit", rows: Callable[[], int], make: "Callable[[], EditSteps]") -> None:
        if self._refuses():
            return
        try:
            if rows() > _AT_ONCE:
                self._begin(edit, make)
                return
            outcome = _outcome_of(make())
        except UserError as error:
            self.failed.emit(str(error))
            return
        if outcome is None:
            self.told.emit(f"There is nothing to {'undo' if edit.verb == 'Undid' else 'redo'}")
        else:
            self._tell_of(edit, outcome)

    def _refuses(self) -> bool:
        """Whether an edit of many rows is still under way, which is said then."""
        if self._steps is not None:
            self.failed.emit(f"{self._edit.doing} is not over yet. Wait for it, or cancel it first.")
        return self._steps is not None

    def _begin(self, edit: "_LongEdit", make: "Callable[[], EditSteps]") -> None:
        if self._refuses():
            edit.then(False)
            return
        # What is written in the window is kept before: the thread lets nobody else write.
        self.work_began.emit(edit.doing)
        self._edit, self._outcome = edit, None
        self._steps = Steps(lambda: _with_counts(self.project, make()), self, passing=_is_share)
        self._steps.stepped.connect(self._take)
        self._steps.failed.connect(self.failed)
        self._steps.crashed.connect(self._raise_crash)
        self._steps.finished.connect(self._end)
        self._steps.start()

    @Slot(object)
    def _take(self, record: object) -> None:
        if isinstance(record, float):
            self.work_progressed.emit(record)
        else:
            self._outcome = cast("tuple[Outcome, Counts]", record)

    @Slot()
    def _end(self) -> None:
        steps, found, edit = self._steps, self._outcome, self._edit
        if steps is None:
            return
        self._steps = self._outcome = None
        steps.deleteLater()
        self.work_ended.emit()
        if found is None:
            if steps.was_stopped() and not steps.broken:
                self.told.emit(f"{edit.doing} was cancelled. The project is as it was.")
        else:
            self._tell_of(edit, *found)
        edit.then(found is not None)

    @Slot(str)
    def _raise_crash(self, details: str) -> None:
        raise RuntimeError(details)

    def _tell_of(self, edit: "_LongEdit", outcome: "Outcome", counts: "Counts | None" = None) -> None:
        self._announce(outcome, counts)
        if not edit.verb:
            self.told.emit(outcome.summary)
            return
        self.travelled.emit(outcome)
        self.told.emit(f"{edit.verb}: {outcome.summary}")

    def _announce(self, outcome: "Outcome", counts: "Counts | None" = None) -> None:
        if counts is not None:
            self._counting.take(counts)
        elif outcome.bulk:
            self._counting.begin_anew()
        else:
            self._counting.follow(outcome.changes)
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


def _is_share(record: object) -> bool:
    return isinstance(record, float)


def _with_counts(project: "Project", steps: "EditSteps") -> "Iterator[float | tuple[Outcome, Counts]]":
    """The counts come with the outcome: of many texts, they take long."""
    for step in steps:
        yield step if isinstance(step, float) else (step, project.read.counts())


def _outcome_of(steps: "EditSteps") -> "Outcome | None":
    from gadget_trainer.corpus.outcomes import outcome_of  # SQLAlchemy

    return outcome_of(steps)
