"""The three workspaces of an open project, and what they tell each other."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.outcomes import Outcome
from gadget_trainer.corpus.project import Project
from gadget_trainer.training.category_mistakes import CategoryMistake
from gadget_trainer.training.comparing import AnyDifference, CategoryDifference, Difference
from gadget_trainer.training.mistakes import Mistake
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.guidelines import GuidelinesDock
from gadget_trainer.ui.annotate.history import HistoryDock
from gadget_trainer.ui.annotate.page import AnnotatePage
from gadget_trainer.ui.busy_bar import BusyBar
from gadget_trainer.ui.language_offer import LanguageOffer
from gadget_trainer.ui.mistake_review import MistakeReview
from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.preferences import Preferences
from gadget_trainer.ui.session import Session
from gadget_trainer.ui.train.page import TrainPage
from gadget_trainer.ui.try_out.page import TryPage
from gadget_trainer.ui.waiting import Waiting

_MILLISECONDS_TO_PAINT = 250
"""The preferences go to the disk some time after a pipeline was saved: the window paints the end of the run first."""


class Workspaces(QObject):
    """Made when a project is opened; ``finish`` ends everything that it started and closes the project."""

    switch_requested = Signal(str)
    """Another workspace should be shown: the name of its action."""

    def __init__(
        self,
        project: Project,
        actions: Actions,
        notice: NoticeBar,
        busy: BusyBar,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._offered = ""
        self._saved: Path | None = None
        self._notice = notice
        self.session = Session(project, self)
        self.waiting = Waiting(self.session, busy, self)
        models = preferences.recent_models()
        self.train = TrainPage(self.session, models)
        self.try_out = TryPage(self.session, models)
        self.history = HistoryDock(self.session)
        self.guidelines = GuidelinesDock(self.session)
        self.annotate = AnnotatePage(self.session, actions, notice, self.train.form.settings())
        self.review = MistakeReview(self.session, self.annotate, actions, self)
        self.set_text_size(preferences.text_size)
        self.annotate.labels.activated.connect(self.guidelines.follow)
        self.guidelines.follow(self.annotate.labels.active() or "")
        self.history.text_requested.connect(self._show_text)
        self.session.travelled.connect(self._follow)
        self.annotate.failed.connect(LanguageOffer(self.session, self.train, notice, self).complain)
        self.train.failed.connect(notice.complain)
        self.train.noted.connect(notice.inform)
        self.train.asked.connect(self._ask)
        self.train.offer_outdated.connect(self._withdraw_offer)
        self.train.texts_requested.connect(self.show_texts)
        self.train.mistake_requested.connect(self._show_mistake)
        self.review.next_requested.connect(self._show_next_mistake)
        self.review.kept.connect(self.train.view.mistakes.note)
        self.train.view.mistakes.listed.connect(self.annotate.list.show_mistakes)
        self.train.tokenizer_changed.connect(self.annotate.use_tokenizer)
        self.train.model_saved.connect(self._offer_model)
        self.session.labels_changed.connect(self._share_colours)
        self._share_colours()
        # The window takes away what was said before it shows a project.
        QTimer.singleShot(0, self, self._offer_broken_run)

    def pages(self) -> tuple[QWidget, QWidget, QWidget]:
        """Annotate, Train, Try."""
        return (self.annotate, self.train, self.try_out)

    def enter(self, name: str) -> None:
        """The workspace of that action is shown now."""
        if name == "showTrain":
            self.train.invite()
        elif name == "showAnnotate":
            self.annotate.focus_text()
        else:
            self.try_out.enter()

    def docks(self) -> "dict[str, HistoryDock | GuidelinesDock]":
        """The docks, by the action that shows them."""
        return {"showHistory": self.history, "showGuidelines": self.guidelines}

    @Slot(float)
    def set_text_size(self, points: float) -> None:
        """The size of texts in all workspaces."""
        self.annotate.set_text_size(points)
        self.try_out.set_text_size(points)

    def is_training(self) -> bool:
        """Whether a run goes on."""
        return self.train.is_running()

    def finish(self) -> None:
        """End all threads and close the project file."""
        for part in (self.session, self.train, self.annotate, self.try_out):
            part.finish()
        self.guidelines.finish()
        self._remember_model()
        self.session.project.close()

    @Slot(object)
    def show_texts(self, text_ids: tuple[int, ...]) -> None:
        """Show these texts, and no others, where they are annotated."""
        self.switch_requested.emit("showAnnotate")
        self.annotate.list.show_only(text_ids)

    @Slot(int)
    def _show_text(self, text_id: int) -> None:
        self.switch_requested.emit("showAnnotate")
        if not self.annotate.show_text(text_id):
            self._notice.complain("That text is no longer in the project.")

    @Slot(object)
    def _follow(self, outcome: Outcome) -> None:
        """Undo and redo lead to what they change, from wherever they are asked for."""
        if outcome.text_id is not None:
            if not self.annotate.isVisible():  # else the list in which it was undone keeps the keys
                self.switch_requested.emit("showAnnotate")
            self.annotate.show_change(outcome)

    @Slot(object)
    def _show_mistake(self, mistake: Mistake | CategoryMistake | AnyDifference) -> None:
        self.switch_requested.emit("showAnnotate")
        match mistake:
            case Difference() | CategoryDifference():
                shown = self._show_difference(mistake)
            case Mistake() | CategoryMistake():
                shown = self.review.show(mistake)
        if not shown:
            self._notice.complain("That text is no longer in the project.")

    def _show_difference(self, one: AnyDifference) -> bool:
        """Lead to what two pipelines read differently; False where it is gone."""
        self.review.end()
        self._notice.inform(one.sentence())
        if isinstance(one, CategoryDifference):
            return self.annotate.show_text(one.text_id)
        return self.annotate.show_place(one.text_id, one.start, one.start + len(one.surface), one.expected)

    @Slot()
    def _show_next_mistake(self) -> None:
        if not self.train.view.mistakes.show_next():
            self.switch_requested.emit("showTrain")
            self._notice.inform("No other mistake in this list is left to look at.")

    @Slot(object)
    def _offer_model(self, folder: Path) -> None:
        self.try_out.offer(folder)
        self._saved = folder
        QTimer.singleShot(_MILLISECONDS_TO_PAINT, self, self._remember_model)

    @Slot()
    def _remember_model(self) -> None:
        if self._saved is not None:
            self._preferences.remember_model(self._saved)
            self._saved = None
            self.train.form.offer_bases(self._preferences.recent_models())

    @Slot(str, object)
    def _ask(self, sentence: str, choices: dict[str, Callable[[], object]]) -> None:
        self._notice.ask(sentence, **choices)

    @Slot()
    def _offer_broken_run(self) -> None:
        self._offered = self.train.broken_run()
        if self._offered:
            self._notice.offer(self._offered, Go_on=self._resume_run, Later=lambda: None)

    @Slot()
    def _withdraw_offer(self) -> None:
        if self._offered and self._notice.text() == self._offered:
            self._notice.dismiss()

    def _resume_run(self) -> None:
        self.switch_requested.emit("showTrain")
        self.train.resume()

    @Slot()
    def _share_colours(self) -> None:
        labels = self.session.project.read.labels()
        self.try_out.set_label_colours({label.name: label.colour for label in labels})
