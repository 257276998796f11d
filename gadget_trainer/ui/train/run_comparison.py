"""Two runs against each other: which labels got better by more than chance, and which texts they read differently."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import Span
from gadget_trainer.training.past_runs import Folder, PastRun, settings_that_differ
from gadget_trainer.training.progress import IterationDone, LabelScore
from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.tool_tips import plain_tip
from gadget_trainer.ui.train.score_models import NO_SCORE, RecordModel, label_words, score_text
from gadget_trainer.ui.train.tables import score_table

if TYPE_CHECKING:  # nothing of it is needed before two pipelines were compared
    from gadget_trainer.training.comparing import AnyDifference, Differences

_LABELS, _TEXTS = 0, 1
_ALL_CATEGORIES = "all categories (macro F)"
_TO_TEXTS, _TO_LABELS = "Texts where they differ", "Back to the labels"


@dataclass(frozen=True, slots=True)
class ScorePair:
    """One label (or all of them, with an empty name) in two runs; None where a run was not scored on it."""

    label: str
    """As it is shown."""
    first: LabelScore | None
    second: LabelScore | None

    @property
    def difference(self) -> float | None:
        """How much better the second is; None where one has no score."""
        scores = [one.f_score for one in (self.first, self.second) if one is not None and one.f_score is not None]
        return scores[1] - scores[0] if len(scores) == 2 else None

    @property
    def beyond_chance(self) -> bool:
        """Whether each score lies outside the other's likely range."""
        one, other = self.first, self.second
        return one is not None and other is not None and _outside(one, other) and _outside(other, one)

    @property
    def meaning(self) -> str:
        """What the difference says."""
        if self.difference is None:
            return "only in one of them" if self.first is None or self.second is None else ""
        if not self.beyond_chance:
            return "may be chance"
        return "better" if self.difference > 0 else "worse"


class ScorePairModel(RecordModel[ScorePair]):
    """A row a label; differences that chance does not explain are bold, and said in words."""

    columns = (
        ("label", lambda one: one.label or "all together"),
        ("first F", lambda one: score_text(one.first.f_score if one.first else None)),
        ("second F", lambda one: score_text(one.second.f_score if one.second else None)),
        ("difference", lambda one: NO_SCORE if one.difference is None else f"{one.difference:+.3f}"),
        ("meaning", lambda one: one.meaning),
    )

    def is_marked(self, record: ScorePair) -> bool:
        """Differences beyond chance."""
        return record.beyond_chance

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Words at the left, numbers at the right."""
        return LEFT if column in (0, 4) else RIGHT


class DifferenceModel(RecordModel["AnyDifference"]):
    """A row a place that is read differently, or a text that is given other categories."""

    columns = (
        ("in the text", lambda one: " ".join(one.surface.split())),
        ("you", lambda one: _reading(one.expected)),
        ("first", lambda one: _reading(one.first)),
        ("second", lambda one: _reading(one.second)),
        ("as you", lambda one: one.who_is_right()),
    )

    def alignment(self, _column: int) -> Qt.AlignmentFlag:
        """All of it is words."""
        return LEFT

    def tip(self, record: "AnyDifference") -> str:
        """All three readings."""
        return record.sentence()


class RunComparison(QWidget):
    """Shows two runs; asks for their texts to be compared, and for a text to be shown."""

    compare_requested = Signal(object)
    """Two PastRuns: where do their pipelines differ?"""
    text_requested = Signal(object)
    """A difference was clicked, or Enter was pressed on it."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: tuple[PastRun, PastRun] | None = None
        self._pairs = ScorePairModel()
        self._differences = DifferenceModel()
        self._words = QLabel()
        self._words.setObjectName("comparisonWords")
        self._words.setAccessibleName("How the two runs differ")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._button = QPushButton(_TO_TEXTS)
        self._button.setObjectName("compareTexts")
        self._button.setAccessibleName(_TO_TEXTS)
        self._button.clicked.connect(self._press)
        self._stack = QStackedWidget()
        self._lay_out()

    def compare(self, first: PastRun, second: PastRun) -> None:
        """Show how the second run differs from the first."""
        self._runs = (first, second)
        self._pairs.show(_score_pairs(first.best, second.best))
        self._differences.show([])
        hindrance = _hindrance(first, second)
        self._button.setEnabled(not hindrance)
        self._button.setToolTip(plain_tip(hindrance))
        self._show_labels()

    def show_differences(self, differences: "Differences") -> None:
        """List the places that both pipelines read differently."""
        self._differences.show(differences.found)
        if not differences.texts:
            words = "None of the texts that both held out is in the project any more as it was then."
        elif not differences.found:
            words = f"Both read the {differences.texts:,} texts that they held out in the same way."
        else:
            right = [one.who_is_right() for one in differences.found]
            words = (
                f"They differ in {differences.differing:,} of {differences.texts:,} texts that both held out. Of "
                f"{len(right):,} places the first reads {right.count('first'):,} as you do, the second "
                f"{right.count('second'):,}. Click one to see it."
            )
        if differences.texts and differences.unread:
            noun = "text that was" if differences.unread == 1 else "texts that were"
            words += f" {differences.unread:,} {noun} edited or finished since can't be compared."
        self._words.setText(words)

    def tell(self, sentence: str) -> None:
        """Say something instead of the sentence above the table."""
        self._words.setText(sentence)

    @Slot()
    def _press(self) -> None:
        if self._stack.currentIndex() == _TEXTS:
            self._show_labels()
            return
        self._stack.setCurrentIndex(_TEXTS)
        self._name_button(_TO_LABELS)
        self._words.setText("Comparing what both found in the held-out texts…")
        self.compare_requested.emit(self._runs)

    def _show_labels(self) -> None:
        self._stack.setCurrentIndex(_LABELS)
        self._name_button(_TO_TEXTS)
        if self._runs is not None:
            self._words.setText(_comparison_words(*self._runs))

    def _name_button(self, words: str) -> None:
        self._button.setText(words)
        self._button.setAccessibleName(words)

    @Slot(QModelIndex)
    def _request(self, index: QModelIndex) -> None:
        self.text_requested.emit(self._differences.record(index.row()))

    def _lay_out(self) -> None:
        for model, name, words, wide in (
            (self._pairs, "runComparison", "Labels of both runs", 4),
            (self._differences, "textDifferences", "Places that both pipelines read differently", 0),
        ):
            table = score_table(model, name, words)
            header = table.horizontalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
            self._stack.addWidget(table)
        table.setCursor(Qt.CursorShape.PointingHandCursor)
        table.clicked.connect(self._request)
        table.activated.connect(self._request)
        above = QHBoxLayout()
        above.setSpacing(2 * UNIT)
        above.addWidget(self._words, 1)
        above.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(UNIT, 0, 0, 0)
        whole.setSpacing(UNIT)
        whole.addLayout(above)
        whole.addWidget(self._stack, 1)


def _score_pairs(first: IterationDone | None, second: IterationDone | None) -> list[ScorePair]:
    one, other = ({label_words(label): label for label in best.all_labels} if best else {} for best in (first, second))
    labels = [ScorePair(label, one.get(label), other.get(label)) for label in sorted(one.keys() | other.keys())]
    pair = ScorePair(_ALL_CATEGORIES, _categories(first), _categories(second))
    categories = [pair] if pair.first is not None or pair.second is not None else []
    return [ScorePair("", _total(first), _total(second)), *categories, *labels]


def _categories(best: IterationDone | None) -> LabelScore | None:
    scores = best.categories if best is not None else None
    if scores is None:
        return None
    # Its range would be that of another score, the micro-averaged one.
    return LabelScore(_ALL_CATEGORIES, None, None, scores.macro_f, scores.texts, 0, 0, None, of_texts=True)


def _total(best: IterationDone | None) -> LabelScore | None:
    if best is None or best.f_score is None:
        return None
    spans = sum(label.spans for label in best.labels)
    return LabelScore("", best.precision, best.recall, best.f_score, spans, 0, 0, best.f_interval)


def _outside(one: LabelScore, other: LabelScore) -> bool:
    if one.f_score is None or other.f_interval is None:
        return False
    return not other.f_interval[0] <= one.f_score <= other.f_interval[1]


def _comparison_words(first: PastRun, second: PastRun) -> str:
    changes = settings_that_differ(first, second)
    changed = f" Changed: {'; '.join(changes)}." if changes else " Both had the same settings."
    return f"First: {first.when}. Second: {second.when}.{changed}"


def _hindrance(first: PastRun, second: PastRun) -> str:
    """Why the texts can't be compared; empty where they can."""
    for run in (first, second):
        if run.can_be_read:
            continue
        match run.folder:
            case Folder.NONE:
                return f"The run of {run.when} saved no pipeline, so its texts can't be compared."
            case Folder.MISSING:
                return f"“{run.path}” is no longer there, so its texts can't be compared."
            case Folder.REPLACED:
                return f"A later run was saved in “{run.path}” too, so the pipeline of {run.when} is gone."
            case Folder.HERE:
                pass
    if first.held_out and second.held_out and not first.held_out & second.held_out:
        return "The two runs held out different texts, so there is none that neither learned from."
    return ""


def _reading(said: Span | tuple[str, ...] | None) -> str:
    """How one side reads it: the label or the categories, or a dash."""
    return said.label if isinstance(said, Span) else ", ".join(said or ()) or NO_SCORE
