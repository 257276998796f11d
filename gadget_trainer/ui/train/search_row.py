"""The button that looks for wrong annotations, and how far the search is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # spaCy behind it takes longer to import than the window to paint
    from gadget_trainer.training.cross_validation import Validating

_STEPS = 1000


class SearchRow(QWidget):
    """A button, or while the search goes on, a bar and a way to cancel it."""

    requested = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._start = QPushButton("Look for wrong annotations")
        self._start.setObjectName("findAnnotationErrors")
        self._start.setAccessibleName("Look for wrong annotations in the training texts")
        self._start.setToolTip(
            "Each of the texts that are learned from is read by a model that did not see it. Where they differ, "
            "the annotation may be wrong."
        )
        self._start.clicked.connect(self.requested)
        self._words = QLabel()
        self._words.setObjectName("errorSearchStatus")
        self._words.setProperty("second", True)
        self._bar = QProgressBar()
        self._bar.setObjectName("errorSearchProgress")
        self._bar.setAccessibleName("Progress of the search for wrong annotations")
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton("Cancel")
        self._cancel.setObjectName("cancelErrorSearch")
        self._cancel.setAccessibleName("Cancel the search for wrong annotations")
        self._cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addStretch()
        row.addWidget(self._cancel)
        row.addWidget(self._start)
        self.show_running(running=False)

    def show_running(self, *, running: bool) -> None:
        """Whether the search goes on."""
        self._start.setVisible(not running)
        for widget in (self._words, self._bar, self._cancel):
            widget.setVisible(running)
        self._words.setText("Getting ready…")
        self._bar.setValue(0)

    def show_progress(self, record: "Validating") -> None:
        """How far it is."""
        self._words.setText(f"Model {record.fold:,} of {record.folds:,}")
        self._bar.setValue(round(record.fraction * _STEPS))
