"""From a mistake into its text, where the person says who is right; what they say becomes an edit."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gadget_trainer.corpus.records import Origin, Span
from gadget_trainer.errors import UserError
from gadget_trainer.training.category_mistakes import CategoryMistake
from gadget_trainer.training.mistake_kinds import Decision
from gadget_trainer.training.mistakes import Mistake, decision
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.page import AnnotatePage

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import Outcome
    from gadget_trainer.ui.session import Session

_SAID = {
    Decision.KEPT: "You kept your reading, and it will not be asked again.",
    Decision.TAKEN: "The text now says what the model found.",
    Decision.CHANGED: "You changed this place.",
}
_SAID_OF_CATEGORIES = {
    Decision.KEPT: "You kept your category, and it will not be asked again.",
    Decision.TAKEN: "The text now has the category that the model gives it.",
    Decision.CHANGED: "You gave this text another category.",
}


class MistakeReview(QObject):
    """Shows one mistake at a time in the Annotate workspace."""

    next_requested = Signal()
    kept = Signal(object)
    """A decision that is no edit: a Mistake of which the person's span stays, though the model did not see it; or a
    CategoryMistake of a text whose categories stay."""

    def __init__(self, session: "Session", annotate: AnnotatePage, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._annotate = annotate
        self._mistake: Mistake | CategoryMistake | None = None
        actions["takeModel"].triggered.connect(self._take)
        actions["keepMine"].triggered.connect(self._keep)
        actions["nextMistake"].triggered.connect(self.next_requested)
        annotate.list.chosen.connect(self._leave)
        session.texts_edited.connect(self._follow)

    def show(self, mistake: Mistake | CategoryMistake) -> bool:
        """Lead to the place of ``mistake`` and draw both readings; False where its text is gone."""
        if not self._lead_to(mistake):
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

    def _lead_to(self, mistake: Mistake | CategoryMistake) -> bool:
        if isinstance(mistake, CategoryMistake):
            return self._annotate.show_text(mistake.text_id)
        return self._annotate.show_place(mistake.text_id, mistake.start, mistake.end, mistake.expected)

    @Slot()
    def _take(self) -> None:
        match self._mistake:
            case Mistake():
                self._take_span(self._mistake)
            case CategoryMistake():
                self._take_category(self._mistake)

    def _take_span(self, mistake: Mistake) -> None:
        text_id, expected, found = mistake.text_id, mistake.expected, mistake.found
        edit = self._session.project.edit
        if found is not None:
            # What it meets, the person's reading above all, is replaced in the same step.
            place = (found.start, found.end, found.label)
            self._session.do(lambda: edit.add_span(text_id, *place, Origin.MODEL))
        elif expected is not None:
            self._session.do(lambda: edit.delete_span(text_id, expected))

    def _take_category(self, mistake: CategoryMistake) -> None:
        """The model's category in the place of the person's; where a text can have several, the others stay."""
        text_id, room = mistake.text_id, self._session.project.categories
        wanted = [name for name in room.of_text(text_id) if name not in mistake.labels]
        if mistake.found is not None:
            wanted.append(mistake.found)
        self._session.do(lambda: room.choose(text_id, wanted, Origin.MODEL))

    @Slot()
    def _keep(self) -> None:
        project, mistake = self._session.project, self._mistake
        match mistake:
            case Mistake(text_id=text_id, found=Span() as found):
                self._session.do(lambda: project.refusals.refuse(text_id, found))
            case Mistake(text_id=text_id, expected=Span() as expected):
                self._remember(mistake, lambda: project.kept_spans.keep(text_id, expected), mistake.words(expected))
            case CategoryMistake(text_id=text_id, expected=name, found=other):
                self._remember(
                    mistake,
                    lambda: project.kept_categories.keep(text_id, name, other),
                    f"the category “{name}”" if name is not None else f"the text without “{other}”",
                )

    def _remember(self, mistake: Mistake | CategoryMistake, keep: Callable[[], None], words: str) -> None:
        """Keep what is no edit, and say what it was."""
        try:
            keep()
        except UserError as error:
            self._session.failed.emit(str(error))
            return
        self._session.told.emit(f"Kept {words}")
        self.kept.emit(mistake)
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
        said = decision(mistake, project.read.text(mistake.text_id), project.kept())
        if said is Decision.OPEN:
            drawn = mistake.found if isinstance(mistake, Mistake) else None
            self._annotate.show_mistake(mistake.sentence(), drawn, asks=True)
        else:
            words = _SAID_OF_CATEGORIES if isinstance(mistake, CategoryMistake) else _SAID
            self._annotate.show_mistake(words[said], None, asks=False)
