"""What the pipeline gets wrong on the texts held out; a click leads into the text."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QLabel, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.score_models import NO_SCORE, RecordModel
from gadget_trainer.ui.train.tables import score_table

if TYPE_CHECKING:  # the module beside the loop; nothing of it is needed before a run has ended
    from gadget_trainer.training.mistakes import Mistake, Mistakes

_BEFORE = "What the pipeline gets wrong on the held-out texts is listed here after a run."


class MistakeModel(RecordModel["Mistake"]):
    """A row a disagreement."""

    columns = (
        ("what", lambda one: one.kind.value),
        ("in the text", lambda one: " ".join(one.surface.split())),
        ("you", lambda one: reading(one.expected)),
        ("pipeline", lambda one: reading(one.found)),
    )

    def alignment(self, _column: int) -> Qt.AlignmentFlag:
        """All of it is words."""
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

    def mistake(self, row: int) -> "Mistake":
        """The disagreement in that row."""
        return self._records[row]


class MistakeList(QWidget):
    """Shows the disagreements, and which one the person wants to see."""

    mistake_requested = Signal(object)
    """A Mistake was clicked, or Enter was pressed on it."""

    def __init__(self) -> None:
        super().__init__()
        self._model = MistakeModel()
        self._words = QLabel(_BEFORE)
        self._words.setObjectName("mistakeCount")
        self._words.setProperty("second", True)
        self._words.setWordWrap(True)
        self._table = score_table(self._model, "mistakes", "Mistakes on the held-out texts")
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._table.setCursor(Qt.CursorShape.PointingHandCursor)
        self._table.clicked.connect(self._request)
        self._table.activated.connect(self._request)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(UNIT)
        whole.addWidget(self._words)
        whole.addWidget(self._table, 1)
        self.forget()

    def forget(self) -> None:
        """Show nothing: another run has begun."""
        self._model.show([])
        self._words.setText(_BEFORE)
        self._table.hide()

    def show_mistakes(self, mistakes: "Mistakes") -> None:
        """List the disagreements of a saved pipeline."""
        self._model.show(mistakes.found)
        self._table.setVisible(bool(mistakes.found))
        count, texts = len(mistakes.found), mistakes.texts
        if not texts:
            words = "No text was held out, so there is nothing to compare with."
        elif not count:
            words = f"No mistake on {texts:,} held-out texts."
        else:
            noun = "mistake" if count == 1 else "mistakes"
            words = f"{count:,} {noun} on {texts:,} held-out texts. Click one to see it: either of you may be wrong."
        self._words.setText(words)

    @Slot(QModelIndex)
    def _request(self, index: QModelIndex) -> None:
        self.mistake_requested.emit(self._model.mistake(index.row()))


def reading(span: Span | None) -> str:
    """How one side reads it: the label, or a dash."""
    return NO_SCORE if span is None else span.label
