"""The three workspaces of an open project, and what they tell each other."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.project import Project
from gadget_trainer.training.mistakes import Mistake
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.annotate.guidelines import GuidelinesDock
from gadget_trainer.ui.annotate.history import HistoryDock
from gadget_trainer.ui.annotate.page import AnnotatePage
from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.preferences import Preferences
from gadget_trainer.ui.session import Session
from gadget_trainer.ui.train.page import TrainPage
from gadget_trainer.ui.try_out.page import TryPage


class Workspaces(QObject):
    """Made when a project is opened; ``finish`` ends everything that it started and closes the project."""

    switch_requested = Signal(str)
    """Another workspace should be shown: the name of its action."""

    def __init__(
        self, project: Project, actions: Actions, notice: NoticeBar, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._notice = notice
        self.session = Session(project, self)
        models = preferences.recent_models()
        self.train = TrainPage(self.session, models)
        self.annotate = AnnotatePage(self.session, actions, notice, self.train.form.settings())
        self.try_out = TryPage(models)
        self.history = HistoryDock(self.session)
        self.guidelines = GuidelinesDock(self.session)
        self.set_text_size(preferences.text_size)
        self.history.text_requested.connect(self._show_text)
        self.annotate.failed.connect(notice.complain)
        self.train.failed.connect(notice.complain)
        self.train.texts_requested.connect(self._show_texts)
        self.train.mistake_requested.connect(self._show_mistake)
        self.train.tokenizer_changed.connect(self.annotate.use_tokenizer)
        self.train.model_saved.connect(self._offer_model)
        self.session.labels_changed.connect(self._share_colours)
        self._share_colours()

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
            self.try_out.input.setFocus()

    def docks(self) -> "dict[str, HistoryDock | GuidelinesDock]":
        """The docks, by the action that shows them."""
        return {"showHistory": self.history, "showGuidelines": self.guidelines}

    @Slot(float)
    def set_text_size(self, points: float) -> None:
        """The size of texts in all workspaces."""
        self.annotate.set_text_size(points)
        self.try_out.set_text_size(points)

    def language(self) -> str:
        """The language of the pipeline that is trained from this project."""
        return self.train.form.settings().language

    def is_training(self) -> bool:
        """Whether a run goes on."""
        return self.train.is_running()

    def finish(self) -> None:
        """End all threads and close the project file."""
        for page in (self.train, self.annotate, self.try_out):
            page.finish()
        self.guidelines.keep()
        self.session.project.close()

    @Slot(object)
    def _show_texts(self, text_ids: tuple[int, ...]) -> None:
        self.switch_requested.emit("showAnnotate")
        self.annotate.list.show_only(text_ids)

    @Slot(int)
    def _show_text(self, text_id: int) -> None:
        self.switch_requested.emit("showAnnotate")
        if not self.annotate.show_text(text_id):
            self._notice.complain("That text is no longer in the project.")

    @Slot(object)
    def _show_mistake(self, mistake: Mistake) -> None:
        self.switch_requested.emit("showAnnotate")
        self._notice.inform(mistake.sentence())
        end = mistake.start + len(mistake.surface)
        if not self.annotate.show_place(mistake.text_id, mistake.start, end, mistake.expected):
            self._notice.complain("That text is no longer in the project.")

    @Slot(object)
    def _offer_model(self, folder: Path) -> None:
        self._preferences.remember_model(folder)
        self.try_out.offer(folder)
        self.train.form.offer_bases(self._preferences.recent_models())

    @Slot()
    def _share_colours(self) -> None:
        labels = self.session.project.read.labels()
        self.try_out.set_label_colours({label.name: label.colour for label in labels})
