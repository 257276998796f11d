"""The labels, buttons and cards that the preview of an import is made of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from gadget_trainer.ui.theme import UNIT


def said(name: str, kind: str) -> QLabel:
    """Words that change; ``kind`` is how they look, ``heading`` or ``second``."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty(kind, True)
    return label


def heading(words: str) -> QLabel:
    """What stands above a part."""
    label = QLabel(words)
    label.setProperty("second", True)
    return label


def button(name: str, words: str) -> QPushButton:
    """A button that Enter presses, too."""
    made = QPushButton(words)
    made.setObjectName(name)
    made.setAutoDefault(True)
    return made


def card(widgets: Sequence[QWidget]) -> QFrame:
    """Parts below each other, in a frame."""
    made = QFrame()
    made.setProperty("card", True)
    column = QVBoxLayout(made)
    column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
    column.setSpacing(UNIT)
    for widget in widgets:
        column.addWidget(widget)
    return made
