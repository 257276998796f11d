"""What stands in the way of a run, may disappoint, or is good to know, with ways into the texts and out of it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.ui.icons import pixmap
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # spaCy behind it takes longer to import than the window to paint
    from gadget_trainer.training.check import Problem


_PICTURES = {
    "block": ("error", QPalette.ColorRole.BrightText),
    "warn": ("warning", QPalette.ColorRole.PlaceholderText),
    "fact": ("information", QPalette.ColorRole.PlaceholderText),
}


class ProblemList(QWidget):
    """A sentence that says what the check comes to, and a row a problem in the order in which they are given."""

    texts_requested = Signal(object)
    """The ids of the texts that a problem is about: a tuple."""
    mend_requested = Signal(object)
    """The Mend that a problem offers."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problems")
        self._problems: tuple[Problem, ...] = ()
        self._headline = QLabel()
        self._headline.setObjectName("checkHeadline")
        self._headline.setAccessibleName("What the check of the texts found")
        self._headline.setTextFormat(Qt.TextFormat.PlainText)
        self._headline.setWordWrap(True)
        font = self._headline.font()
        font.setBold(True)
        self._headline.setFont(font)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(UNIT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(UNIT)
        whole.addWidget(self._headline)
        whole.addLayout(self._rows)
        self.hide()

    def say(self, headline: str) -> None:
        """Show this sentence above the rows."""
        if headline != self._headline.text():
            self._headline.setText(headline)
        self.setVisible(True)

    def headline(self) -> str:
        """The sentence above the rows."""
        return self._headline.text()

    def show_problems(self, problems: "Iterable[Problem]") -> None:
        """Show these instead; rows that stay as they are keep the focus and the mouse."""
        new = tuple(problems)
        if new == self._problems:
            return
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._problems = new
        for number, problem in enumerate(new):
            self._rows.addWidget(self._row(number, problem))
        self.setVisible(True)

    def sentences(self) -> list[str]:
        """What the rows say."""
        return [one.message for one in self._problems]

    def _row(self, number: int, problem: "Problem") -> QWidget:
        sign = QLabel()
        picture, role = _PICTURES[problem.severity]
        sign.setPixmap(pixmap(picture, 18, role))
        words = QLabel(problem.message)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        beside = QVBoxLayout()
        beside.setSpacing(UNIT // 2)
        if problem.text_ids:
            show = _button(f"showProblem:{number}", "Show", f"Show the texts: {problem.message}")
            show.clicked.connect(self._request)
            beside.addWidget(show)
        if problem.mend is not None:
            mend = _button(f"mendProblem:{number}", problem.mend.title, f"{problem.mend.title}: {problem.message}")
            mend.setToolTip("One step, which can be undone")
            mend.clicked.connect(self._request_mend)
            beside.addWidget(mend)
        beside.addStretch()
        line.addLayout(beside)
        return row

    @Slot()
    def _request(self) -> None:
        self.texts_requested.emit(self._of_sender().text_ids)

    @Slot()
    def _request_mend(self) -> None:
        self.mend_requested.emit(self._of_sender().mend)

    def _of_sender(self) -> "Problem":
        return self._problems[int(self.sender().objectName().rpartition(":")[2])]


def _button(name: str, words: str, accessible: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(accessible)
    button.setProperty("quiet", True)
    return button
