"""What the Train page offers beside the form: to go on with a broken run, to let finished texts join one."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.training.progress import BatchDone, IterationDone
from gadget_trainer.ui.theme import UNIT


class BrokenOffCard(QFrame):
    """A run that was broken off: go on or discard. Hidden where there is none."""

    resume_requested = Signal()
    discard_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._words = _words("brokenOffRun")
        resume = _button("resumeRun", "Go on", "Go on with the run that was broken off", primary=True)
        discard = _button("discardRun", "Discard", "Discard the run that was broken off")
        resume.clicked.connect(self.resume_requested)
        discard.clicked.connect(self.discard_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(resume)
        buttons.addWidget(discard)
        buttons.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        whole.setSpacing(UNIT)
        whole.addWidget(self._words)
        whole.addLayout(buttons)
        self.hide()

    def offer(self, sentence: str) -> None:
        """Say of which run this is; with an empty sentence there is none."""
        self._words.setText(f"{sentence} It can go on as if nothing had happened." if sentence else "")
        self.setVisible(bool(sentence))


class NewTextsRow(QWidget):
    """How many texts were finished since the run began, and the way in for them. Hidden where there are none."""

    join_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = _words("newTexts")
        self._join = _button("joinTexts", "Learn from them too", "Let the new texts join the run")
        self._join.setToolTip("At the next iteration they are learned from as well, but for those that are held out")
        self._number = 0
        self._last = False
        self._requested = False
        self._join.clicked.connect(self._request)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(UNIT)
        whole.addWidget(self._words, 1)
        whole.addWidget(self._join)
        self.hide()

    @Slot(int)
    def show_number(self, texts: int) -> None:
        """So many are new."""
        self._number, self._requested = texts, False
        self._show()

    def follow(self, record: object) -> None:
        """See in which iteration the run is, where the record tells it."""
        if isinstance(record, BatchDone):
            self.note_iteration(record.iteration, record.iterations)
        elif isinstance(record, IterationDone):
            self.note_iteration(record.iteration + 1, record.iterations)

    def note_iteration(self, iteration: int, iterations: int) -> None:
        """The run is in this one of its iterations: in the last one it is too late to join."""
        if self._last != (iteration >= iterations):
            self._last = not self._last
            self._show()

    def _show(self) -> None:
        noun = "new text" if self._number == 1 else "new texts"
        said = f"{self._number:,} {noun} since this run began."
        if self._requested:
            said = "They join at the next iteration."
        elif self._last:
            said += " This is its last iteration: a new run learns from them."
        self._words.setText(said)
        self._join.setEnabled(not self._requested and not self._last)
        self.setVisible(self._number > 0)

    @Slot()
    def _request(self) -> None:
        self._requested = True
        self._show()
        self.join_requested.emit()


def _words(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _button(name: str, words: str, accessible: str, *, primary: bool = False) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(accessible)
    button.setProperty("primary", primary)
    return button
