"""The bar that says which file is being read or written. Nothing else is ever shown in its place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from gadget_trainer.ui.theme import UNIT

_STEPS = 1000
"""Of the progress bar."""


class BusyBar(QFrame):
    """Says what is under way and how far it is, with a button that cancels it where that is possible."""

    cancel_requested = Signal()
    shown_changed = Signal(bool)
    """Whether something is under way now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("busyBar")
        self.setProperty("card", True)
        self._text = QLabel()
        self._text.setObjectName("busyText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._share = QProgressBar()
        self._share.setObjectName("busyShare")
        self._share.setAccessibleName("How far it is")
        self._share.setTextVisible(False)
        self._share.setRange(0, _STEPS)
        self._share.setFixedWidth(24 * UNIT)
        self._cancel = QPushButton("Cancel")
        self._cancel.setObjectName("cancelBusy")
        self._cancel.clicked.connect(self.cancel_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, UNIT, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(self._text, 1)
        row.addWidget(self._share)
        row.addWidget(self._cancel)
        self.hide()

    def begin(self, sentence: str, *, can_cancel: bool) -> None:
        """Something begins."""
        self._cancel.setEnabled(True)
        self._cancel.setVisible(can_cancel)
        self.tell(sentence)
        self.show()
        self.shown_changed.emit(True)

    def tell(self, sentence: str, share: float | None = None) -> None:
        """How far it is: in words and, where that is known, as a ``share`` from 0 to 1."""
        self._share.setVisible(share is not None)
        self._share.setValue(round(_STEPS * min(share or 0.0, 1.0)))
        self._text.setText(sentence)
        self.setAccessibleName(sentence)

    def note_cancel(self) -> None:
        """It was cancelled, and ends soon."""
        self._cancel.setEnabled(False)
        self.tell("Cancelling…")

    def end(self) -> None:
        """It is over."""
        self.hide()
        self.shown_changed.emit(False)

    def text(self) -> str:
        """What is under way; empty when nothing is."""
        return "" if self.isHidden() else self._text.text()
