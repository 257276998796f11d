"""What stands in the way of a run, or may disappoint, in sentences with a way into the texts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.ui.icons import pixmap
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # spaCy behind it takes longer to import than the window to paint
    from gadget_trainer.training.check import Problem


class ProblemList(QWidget):
    """A row a problem; those that block come first."""

    texts_requested = Signal(object)
    """The ids of the texts that a problem is about: a tuple."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problems")
        self._problems: list[Problem] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(UNIT)
        self.hide()

    def show_problems(self, problems: "Sequence[Problem]") -> None:
        """Show these instead."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._problems = sorted(problems, key=lambda one: one.severity)
        for number, problem in enumerate(self._problems):
            self._rows.addWidget(self._row(number, problem))
        self.setVisible(bool(problems))

    def sentences(self) -> list[str]:
        """What is shown."""
        return [one.message for one in self._problems]

    def _row(self, number: int, problem: "Problem") -> QWidget:
        blocks = problem.severity == "block"
        sign = QLabel()
        role = QPalette.ColorRole.BrightText if blocks else QPalette.ColorRole.PlaceholderText
        sign.setPixmap(pixmap("error" if blocks else "warning", 18, role))
        words = QLabel(problem.message)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        if problem.text_ids:
            show = QPushButton("Show")
            show.setObjectName(f"showProblem:{number}")
            show.setAccessibleName(f"Show the texts: {problem.message}")
            show.setProperty("quiet", True)
            show.setProperty("problem", number)
            show.clicked.connect(self._request)
            line.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        return row

    @Slot()
    def _request(self) -> None:
        number = self.sender().property("problem")
        self.texts_requested.emit(self._problems[number].text_ids)
