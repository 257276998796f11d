"""The bar above a text that says how the person and a model read a place in it, and asks which is right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from gadget_trainer.ui.theme import UNIT


class MistakeBar(QFrame):
    """One sentence and a button an action; hidden while no mistake is looked at."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("mistakeBar")
        self._asks = False
        self._words = QLabel()
        self._words.setObjectName("mistakeSentence")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(self._words, 1)
        for action in actions:
            row.addWidget(_button(action))
        self.hide()

    def tell(self, sentence: str, *, asks: bool) -> None:
        """Show this sentence; an empty one hides the bar. ``asks``: it is still to be decided."""
        self._asks = asks and bool(sentence)
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def asks(self) -> bool:
        """Whether a mistake is shown that is still to be decided."""
        return self._asks

    def sentence(self) -> str:
        """What is shown; empty when the bar is hidden."""
        return self._words.text()


def _button(action: QAction) -> QPushButton:
    """A button that is named after an action and its key."""
    key = action.shortcut().toString()
    button = QPushButton(f"{action.text()} ({key})")
    button.setObjectName(f"button:{action.objectName()}")
    button.setAccessibleName(action.text())
    button.setToolTip(action.toolTip())
    # The keys of the text go on working after a click.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    button.clicked.connect(action.trigger)
    return button
