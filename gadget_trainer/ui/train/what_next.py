"""What would help most next: the learning curve, measured on request, and the labels that starve."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.training.importing import import_spacy
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import unlabelled_texts
from gadget_trainer.training.what_next import (
    CurvePoint,
    CurveStep,
    curve_sentence,
    starving_categories,
    starving_labels,
)
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.steps import Steps
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.curve_chart import CurveChart

if TYPE_CHECKING:  # SQLAlchemy behind these takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.ui.session import Session

_STEPS = 1000
_INVITATION = "Four quick trainings, on 25, 50, 75 and 100 % of the texts, show what more texts would bring."
_MOST_LABELS = 8


class WhatNext(QWidget):
    """Measures a learning curve with the form's settings, and says in a sentence each what would help."""

    running_changed = Signal(bool)

    def __init__(self, session: "Session", settings: Callable[[], TrainingSettings]) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._steps: Steps | None = None
        self._points: list[CurvePoint] = []
        self._ask = _button("learningCurve", "What would more texts bring?", "train")
        self._cancel = _button("cancelCurve", "Cancel", "stop")
        self._progress = QProgressBar()
        self._progress.setObjectName("curveProgress")
        self._progress.setAccessibleName("Progress of the learning curve")
        self._progress.setRange(0, _STEPS)
        self._progress.setTextVisible(False)
        self._chart = CurveChart()
        self._words = _sentences("curveSentence", _INVITATION)
        self._labels = _sentences("starvingLabels", "")
        self._lay_out()
        self._ask.clicked.connect(self.start)
        self._cancel.clicked.connect(self.cancel)
        session.labels_changed.connect(self._count_labels)
        session.texts_edited.connect(self._count_labels)
        session.categories_changed.connect(self._count_labels)
        self._enable()

    def is_running(self) -> bool:
        """Whether a curve is being measured."""
        return self._steps is not None

    def allow(self, allowed: bool) -> None:
        """Whether a curve may be measured now: beside a run it would slow both down."""
        self._ask.setEnabled(allowed and self._steps is None)

    @Slot()
    def start(self) -> None:
        """Measure, from the texts as they are now."""
        if self._steps is not None:
            return
        project, settings = self._session.project, self._settings()
        self._points = []
        self._chart.show_points([])
        self._words.setText("Getting ready…")
        self._steps = Steps(lambda: _curve(project, settings), self, lambda one: isinstance(one, CurveStep))
        self._steps.stepped.connect(self._show)
        self._steps.failed.connect(self._words.setText)
        self._steps.crashed.connect(self._raise_crash)
        self._steps.finished.connect(self._end)
        self._steps.start()
        self._enable()
        self.running_changed.emit(True)

    @Slot()
    def cancel(self) -> None:
        """Stop within a batch; the points so far stay."""
        if self._steps is not None:
            self._steps.stop()
            self._cancel.setEnabled(False)
            self._words.setText("Stopping…")

    def finish(self) -> None:
        """End what is under way."""
        if self._steps is not None:
            self._steps.finish()

    def showEvent(self, event: QShowEvent) -> None:
        """Count the labels as they are now."""
        super().showEvent(event)
        self._count_labels()

    @Slot(object)
    def _show(self, record: object) -> None:
        if isinstance(record, CurvePoint):
            self._points.append(record)
            self._chart.show_points(self._points)
        elif isinstance(record, CurveStep) and self._steps is not None and not self._steps.was_stopped():
            self._progress.setValue(round(record.fraction * _STEPS))
            self._words.setText(f"{record.message}…")

    @Slot(str)
    def _raise_crash(self, details: str) -> None:
        self._words.setText("The learning curve ended by a fault of the program. Nothing was changed.")
        raise RuntimeError(details)

    @Slot()
    def _end(self) -> None:
        steps, self._steps = self._steps, None
        if steps is not None:
            if not steps.broken:
                said = curve_sentence(self._points, self._taught())
                self._words.setText(said or "Stopped before there was anything to compare.")
            steps.deleteLater()
        self._progress.setValue(0)
        self._enable()
        self.running_changed.emit(False)

    @Slot()
    def _count_labels(self) -> None:
        if not self.isVisible():
            return  # it is counted when it is looked at
        counts, project = self._session.counts(), self._session.project
        spans = {label.name: counts.spans.get(label.id, 0) for label in project.read.labels()}
        texts = {category.name: counts.categories.get(category.id, 0) for category in project.categories.all()}
        starving = [*starving_labels(spans), *starving_categories(texts)]
        more = len(starving) - _MOST_LABELS
        shown = [*starving[:_MOST_LABELS], *([f"And {more:,} more."] if more > 0 else [])]
        self._labels.setText("\n".join(shown))

    def _taught(self) -> str:
        """What a text needs to be scored on."""
        project = self._session.project
        there = (("an entity", project.read.labels()), ("a category", project.categories.all()))
        return " or ".join(what for what, names in there if names) or "an entity"

    def _enable(self) -> None:
        running = self._steps is not None
        self._ask.setEnabled(not running)
        self._cancel.setVisible(running)
        self._cancel.setEnabled(running)
        self._progress.setVisible(running)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for widget in (self._ask, self._cancel):
            buttons.addWidget(widget)
        buttons.addStretch()
        left = QVBoxLayout()
        left.setSpacing(UNIT)
        left.addLayout(buttons)
        left.addWidget(self._progress)
        left.addWidget(self._words)
        left.addWidget(self._labels)
        left.addStretch()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, UNIT, 0, 0)
        whole.setSpacing(3 * UNIT)
        whole.addLayout(left, 1)
        whole.addWidget(self._chart, 1)


def _curve(project: "Project", settings: TrainingSettings) -> Iterator[object]:
    import_spacy()
    from gadget_trainer.training.learning_curve import learning_curve  # spaCy is there by now

    def unlabelled() -> Iterator[str]:
        return unlabelled_texts(project.read.texts(project.read.text_ids(TextFilter(state=TextState.TODO))))

    yield from learning_curve(project.read.texts, settings, unlabelled, project.categories.scheme())


def _sentences(name: str, words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _button(name: str, words: str, picture: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    put_icon(button, picture)
    return button
