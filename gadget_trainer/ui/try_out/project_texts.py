"""The project's annotated texts, one after the other, for comparing a pipeline with them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget

from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.try_out.prediction_feed import NoneLeft, Searching, Walk

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from array import array

    from gadget_trainer.ui.session import Session

NO_TEXTS = "No text is marked done yet. Annotate some, then compare a pipeline with them."


class ProjectTexts(QWidget):
    """Which text is compared, and the buttons that lead to another one."""

    walk_requested = Signal(object)
    """A Walk to the text that the person wants to see."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self._session = session
        self._ids: array[int] | list[int] = []
        self._position = 0
        self._previous = _button("previousTried", "Previous text", "previous")
        self._next = _button("nextTried", "Next text", "next")
        self._differing = QCheckBox("Only texts that differ")
        self._differing.setObjectName("onlyDiffering")
        self._words = QLabel()
        self._words.setObjectName("triedPosition")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for widget in (self._previous, self._next, self._words, self._differing):
            row.addWidget(widget)
        row.addStretch()
        self._previous.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._differing.toggled.connect(self._begin)

    def begin(self) -> bool:
        """Ask for the text that was shown last, as it is now; False where the project has none that is done."""
        shown = self._ids[self._position] if self._position < len(self._ids) else None
        self._ids = self._session.project.read.text_ids(TextFilter(state=TextState.DONE))
        self._position = self._ids.index(shown) if shown is not None and shown in self._ids else 0
        self._enable()
        if not self._ids:
            self._words.setText("")
            return False
        self._ask(self._position, 1)
        return True

    def note_position(self, position: int) -> None:
        """The text at that position is shown now."""
        self._position = position
        self._words.setText(f"Text {position + 1:,} of {len(self._ids):,}")
        self._enable()

    def sentence(self, record: "Searching | NoneLeft") -> str:
        """How the search for a text goes on, or that it found none."""
        if isinstance(record, Searching):
            return f"Looking for a text that differs… {record.texts:,} compared."
        if record.texts == len(self._ids):
            return f"The pipeline reads all {record.texts:,} texts as you do."
        return "No further text differs in that direction."

    @Slot()
    def _begin(self) -> None:
        self.begin()

    @Slot()
    def _go_back(self) -> None:
        self._ask(self._position - 1, -1)

    @Slot()
    def _go_on(self) -> None:
        self._ask(self._position + 1, 1)

    def _ask(self, position: int, step: int) -> None:
        project = self._session.project
        labels = frozenset(label.name for label in project.read.labels())
        differing = self._differing.isChecked()
        self.walk_requested.emit(Walk(self._ids, position, step, differing, labels, project.categories.scheme()))

    def _enable(self) -> None:
        self._previous.setEnabled(self._position > 0)
        self._next.setEnabled(self._position + 1 < len(self._ids))


def _button(name: str, words: str, picture: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setToolTip(words)
    put_icon(button, picture)
    return button
