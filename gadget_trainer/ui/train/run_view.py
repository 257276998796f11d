"""A run as it goes on, or an earlier one again: what it means, how far it is, the curves, the tables."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QTabWidget, QVBoxLayout, QWidget

from gadget_trainer.training.kept_labels import KeptLabel, alarm
from gadget_trainer.training.mistakes import Mistakes
from gadget_trainer.training.past_runs import Folder, PastRun
from gadget_trainer.training.progress import (
    BatchDone,
    EndedEarly,
    IterationDone,
    Preparing,
    Resumed,
    Saved,
    Saving,
    Scoring,
    duration,
)
from gadget_trainer.training.verdict import verdict
from gadget_trainer.ui.late import late
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.chart_panel import ChartPanel
from gadget_trainer.ui.train.kept_panel import KeptPanel
from gadget_trainer.ui.train.mistake_list import MistakeList
from gadget_trainer.ui.train.packaging_bar import PackagingBar
from gadget_trainer.ui.train.runs_panel import RunsPanel
from gadget_trainer.ui.train.score_models import loss_text
from gadget_trainer.ui.train.scores_panel import ScoresPanel

_STEPS = 1000
_INVITATION = (
    "Press Start. The texts that are marked done are learned from, some of them are held out to see how well it "
    "does, and the best iteration is saved."
)
_NO_ITERATION = "This run ended before its first iteration was through."


class RunView(QWidget):
    """Shows the records of one run."""

    def __init__(self) -> None:
        super().__init__()
        self._records: list[IterationDone] = []
        self._end = "Finished"
        self._live = False
        self.verdict = QLabel(_INVITATION)
        self.verdict.setObjectName("verdict")
        self.verdict.setAccessibleName("What it means")
        self.verdict.setProperty("heading", True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setObjectName("trainingProgress")
        self.progress.setAccessibleName("Progress of the run")
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.status = QLabel()
        self.status.setObjectName("trainingStatus")
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setProperty("second", True)
        self.status.setWordWrap(True)
        self._panel = ChartPanel()
        self.chart = self._panel.chart
        self.scores = ScoresPanel()
        self.mistakes = MistakeList()
        self.runs = RunsPanel()
        self.kept = KeptPanel()
        self.packaging = PackagingBar()
        self._lay_out()
        self.mistakes.listed.connect(self._name_mistakes)

    def begin(self) -> None:
        """Forget the run before."""
        self._records = []
        self._end = "Finished"
        self._live = True
        self.scores.show_run([])
        self.mistakes.forget()
        self.runs.forget_choice()
        self.packaging.withdraw()
        self._tabs.setTabVisible(self._place_of_kept, False)
        self._tabs.setCurrentIndex(0)
        self._panel.show_run([], 0)
        self.chart.show_beside([])
        self.verdict.setText("Getting ready…")
        self.tell("")
        self.progress.setValue(0)

    def show_record(self, record: object) -> None:
        """Show what the run reports."""
        match record:
            case Preparing() | Saving():
                self.tell(record.message)
            case BatchDone():
                self._show_batch(record)
            case Scoring():
                self.tell(f"Iteration {record.iteration:,}: scoring {record.done:,} of {record.total:,} held-out texts")
            case IterationDone():
                self._show_iteration(record)
            case Resumed():
                for one in record.records:
                    self._show_iteration(one)
            case EndedEarly():
                self._end = f"Ended early, because {record.iterations:,} iterations brought no better score"
            case Saved():
                self._show_saved(record)
            case Mistakes():
                self.mistakes.show_mistakes(record)

    def note_stop(self) -> None:
        """The person has had enough; what was learned is about to be saved."""
        self._end = "Stopped"
        self.tell("Stopping…")

    def note_end(self) -> None:
        """No run goes on any more, so earlier ones can take its place."""
        self._live = False

    def show_kept(self, chosen: Sequence[PastRun]) -> PastRun | None:
        """Show one earlier run as if it had just ended; of two the later one, and the earlier one beside it.

        While a run goes on it stays, and one earlier run is drawn beside it. Returns the run that is shown again;
        whoever knows its mistakes shows them as a record.
        """
        beside = chosen[:1] if self._live or len(chosen) == 2 else []
        shown = chosen[-1] if chosen and not self._live else None
        if shown is not None:
            self._show_again(shown)
        for run in beside:
            self.chart.show_beside(run.iterations, run.when)
        if not beside:
            self.chart.show_beside([])
        return shown

    def end_without_run(self, verdict: str, sentence: str = "") -> None:
        """Nothing is trained, or no longer: say why."""
        self._live = False
        self.verdict.setText(verdict)
        self.tell(sentence)
        self.progress.setValue(0)

    def add_tab(self, page: QWidget, words: str) -> None:
        """One more page beside the tables."""
        self._tabs.addTab(late(page), words)

    def tell(self, sentence: str) -> None:
        """Say something under the progress bar."""
        self.status.setText(sentence)

    def records(self) -> list[IterationDone]:
        """The iterations so far."""
        return list(self._records)

    def _show_batch(self, record: BatchDone) -> None:
        if not self._records:
            self.verdict.setText("The first iteration: there is a score when it ends.")
        self.progress.setValue(round((record.iteration - 1 + record.fraction) / record.iterations * _STEPS))
        left = f" · {duration(record.seconds_left)} left" if record.seconds_left is not None else ""
        speed = f" · {self._records[-1].words_per_second:,.0f} words a second" if self._records else ""
        loss = f" · {self._loss_so_far(record.loss_per_1000_words)}" if record.loss_per_1000_words is not None else ""
        self.tell(f"Iteration {record.iteration:,} of {record.iterations:,}{loss}{speed}{left}")

    def _loss_so_far(self, loss: float) -> str:
        """The loss within the iteration; per 1,000 words, so that it can be held against the iteration before."""
        before = f" (before: {loss_text(self._records[-1].loss_per_1000_words)})" if self._records else ""
        return f"loss {loss_text(loss)} per 1,000 words so far{before}"

    def _show_iteration(self, record: IterationDone) -> None:
        self._records.append(record)
        self.scores.add(record)
        self._panel.add(record)
        self.verdict.setText(verdict(self._records))

    def _show_again(self, run: PastRun) -> None:
        self._records = list(run.iterations)
        self.scores.show_run(run.iterations)
        self._panel.show_run(run.iterations, max((one.iteration for one in run.iterations), default=0))
        said = verdict(run.iterations, ended=True) or _NO_ITERATION
        self.verdict.setText(" ".join(filter(None, (said, alarm(run.kept)))))
        self.progress.setValue(_STEPS if run.best else 0)
        self.tell(_about(run))
        self.mistakes.forget(_mistakes_words(run))
        self._show_kept_labels(run.kept)
        if run.path is not None and run.folder is Folder.HERE:
            self.packaging.offer(run.path)
        else:
            self.packaging.withdraw()

    def _show_saved(self, record: Saved) -> None:
        self.progress.setValue(_STEPS)
        which = f"Iteration {record.best_iteration:,}" if record.best_iteration else "What was learned so far"
        proven = (
            f" It was loaded again and found the same in {record.checked_texts:,} texts."
            if record.checked_texts
            else ""
        )
        self.tell(f"{self._end}. {which} is saved in {record.folder}.{proven}")
        if self._records:
            self.verdict.setText(" ".join(filter(None, (verdict(self._records, ended=True), alarm(record.kept)))))
        self._show_kept_labels(record.kept)
        self.packaging.withdraw()  # what is written of the pipeline that was there is no longer true
        self.packaging.offer(record.folder)

    def _show_kept_labels(self, labels: tuple[KeptLabel, ...]) -> None:
        self.kept.show_labels(labels)
        self._tabs.setTabVisible(self._place_of_kept, bool(labels))

    @Slot(object)
    def _name_mistakes(self, listed: Mistakes | None) -> None:
        """Say in the tab what is listed there."""
        words = "Mistakes"
        if listed is not None:
            words = f"{'In doubt' if listed.cross_validated else words} ({len(listed.all):,})"
        self._tabs.setTabText(self._tabs.indexOf(self.mistakes), words)

    def _lay_out(self) -> None:
        self._tabs = QTabWidget()
        self._tabs.setObjectName("runTabs")
        self._tabs.setDocumentMode(True)
        self._tabs.setMinimumHeight(22 * UNIT)
        self._tabs.addTab(self.scores, "Scores")
        self._tabs.addTab(self.mistakes, "Mistakes")
        self._tabs.addTab(late(self.runs), "Runs")
        self._place_of_kept = self._tabs.addTab(late(self.kept), "Before and after")
        self._tabs.setTabVisible(self._place_of_kept, False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        whole.setSpacing(UNIT)
        whole.addWidget(self.verdict)
        whole.addWidget(self.progress)
        whole.addWidget(self.status)
        whole.addSpacing(UNIT)
        whole.addWidget(_card(self._panel), 3)
        whole.addSpacing(UNIT)
        whole.addWidget(_card(self._tabs), 2)
        whole.addWidget(self.packaging)


def _about(run: PastRun) -> str:
    """Which run it was, and what became of its pipeline."""
    if run.path is None:
        return f"The run of {run.when}, {run.ended_words}."
    which = f"iteration {run.best.iteration:,} was saved" if run.best else "its pipeline was saved"
    fate = "" if run.folder is Folder.HERE else f", which is {run.folder} now"
    return f"The run of {run.when}: {which} in {run.path}{fate}."


def _mistakes_words(run: PastRun) -> str:
    """What is said of its mistakes before they are known."""
    if run.can_be_read:
        return "Looking for its mistakes on the held-out texts…"
    return f"What the run of {run.when} found was not kept, and its pipeline is not there, so its mistakes are unknown."


def _card(content: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    inside = QVBoxLayout(card)
    inside.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
    inside.addWidget(content)
    return card
