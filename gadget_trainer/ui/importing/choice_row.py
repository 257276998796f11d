"""A choice of the preview's form: its name above it, and what is to be said of it below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from gadget_trainer.ui.theme import UNIT


class ChoiceRow(QWidget):
    """A choice with its name above it, and what is to be said of it below."""

    def __init__(
        self, name: str, words: str, choices: Sequence[tuple[object, str]] = (), placeholder: str = ""
    ) -> None:
        super().__init__()
        heading = QLabel(words)
        heading.setProperty("second", True)
        self.box = QComboBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(words)
        self.box.setPlaceholderText(placeholder)
        # A long name must not make the column wide.
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.offer(choices)
        self._hint = QLabel()
        self._hint.setObjectName(f"{name}:hint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        for widget in (heading, self.box, self._hint):
            column.addWidget(widget)

    def offer(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer these values, each under its title."""
        self.box.clear()
        for value, title in choices:
            self.box.addItem(title, value)

    def show_choice(self, value: object) -> None:
        """The value that holds now; none where that is open."""
        self.box.setCurrentIndex(-1 if value is None else self.box.findData(value))

    def hint(self, words: str) -> None:
        """What is to be said of it."""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
