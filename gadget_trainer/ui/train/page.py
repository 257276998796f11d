"""The Train workspace: the form and what stands in the way at the left, the run at the right."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gadget_trainer.training.past_runs import PastRun
from gadget_trainer.training.progress import BatchDone, IterationDone, Saved
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import words_in
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.places import documents
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.error_search import ErrorSearch
from gadget_trainer.ui.train.form import TrainingForm
from gadget_trainer.ui.train.live_check import LiveCheck
from gadget_trainer.ui.train.problem_list import ProblemList
from gadget_trainer.ui.train.run_control import RunControl
from gadget_trainer.ui.train.run_history import RunHistory
from gadget_trainer.ui.train.run_mistakes import RunMistakes
from gadget_trainer.ui.train.run_offers import BrokenOffCard, NewTextsRow
from gadget_trainer.ui.train.run_view import RunView
from gadget_trainer.ui.train.what_next import WhatNext

if TYPE_CHECKING:  # spaCy and SQLAlchemy behind these take longer to import than the window to paint
    from gadget_trainer.training.broken_off import BrokenOff
    from gadget_trainer.ui.session import Session

_SETTINGS = "training_settings"


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
        self._starting = False
        self._run = RunControl(session, self)
        self._broken_off: BrokenOff | None = None
        self._settings = TrainingSettings(output=Path())
        self._search = ErrorSearch(session.project, self)
        self.form = TrainingForm(session.project.categories.scheme)
        self.form.offer_bases(bases)
        self._list = ProblemList()
        self._check = LiveCheck(session, self.form, self._list, self)
        self.view = RunView()
        self._mistakes = RunMistakes(session.project, self.view, self)
        self._history = RunHistory(session.project, self.view, self)
        self._what_next = WhatNext(session, self.form.settings)
        self.view.add_tab(self._what_next, "What next")
        self._start = _button("startTraining", "Start", "start", primary=True)
        self._pause = _button("pauseTraining", "Pause", "pause")
        self._stop = _button("stopTraining", "Stop", "stop")
        self._stop.setToolTip("Stop within one batch, and save the best so far")
        self._discard = _button("discardTraining", "Discard", "delete")
        self._discard.setToolTip("Stop within one batch, and save nothing")
        self._offer = BrokenOffCard()
        self._new_texts = NewTextsRow()
        self._lay_out()
        self._start.clicked.connect(self.start)
        self._pause.clicked.connect(self._pause_or_go_on)
        self._stop.clicked.connect(self.stop)
        self._discard.clicked.connect(self._ask_to_discard)
        self._connect_run()
        self._connect_mistakes()
        self._list.texts_requested.connect(self.texts_requested)
        self._check.progressed.connect(self.view.show_record)
        self._check.answered.connect(self._end_check)
        self._check.failed.connect(self._fail_check)
        self.form.tokenizer_changed.connect(self._tell_tokenizer)
        self._what_next.running_changed.connect(self._enable)
        self._remember_form()
        self._look_for_broken_run()

    def is_running(self) -> bool:
        """Whether a run goes on, be it paused or saving."""
        return self._run.is_running()

    def _is_measuring(self) -> bool:
        """Whether something else is trained that is not kept: it draws from the same random numbers as a run."""
        return self._search.is_running() or self._what_next.is_running()

    def _is_free(self) -> bool:
        """Whether a run can begin."""
        return not (self._starting or self._run.is_running() or self._is_measuring())

    def has_failed(self) -> bool:
        """Whether the latest run ended with an error, so that nothing of it was saved."""
        return self._run.has_failed

    def broken_run(self) -> str:
        """What there is to say of a run that was broken off and can go on; empty where there is none."""
        return self._broken_off.sentence() if self._broken_off is not None else ""

    def invite(self) -> None:
        """Suggest what follows from the texts as they are now."""
        self.form.fit_to(words_in(self._session.project.read.code_points_done()))
        self._history.refresh()
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
        self._session.project.keep_setting(_SETTINGS, self.form.kept())
        self._settings = settings
        self._mistakes.cancel()
        self.view.begin()
        self._starting = True
        self._enable()
        self._check.check_for_start(settings)
        self.offer_outdated.emit()

    @Slot()
    def stop(self) -> None:
        """Train no further batch, and save the best so far."""
        if self._starting:
            self._check.stop()
            self._starting = False
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
        if self._broken_off is not None and self._is_free():
            self._check.rest()
            self._mistakes.cancel()
            self.view.begin()
            self._settings = self._settings_of(self._broken_off.run.settings)
            self._run.begin(self._settings, self._broken_off)
            self.offer_outdated.emit()

    def finish(self) -> None:
        """End everything without saving."""
        self._check.finish()
        self._run.finish()
        self._search.finish()
        self.view.packaging.finish()
        self._mistakes.finish()
        self._history.finish()
        self._what_next.finish()
        self.form.finish()

    @Slot()
    def _pause_or_go_on(self) -> None:
        self._run.pause_or_go_on()
        if self._run.is_paused():
            self.view.tell("Paused. What was learned so far is kept in memory.")
        self._enable()

    @Slot()
    def _ask_to_discard(self) -> None:
        done = len(self.view.records())
        if not done:
            self._discard_run()
            return
        noun = "iteration" if done == 1 else "iterations"
        self.asked.emit(
            f"What was learned in {done:,} {noun} will be lost. Stop saves the best of it.",
            {"Discard_the_run": self._discard_run, "Go_on_training": lambda: None},
        )

    def _discard_run(self) -> None:
        if self._run.is_running() and not self._run.is_stopping():
            self._run.discard()
            self.view.end_without_run("The run was discarded.", "Nothing of it was saved.")
            self._enable()

    def _look_for_broken_run(self) -> None:
        from gadget_trainer.training.broken_off import latest_broken_off  # SQLAlchemy

        self._broken_off = latest_broken_off(self._session.project)
        self._enable()

    @Slot()
    def _discard_broken_run(self) -> None:
        from gadget_trainer.training.broken_off import discard_broken_off

        if self._broken_off is not None:
            discard_broken_off(self._session.project, self._broken_off)
            self._look_for_broken_run()
            self.offer_outdated.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the findings any more."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._check.rest()

    @Slot()
    def _check_when_free(self) -> None:
        busy = self._run.is_running() or self._starting or self._mistakes.is_busy()
        if not busy and self.isVisible():
            self._check.invite()

    @Slot(bool)
    def _end_check(self, clear: bool) -> None:
        self._starting = False
        if clear:
            self._train()
        else:
            self.view.end_without_run("Nothing was trained: see at the left what stands in the way.")
        self._enable()
        self._check_when_free()

    @Slot(str)
    def _fail_check(self, sentence: str) -> None:
        self._starting = False
        self._fail(sentence)
        self._enable()

    def _train(self) -> None:
        self._run.begin(self._settings)

    def _connect_run(self) -> None:
        self._run.record_came.connect(self._take_record)
        self._run.noted.connect(self.noted)
        self._run.new_texts_counted.connect(self._new_texts.show_number)
        self._run.failed.connect(self._fail)
        self._run.crashed.connect(self._crash)
        self._run.began.connect(self._note_begin)
        self._run.ended.connect(self._end_run)
        self._new_texts.join_requested.connect(self._run.join_texts)
        self._offer.resume_requested.connect(self.resume)
        self._offer.discard_requested.connect(self._discard_broken_run)

    def _connect_mistakes(self) -> None:
        self.view.mistakes.follow(self._session)
        self.view.mistakes.mistake_requested.connect(self.mistake_requested)
        self.view.mistakes.train_again_requested.connect(self._train_again)
        self.view.mistakes.search.requested.connect(self._search_errors)
        self.view.mistakes.search.cancelled.connect(self._search.cancel)
        self._search.progressed.connect(self.view.mistakes.search.show_progress)
        self._search.found.connect(self.view.show_record)
        self._search.running_changed.connect(self._note_search)
        self._search.failed.connect(self.failed)
        self._mistakes.ended.connect(self._check_when_free)
        self._history.text_requested.connect(self.mistake_requested)
        self._history.run_shown.connect(self._take_earlier_run)

    @Slot()
    def _note_begin(self) -> None:
        self._enable()
        self.running_changed.emit(True)

    @Slot(object)
    def _take_record(self, record: object) -> None:
        self.view.show_record(record)
        if isinstance(record, BatchDone):
            self._new_texts.note_iteration(record.iteration, record.iterations)
        elif isinstance(record, IterationDone):
            self._new_texts.note_iteration(record.iteration + 1, record.iterations)
        elif isinstance(record, Saved):
            self.model_saved.emit(record.folder)
            self._mistakes.look_at(self._run.trained, record.folder)

    @Slot(object)
    def _take_earlier_run(self, run: PastRun) -> None:
        """The run view shows that run again: so do its mistakes, and Train again would be with its settings."""
        self._settings = self._settings_of(run.settings)
        self._mistakes.look_again(run)

    def _settings_of(self, kept: Mapping[str, Any]) -> TrainingSettings:
        """What a run was trained with; what an older program did not keep is as the form has it."""
        return TrainingSettings.from_json(kept, self.form.settings())

    @Slot()
    def _end_run(self) -> None:
        self.view.note_end()
        self._history.refresh()
        self._look_for_broken_run()
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
            self._search.begin(self.form.settings())

    @Slot(bool)
    def _note_search(self, running: bool) -> None:
        self.view.mistakes.search.show_running(running=running)
        self._enable()

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
        self._session.project.keep_setting(_SETTINGS, self.form.kept())

    @Slot()
    def _take_splits(self) -> None:
        self.form.use_splits(self._session.project.splits.all())

    @Slot()
    def _tell_tokenizer(self) -> None:
        self.tokenizer_changed.emit(self.form.settings())

    def _remember_form(self) -> None:
        project = self._session.project
        self.form.output.setText(str(documents() / f"{project.path.stem} model"))
        kept = project.setting(_SETTINGS)
        if isinstance(kept, dict):
            self.form.restore(kept)
        self._session.splits_changed.connect(self._take_splits)
        self._take_splits()

    @Slot()
    def _enable(self) -> None:
        running, paused = self._run.is_running(), self._run.is_paused()
        self._offer.offer("" if running or self._starting else self.broken_run())
        self._what_next.allow(not running and not self._starting and not self._search.is_running())
        self._start.setEnabled(self._is_free())
        self.view.mistakes.set_running(running or self._starting)
        self._pause.setEnabled(running)
        self._discard.setEnabled(running and not self._run.is_stopping())
        self._pause.setText("Go on" if paused else "Pause")
        put_icon(self._pause, "start" if paused else "pause")
        self._stop.setEnabled(running or self._starting)
        self.form.setEnabled(not running and not self._starting)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for button in (self._start, self._pause, self._stop, self._discard):
            buttons.addWidget(button)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addWidget(self._offer)
        column.addWidget(self.form)
        column.addLayout(buttons)
        column.addWidget(self._new_texts)
        column.addWidget(self._list)
        column.addStretch()
        splitter = QSplitter()
        splitter.addWidget(_scrolled(left))
        splitter.addWidget(_scrolled(self.view))
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([400, 800])
        splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)


def _scrolled(content: QWidget) -> QScrollArea:
    """Room for more than a low window shows; never scrolled sideways."""
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setMinimumWidth(content.minimumSizeHint().width() + UNIT)
    return area


def _button(name: str, words: str, picture: str, *, primary: bool = False) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setProperty("primary", primary)
    if not primary:
        put_icon(button, picture)
    return button
