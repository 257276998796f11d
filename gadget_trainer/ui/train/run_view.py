"""A run as it goes on: what it means, how far it is, the curves, a row an iteration, a row a label."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.training.kept_labels import alarm
from gadget_trainer.training.mistakes import Mistakes
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
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.kept_panel import KeptPanel
from gadget_trainer.ui.train.loss_chart import LossChart
from gadget_trainer.ui.train.mistake_list import MistakeList
from gadget_trainer.ui.train.packaging_bar import PackagingBar
from gadget_trainer.ui.train.score_models import IterationModel, LabelScoreModel
from gadget_trainer.ui.train.tables import score_table

_STEPS = 1000
_INVITATION = (
    "Press Start. The texts that are marked done are learned from, some of them are held out to see how well it "
    "does, and the best iteration is saved."
)


class RunView(QWidget):
    """Shows the records of one run."""

    def __init__(self) -> None:
        super().__init__()
        self._records: list[IterationDone] = []
        self._end = "Finished"
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
        self.status.setProperty("second", True)
        self.status.setWordWrap(True)
        self.chart = LossChart()
        self.iterations = IterationModel()
        self.labels = LabelScoreModel()
        self.mistakes = MistakeList()
        self.kept = KeptPanel()
        self.packaging = PackagingBar()
        self._lay_out()

    def begin(self) -> None:
        """Forget the run before."""
        self._records = []
        self._end = "Finished"
        self.iterations.show([])
        self.labels.show([])
        self.mistakes.forget()
        self.packaging.withdraw()
        self._tabs.setTabVisible(self._tabs.indexOf(self.kept), False)
        self._tabs.setCurrentIndex(0)
        self._tabs.setTabText(1, "Mistakes")
        self.chart.show_run([], 0)
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
                self._show_mistakes(record)

    def note_stop(self) -> None:
        """The person has had enough; what was learned is about to be saved."""
        self._end = "Stopped"
        self.tell("Stopping…")

    def end_without_run(self, verdict: str, sentence: str = "") -> None:
        """Nothing is trained, or no longer: say why."""
        self.verdict.setText(verdict)
        self.tell(sentence)
        self.progress.setValue(0)

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
        self.tell(f"Iteration {record.iteration:,} of {record.iterations:,}{speed}{left}")

    def _show_iteration(self, record: IterationDone) -> None:
        self._records.append(record)
        self.iterations.add(record)
        self.chart.add(record)
        if record.best:
            self.labels.show(record.labels)
        self.verdict.setText(verdict(self._records))
        self._iteration_table.scrollToBottom()

    def _show_saved(self, record: Saved) -> None:
        self.progress.setValue(_STEPS)
        which = f"Iteration {record.best_iteration:,}" if record.best_iteration else "What was learned so far"
        proven = (
            f" It was loaded again and gave the same entities on {record.checked_texts:,} texts."
            if record.checked_texts
            else ""
        )
        self.tell(f"{self._end}. {which} is saved in {record.folder}.{proven}")
        if self._records:
            self.verdict.setText(" ".join(filter(None, (verdict(self._records, ended=True), alarm(record.kept)))))
        self.kept.show_labels(record.kept)
        self._tabs.setTabVisible(self._tabs.indexOf(self.kept), bool(record.kept))
        self.packaging.offer(record.folder)

    def _show_mistakes(self, record: Mistakes) -> None:
        self.mistakes.show_mistakes(record)
        self._tabs.setTabText(1, f"Mistakes ({len(record.found):,})")

    def _lay_out(self) -> None:
        self._iteration_table = score_table(self.iterations, "iterationTable", "Iterations")
        self._label_table = score_table(self.labels, "labelTable", "Labels on the held-out texts")
        header = self._label_table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        scores = QWidget()
        tables = QHBoxLayout(scores)
        tables.setContentsMargins(0, 0, 0, 0)
        tables.setSpacing(3 * UNIT)
        tables.addWidget(self._iteration_table, 6)
        tables.addWidget(self._label_table, 5)
        self._tabs = QTabWidget()
        self._tabs.setObjectName("runTabs")
        self._tabs.setDocumentMode(True)
        self._tabs.setMinimumHeight(22 * UNIT)
        self._tabs.addTab(scores, "Scores")
        self._tabs.addTab(self.mistakes, "Mistakes")
        self._tabs.addTab(self.kept, "Before and after")
        self._tabs.setTabVisible(self._tabs.indexOf(self.kept), False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        whole.setSpacing(UNIT)
        whole.addWidget(self.verdict)
        whole.addWidget(self.progress)
        whole.addWidget(self.status)
        whole.addSpacing(UNIT)
        whole.addWidget(_card(self.chart), 3)
        whole.addSpacing(UNIT)
        whole.addWidget(_card(self._tabs), 2)
        whole.addWidget(self.packaging)


def _card(content: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    inside = QVBoxLayout(card)
    inside.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
    inside.addWidget(content)
    return card
