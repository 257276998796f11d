"""The Train workspace: the form and what stands in the way at the left, the run at the right."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gadget_trainer.training.past_runs import PastRun
from gadget_trainer.training.progress import Saved
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import words_in
from gadget_trainer.ui.train.broken_run import BrokenRun
from gadget_trainer.ui.train.discarding import Discarding
from gadget_trainer.ui.train.form import TrainingForm
from gadget_trainer.ui.train.form_memory import FormMemory
from gadget_trainer.ui.train.live_check import LiveCheck
from gadget_trainer.ui.train.problem_list import ProblemList
from gadget_trainer.ui.train.review import Review
from gadget_trainer.ui.train.run_buttons import RunButtons
from gadget_trainer.ui.train.run_control import RunControl
from gadget_trainer.ui.train.run_offers import BrokenOffCard, NewTextsRow
from gadget_trainer.ui.train.run_view import RunView
from gadget_trainer.ui.train.two_sides import two_sides
from gadget_trainer.ui.train.what_next import WhatNext

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


class TrainPage(QWidget):
    """Starts runs, one at a time, and shows how they go."""

    model_saved = Signal(object)
    """The Path of the folder that a pipeline was saved in."""
    texts_requested = Signal(object)
    """The ids of the texts that a problem is about."""
    mistake_requested = Signal(object)
    """A Mistake, or a Difference between two pipelines, that the person wants to see in its text."""
    tokenizer_changed = Signal(object)
    """Other TrainingSettings decide about the tokens now."""
    failed = Signal(str)
    noted = Signal(str)
    """Something of the run that the person should know."""
    asked = Signal(str, object)
    """A question, and what to call for each answer: see NoticeBar.ask."""
    offer_outdated = Signal()
    """The run that was broken off goes on, is gone, or has to wait for another."""
    running_changed = Signal(bool)

    def __init__(self, session: "Session", bases: list[Path]) -> None:
        super().__init__()
        self._session = session
        self._run = RunControl(session, self)
        self._broken = BrokenRun(session.project)
        self._settings = TrainingSettings(output=Path())
        self.form = TrainingForm(session.project.categories.scheme)
        self.form.offer_bases(bases)
        self._list = ProblemList()
        self._check = LiveCheck(session, self.form, self._list, self)
        self.view = RunView()
        self._review = Review(session, self.view, self)
        self._discarding = Discarding(self._run, self.view, self)
        self._what_next = WhatNext(session, self.form.settings)
        self.view.add_tab(self._what_next, "What next")
        self._buttons = RunButtons()
        self._offer = BrokenOffCard()
        self._new_texts = NewTextsRow()
        self._lay_out()
        self._buttons.start_requested.connect(self.start)
        self._buttons.pause_requested.connect(self._pause_or_go_on)
        self._buttons.stop_requested.connect(self.stop)
        self._buttons.discard_requested.connect(self._discarding.ask)
        self._connect_run()
        self._connect_review()
        self._list.texts_requested.connect(self.texts_requested)
        self._check.progressed.connect(self.view.show_record)
        self._check.answered.connect(self._end_check)
        self._check.failed.connect(self._fail)
        self._check.failed.connect(self._enable)
        self.form.tokenizer_changed.connect(self._tell_tokenizer)
        self._what_next.running_changed.connect(self._enable)
        self._memory = FormMemory(session, self.form, self)
        self._broken.look()
        self._enable()

    def is_running(self) -> bool:
        """Whether a run goes on, be it paused or saving."""
        return self._run.is_running()

    def _is_free(self) -> bool:
        """Whether a run can begin: what is trained and not kept draws from the same random numbers as a run."""
        measuring = self._review.is_searching() or self._what_next.is_running()
        return not (self._check.is_for_start() or self._run.is_running() or measuring)

    def has_failed(self) -> bool:
        """Whether the latest run ended with an error, so that nothing of it was saved."""
        return self._run.has_failed

    def broken_run(self) -> str:
        """What there is to say of a run that was broken off and can go on; empty where there is none."""
        return self._broken.sentence()

    def invite(self) -> None:
        """Suggest what follows from the texts as they are now."""
        self.form.fit_to(words_in(self._session.project.read.code_points_done()))
        self._review.refresh()
        self._check_when_free()

    @Slot()
    def start(self) -> None:
        """Check, and train when nothing stands in the way."""
        if not self._is_free():
            return
        settings = self.form.settings()
        wrong = settings.problems()
        if wrong:
            self.failed.emit(" ".join(wrong))
            return
        self._memory.keep()
        self._settings = settings
        self._review.cancel()
        self.view.begin()
        self._check.check_for_start(settings)
        self._enable()
        self.offer_outdated.emit()

    @Slot()
    def stop(self) -> None:
        """Train no further batch, and save the best so far."""
        if self._check.is_for_start():
            self._check.stop()
            self.view.end_without_run("Stopped before anything was learned.")
            self._enable()
            self._check_when_free()
        elif self._run.is_running():
            self.view.note_stop()
            self._run.stop()
            self._enable()

    @Slot()
    def resume(self) -> None:
        """Go on with the run that was broken off."""
        found = self._broken.found
        if found is not None and self._is_free():
            self._check.rest()
            self._review.cancel()
            self.view.begin()
            self._settings = self._settings_of(found.run.settings)
            self._run.begin(self._settings, found)
            self.offer_outdated.emit()

    def finish(self) -> None:
        """End everything without saving."""
        self._check.finish()
        self._run.finish()
        self._review.finish()
        self.view.packaging.finish()
        self._what_next.finish()
        self.form.finish()

    @Slot()
    def _pause_or_go_on(self) -> None:
        self._run.pause_or_go_on()
        if self._run.is_paused():
            self.view.tell("Paused. What was learned so far is kept in memory.")
        self._enable()

    @Slot()
    def _discard_broken_run(self) -> None:
        if self._broken.discard():
            self._enable()
            self.offer_outdated.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the findings any more."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._check.rest()

    @Slot()
    def _check_when_free(self) -> None:
        busy = self._run.is_running() or self._check.is_for_start() or self._review.is_busy()
        if not busy and self.isVisible():
            self._check.invite()

    @Slot(bool)
    def _end_check(self, clear: bool) -> None:
        if clear:
            self._run.begin(self._settings)
        else:
            self.view.end_without_run("Nothing was trained: see at the left what stands in the way.")
        self._enable()
        self._check_when_free()

    def _connect_run(self) -> None:
        self._run.record_came.connect(self._take_record)
        self._run.noted.connect(self.noted)
        self._run.new_texts_counted.connect(self._new_texts.show_number)
        self._run.failed.connect(self._fail)
        self._run.crashed.connect(self._crash)
        self._run.began.connect(self._note_begin)
        self._discarding.asked.connect(self.asked)
        self._discarding.discarded.connect(self._enable)
        self._run.ended.connect(self._end_run)
        self._new_texts.join_requested.connect(self._run.join_texts)
        self._offer.resume_requested.connect(self.resume)
        self._offer.discard_requested.connect(self._discard_broken_run)

    def _connect_review(self) -> None:
        self._review.text_requested.connect(self.mistake_requested)
        self._review.run_shown.connect(self._take_earlier_run)
        self._review.mistakes_ended.connect(self._check_when_free)
        self._review.search_requested.connect(self._search_errors)
        self._review.search_changed.connect(self._enable)
        self._review.failed.connect(self.failed)
        self.view.mistakes.train_again_requested.connect(self._train_again)

    @Slot()
    def _note_begin(self) -> None:
        self._enable()
        self.running_changed.emit(True)

    @Slot(object)
    def _take_record(self, record: object) -> None:
        self.view.show_record(record)
        self._new_texts.follow(record)
        if isinstance(record, Saved):
            self.model_saved.emit(record.folder)
            self._review.look_at(self._run.trained, record.folder)

    @Slot(object)
    def _take_earlier_run(self, run: PastRun) -> None:
        """The run view shows that run again: Train again would be with its settings."""
        self._settings = self._settings_of(run.settings)

    def _settings_of(self, kept: Mapping[str, Any]) -> TrainingSettings:
        """What a run was trained with; what an older program did not keep is as the form has it."""
        return TrainingSettings.from_json(kept, self.form.settings())

    @Slot()
    def _end_run(self) -> None:
        self.view.note_end()
        self._review.refresh()
        self._broken.look()
        self._enable()
        self.running_changed.emit(False)
        self._check_when_free()

    @Slot()
    def _train_again(self) -> None:
        """With the settings of the run that the mistakes are from, whatever the form says now."""
        if self._settings.problems() == []:
            self.form.show_settings(self._settings)
        self.start()

    @Slot()
    def _search_errors(self) -> None:
        """Look for wrong annotations; a run would draw from the same random numbers, so one waits for the other."""
        if self._is_free():
            self._review.search(self.form.settings())

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self.view.end_without_run("The training ended early.", sentence)
        self.failed.emit(sentence)

    @Slot(str)
    def _crash(self, details: str) -> None:
        self._fail("The training ended by a fault of the program. What was saved before is as it was.")
        raise RuntimeError(details)

    def use_language(self, code: str) -> None:
        """Cut the texts of this project into tokens as that language does, from now on."""
        self.form.use_language(code)
        self._memory.keep()

    @Slot()
    def _tell_tokenizer(self) -> None:
        self.tokenizer_changed.emit(self.form.settings())

    @Slot()
    def _enable(self) -> None:
        running, starting = self._run.is_running(), self._check.is_for_start()
        self._offer.offer("" if running or starting else self.broken_run())
        self._what_next.allow(not running and not starting and not self._review.is_searching())
        self._buttons.allow_start(self._is_free())
        paused, stopping = self._run.is_paused(), self._run.is_stopping()
        self._buttons.show_run(starting=starting, running=running, paused=paused, stopping=stopping)
        self.view.mistakes.set_running(running or starting)
        self.form.setEnabled(not running and not starting)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(two_sides((self._offer, self.form, self._buttons, self._new_texts, self._list), self.view))
