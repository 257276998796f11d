"""The two tables of mistakes: how often which label was taken for which, and a row a disagreement."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPalette

from gadget_trainer.training.category_mistakes import CategoryMistake
from gadget_trainer.training.mistake_kinds import Decision, Kind
from gadget_trainer.training.mistakes import Mistake
from gadget_trainer.ui.alignment import LEFT
from gadget_trainer.ui.tool_tips import plain_tip
from gadget_trainer.ui.train.score_models import NO_SCORE, RecordModel

_Index = QModelIndex | QPersistentModelIndex
_HERE = QModelIndex()
_NONE = "none"
_IN_FRONT = 16
"""Code points."""

Pair = tuple[str | None, str | None]
"""The person's label and the model's; None where there is no entity, or no category."""
AnyMistake = Mistake | CategoryMistake


class MistakeModel(RecordModel[AnyMistake]):
    """A row a disagreement; those that are decided are ticked off and greyed."""

    def __init__(self, decision: Callable[[AnyMistake], Decision]) -> None:
        super().__init__()
        self.columns = (
            ("", lambda one: "" if decision(one) is Decision.OPEN else "✓"),
            ("in the text", _in_context),
            ("yours", lambda one: _reading(one, yours=True)),
            ("the model’s", lambda one: _reading(one, yours=False)),
            ("sure", lambda one: NO_SCORE if one.confidence is None else f"{one.confidence:.0%}"),
        )
        self._decision = decision

    def alignment(self, _column: int) -> Qt.AlignmentFlag:
        """All of it is words."""
        return LEFT

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, with both readings in its tooltip."""
        if not index.isValid():
            return None
        mistake = self._records[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(mistake.sentence())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return self._decision(mistake).value
        if role == Qt.ItemDataRole.ForegroundRole and self._decision(mistake) is not Decision.OPEN:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return super().data(index, role)

    def mistake(self, row: int) -> AnyMistake:
        """The disagreement in that row."""
        return self._records[row]

    def row_of(self, mistake: AnyMistake) -> int | None:
        """Where that disagreement is; None where it is not shown."""
        return self._records.index(mistake) if mistake in self._records else None

    def repaint(self) -> None:
        """What was decided has changed."""
        if self._records:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._records) - 1, len(self.columns) - 1))


def _in_context(mistake: AnyMistake) -> str:
    """The place in brackets with the words around it; few in front, so that a narrow column still shows it. Of a
    category, the beginning of the text.
    """
    if isinstance(mistake, CategoryMistake):
        return mistake.excerpt
    before = mistake.before
    if len(before) > _IN_FRONT:
        tail = before[-_IN_FRONT:]
        before = "…" + (tail.partition(" ")[2] or tail)
    return f"{before}[{' '.join(mistake.surface.split())}]{mistake.after}".strip()


def _reading(mistake: AnyMistake, *, yours: bool) -> str:
    """One side's label or category, with its words where the two sides' edges differ."""
    if isinstance(mistake, CategoryMistake):
        return (mistake.expected if yours else mistake.found) or NO_SCORE
    span = mistake.expected if yours else mistake.found
    if span is None:
        return NO_SCORE
    return mistake.words(span) if mistake.kind is Kind.OTHER_EDGES else span.label


class ConfusionModel(QAbstractTableModel):
    """A row a label of the person's, a column a label of the model's, and none at the end of both."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: Sequence[str | None] = ()
        self._wrong: Counter[Pair] = Counter()
        self._agreed: Counter[str] = Counter()
        self._none = ""

    def show(self, wrong: Counter[Pair], agreed: Counter[str], none: str) -> None:
        """Show how often which pair was ``wrong`` and which label was ``agreed`` on; ``none`` says what no label is."""
        self.beginResetModel()
        self._wrong, self._agreed, self._none = wrong, agreed, none
        named = {label for pair in self._wrong for label in pair if label is not None} | set(self._agreed)
        self._labels = [*sorted(named), None] if named else []
        self.endResetModel()

    def pair(self, index: _Index) -> Pair:
        """The labels of a cell."""
        return self._labels[index.row()], self._labels[index.column()]

    def count(self, pair: Pair) -> int:
        """How many mistakes a cell stands for."""
        return self._wrong[pair]

    def rowCount(self, parent: _Index = _HERE) -> int:
        """The labels, and none."""
        return 0 if parent.isValid() else len(self._labels)

    def columnCount(self, parent: _Index = _HERE) -> int:
        """As many as rows."""
        return 0 if parent.isValid() else len(self._labels)

    def headerData(self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The labels' names."""
        return self._labels[section] or _NONE if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """How often the person's label met the model's; where both are the same, how often all was right."""
        if not index.isValid():
            return None
        pair = self.pair(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(pair)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._sentence(pair))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ForegroundRole and not self._wrong[pair]:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None

    def _words(self, pair: Pair) -> str:
        wrong = self._wrong[pair]
        if pair[0] is None or pair[0] != pair[1]:
            return f"{wrong:,}" if wrong else "" if pair == (None, None) else "·"
        agreed = self._agreed[pair[0]]
        return f"{agreed:,} ✓ + {wrong:,}" if wrong else f"{agreed:,} ✓"

    def _sentence(self, pair: Pair) -> str:
        yours, models = (label or self._none for label in pair)
        if pair[0] is not None and pair[0] == pair[1]:
            return f"{self._agreed[pair[0]]:,} {yours} are the same, {self._wrong[pair]:,} have other edges."
        return f"Yours {yours}, the model’s {models}: {self._wrong[pair]:,}"
