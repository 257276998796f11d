"""From a mistake into its text, where the person says who is right; what they say becomes an edit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.corpus.records import Origin
from gadget_trainer.errors import UserError
from gadget_trainer.training.mistake_kinds import Decision
from gadget_trainer.training.mistakes import Mistake, decision
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.page import AnnotatePage

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.journal import Outcome
    from gadget_trainer.ui.session import Session

_SAID = {
    Decision.KEPT: "You kept your reading, and it will not be asked again.",
    Decision.TAKEN: "The text now says what the model found.",
    Decision.CHANGED: "You changed this place.",
}


class MistakeReview(QObject):
    """Shows one mistake at a time in the Annotate workspace."""

    next_requested = Signal()
    kept = Signal(object)
    """A decision that is no edit: a Mistake of which the person's span stays, though the model did not see it."""

    def __init__(self, session: "Session", annotate: AnnotatePage, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._annotate = annotate
        self._mistake: Mistake | None = None
        actions["takeModel"].triggered.connect(self._take)
        actions["keepMine"].triggered.connect(self._keep)
        actions["nextMistake"].triggered.connect(self.next_requested)
        annotate.list.chosen.connect(self._leave)
        session.texts_edited.connect(self._follow)

    def show(self, mistake: Mistake) -> bool:
        """Lead to the place of ``mistake`` and draw both readings; False where its text is gone."""
        if not self._annotate.show_place(mistake.text_id, mistake.start, mistake.end, mistake.expected):
            self.end()
            return False
        self._mistake = mistake
        self._show_decision()
        return True

    @Slot()
    def end(self) -> None:
        """Look at no mistake any more."""
        self._mistake = None
        self._annotate.show_mistake("", None, asks=False)

    @Slot()
    def _take(self) -> None:
        if self._mistake is None:
            return
        text_id, expected, found = self._mistake.text_id, self._mistake.expected, self._mistake.found
        edit = self._session.project.edit
        if found is not None:
            # What it meets, the person's reading above all, is replaced in the same step.
            place = (found.start, found.end, found.label)
            self._session.do(lambda: edit.add_span(text_id, *place, Origin.MODEL))
        elif expected is not None:
            self._session.do(lambda: edit.delete_span(text_id, expected))

    @Slot()
    def _keep(self) -> None:
        if self._mistake is None:
            return
        text_id, expected, found = self._mistake.text_id, self._mistake.expected, self._mistake.found
        if found is not None:
            self._session.do(lambda: self._session.project.refusals.refuse(text_id, found))
        elif expected is not None:
            try:
                self._session.project.kept_spans.keep(text_id, expected)
            except UserError as error:
                self._session.failed.emit(str(error))
                return
            self._session.told.emit(f"Kept {self._mistake.words(expected)}")
            self.kept.emit(self._mistake)
            self._show_decision()

    @Slot(object)
    def _leave(self, text_id: int | None) -> None:
        if self._mistake is not None and text_id != self._mistake.text_id:
            self.end()

    @Slot(object)
    def _follow(self, outcome: "Outcome") -> None:
        """An edit, an undo or a redo may have decided the mistake, or opened it again."""
        if self._mistake is not None and self._mistake.text_id in outcome.text_ids:
            self._show_decision()

    def _show_decision(self) -> None:
        mistake = self._mistake
        if mistake is None:
            return
        project = self._session.project
        said = decision(mistake, project.read.text(mistake.text_id), project.kept_spans.all())
        if said is Decision.OPEN:
            self._annotate.show_mistake(mistake.sentence(), mistake.found, asks=True)
        else:
            self._annotate.show_mistake(_SAID[said], None, asks=False)
