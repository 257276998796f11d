"""The check before a run, kept up to date by itself while the person looks at the form."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.train.check_thread import look_at_output, look_through
from gadget_trainer.ui.train.form_changes import tell_changes, that_matters

if TYPE_CHECKING:  # spaCy and SQLAlchemy behind these take longer to import than the window to paint
    from gadget_trainer.training.check import Findings
    from gadget_trainer.ui.session import Session
    from gadget_trainer.ui.train.form import TrainingForm
    from gadget_trainer.ui.train.problem_list import ProblemList

_MILLISECONDS = 400
"""A person who types is not checked at each letter."""


class LiveCheck(QObject):
    """Checks in a thread when something that matters has changed, one check at a time, and shows what it finds.

    It rests until ``invite``, and while it is told to by ``rest``.
    """

    answered = Signal(bool)
    """To ``check_for_start``: whether nothing stands in the way."""
    progressed = Signal(object)
    """While a start is checked: Preparing records."""
    failed = Signal(str)
    """While a start is checked: a sentence that says why it could not be."""

    def __init__(self, session: "Session", form: "TrainingForm", shown: "ProblemList", parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._form = form
        self._list = shown
        self._work = LatestSteps(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._awake = False
        self._starting = False
        self._over = False
        self._asked: TrainingSettings | None = None
        """What the check that goes on, or the latest one, was asked for; None where that is true no longer."""
        self._thorough = False
        """Whether that check looks, or looked, for everything."""
        self._findings: Findings | None = None
        """What it found so far."""
        self._timer.timeout.connect(self._check)
        self._work.stepped.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.broke.connect(self._break)
        session.texts_edited.connect(self._forget)
        session.texts_came_or_went.connect(self._forget)
        session.labels_changed.connect(self._forget)
        session.splits_changed.connect(self._forget)
        session.categories_changed.connect(self._forget)
        self._list.mend_requested.connect(self._mend)
        tell_changes(form, self._wait_a_moment)

    def invite(self) -> None:
        """The person looks at the form now: check as soon as something is not known."""
        self._awake = not self._over
        self._wait_a_moment()

    def rest(self) -> None:
        """Check nothing until ``invite``: the form is out of sight. A start that is being checked goes on."""
        self._awake = False
        self._timer.stop()
        if not self._starting and not self._is_settled():
            self._asked = None
            self._work.cancel()

    def check_for_start(self, settings: TrainingSettings) -> None:
        """Answer soon if a run may start; what is known is not looked for again. Rests until ``invite`` afterwards."""
        self._timer.stop()
        self._awake = False
        self._starting = True
        known = self._findings
        if known is not None and known.enough and not known.blocked and self._knows(settings):
            self._asked, self._thorough = settings, self._thorough and known.complete
            self._work.ask(look_at_output(known, settings))
        else:
            self._begin(settings, thorough=False)

    def is_for_start(self) -> bool:
        """Whether a start waits for its answer."""
        return self._starting

    def stop(self) -> None:
        """Let a start that is being checked be forgotten."""
        self._starting = False
        self.rest()

    def finish(self) -> None:
        """End everything; from then on ``invite`` is not heard."""
        self._over = True
        self._awake = self._starting = False
        self._timer.stop()
        self._work.finish()

    def _begin(self, settings: TrainingSettings, *, thorough: bool) -> None:
        self._asked, self._thorough, self._findings = settings, thorough, None
        self._work.ask(look_through(self._session.project, settings, for_start=not thorough))

    def _is_settled(self) -> bool:
        return self._findings is not None and self._findings.complete

    def _knows(self, settings: TrainingSettings) -> bool:
        return self._asked is not None and that_matters(self._asked) == that_matters(settings)

    @Slot()
    def _wait_a_moment(self) -> None:
        if self._awake:
            self._timer.start()
            self._tell()

    @Slot()
    def _forget(self) -> None:
        """What was found is no longer true of the texts."""
        self._asked = None
        if not self._starting:
            self._findings = None
            self._work.cancel()
        self._wait_a_moment()

    @Slot()
    def _check(self) -> None:
        settings = self._form.settings()
        known = self._findings
        if not self._knows(settings) or not self._thorough or (known is not None and known.blocked):
            self._begin(settings, thorough=True)
        elif known is not None and known.complete:
            self._work.ask(look_at_output(known, settings))

    @Slot(object)
    def _take(self, record: object) -> None:
        if not isinstance(record, Preparing):
            self._findings = record  # type: ignore[assignment]  # the check yields nothing else
            self._show()
        elif self._starting:
            self.progressed.emit(record)
        elif not self._tell():
            self._list.say(f"{record.message}…")

    def _show(self) -> None:
        found = self._findings
        if found is None or not (found.enough or found.blocked):
            return
        self._list.show_problems(found.problems)
        self._tell()
        if self._starting:
            self._starting = False
            self._work.cancel()
            self.answered.emit(not found.blocked)

    def _tell(self) -> bool:
        """Say what the check comes to, which follows the number of iterations; False if that is not known yet."""
        found = self._findings
        if found is None or not (found.enough or found.blocked):
            return False
        self._list.say(found.headline(self._form.settings().iterations))
        return True

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._asked = None
        if self._starting:
            self._starting = False
            self.failed.emit(sentence)
        else:
            self._list.say(sentence)

    @Slot()
    def _break(self) -> None:
        self._fail("The texts could not be checked, because of a fault of the program.")

    @Slot(object)
    def _mend(self, mend: object) -> None:
        project = self._session.project
        self._session.do(lambda: project.repairs.move_spans(mend.moves, mend.summary))  # type: ignore[attr-defined]
