"""The Try workspace: a text at the left, its entities at the right, found while one types."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gadget_trainer.corpus.palette import CHOICES
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.try_out.prediction_feed import Prediction, PredictionFeed

_PAUSE = 300  # milliseconds after the last key until entities are looked for

_NO_MODEL = "Train a pipeline first, or choose the folder of one."
_NO_TEXT = "Type or paste a text at the left."


class TryPage(QWidget):
    """Shows what a saved pipeline makes of a text."""

    def __init__(self, models: list[Path]) -> None:
        super().__init__()
        self._colours: dict[str, str] = {}
        self.model = QComboBox()
        self.model.setObjectName("tryModel")
        self.model.setAccessibleName("Pipeline")
        self.model.setEditable(True)
        self.model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.model.addItems([str(folder) for folder in models])
        self.model.setPlaceholderText("The folder of a pipeline")
        self.input = QPlainTextEdit()
        self.input.setObjectName("tryInput")
        self.input.setAccessibleName("Text to try")
        self.input.setPlaceholderText("Paste a text here…")
        self.view = TextView()
        self.view.setObjectName("tryView")
        self.view.setAccessibleName("Entities found")
        self.view.set_read_only(True)
        self._words = QLabel()
        self._words.setObjectName("tryStatus")
        self._words.setProperty("second", True)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._feed = PredictionFeed(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._lay_out()
        self._pause.timeout.connect(self._ask)
        self.input.textChanged.connect(self._pause.start)
        self.model.currentTextChanged.connect(self._pause.start)
        self._feed.stepped.connect(self._show)
        self._feed.failed.connect(self._words.setText)
        self._ask()

    def offer(self, folder: Path) -> None:
        """Choose a pipeline that was just saved."""
        self._feed.forget(folder)
        place = self.model.findText(str(folder))
        if place < 0:
            self.model.insertItem(0, str(folder))
            place = 0
        self.model.setCurrentIndex(place)
        self._pause.start()

    def set_text_size(self, points: float) -> None:
        """The size of both texts."""
        font = self.input.font()
        font.setPointSizeF(points)
        self.input.setFont(font)
        self.view.set_text_size(points)

    def set_label_colours(self, colours: dict[str, str]) -> None:
        """Show labels that the project has too in the project's colours."""
        self._colours = colours

    def finish(self) -> None:
        """End what is under way."""
        self._pause.stop()
        self._feed.finish()

    @Slot()
    def _ask(self) -> None:
        folder, text = self.model.currentText().strip(), self.input.toPlainText()
        if folder and text:
            self._words.setText("Looking for entities…")
            self._feed.predict(Path(folder).expanduser(), text)
        else:
            self._feed.cancel()
            self.view.set_text("")
            self._words.setText(_NO_TEXT if folder else _NO_MODEL)

    @Slot(object)
    def _show(self, found: Prediction) -> None:
        shown = dict.fromkeys([*found.labels, *(span.label for span in found.spans)])
        missing = [label for label in shown if label not in self._colours]
        free = [colour for colour in CHOICES if colour not in self._colours.values()] or list(CHOICES)
        extra = {label: free[place % len(free)] for place, label in enumerate(missing)}
        self.view.set_label_colours({**self._colours, **extra})
        self.view.set_text(found.text, found.spans)
        count = len(found.spans)
        noun = "entity" if count <= 1 else "entities"
        knows = f"knows {', '.join(found.labels)}" if found.labels else "has no entity recogniser"
        self._words.setText(f"{f'{count:,}' if count else 'No'} {noun} found. This pipeline {knows}.")

    @Slot()
    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "The folder of a pipeline", self.model.currentText())
        if folder:
            self.offer(Path(folder))

    def _lay_out(self) -> None:
        browse = QPushButton("Choose…")
        browse.setObjectName("browse:tryModel")
        put_icon(browse, "folder")
        browse.clicked.connect(self._browse)
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        heading = QLabel("Pipeline")
        heading.setBuddy(self.model)
        top.addWidget(heading)
        top.addWidget(self.model, 1)
        top.addWidget(browse)
        sides = QSplitter()
        sides.addWidget(self.input)
        card = QFrame()
        card.setProperty("card", True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 6, 1, 6)  # within the card's round corners
        inside.addWidget(self.view)
        sides.addWidget(card)
        sides.setSizes([500, 500])
        sides.setHandleWidth(2 * UNIT)
        sides.setProperty("bare", True)
        sides.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(2 * UNIT)
        whole.addLayout(top)
        whole.addWidget(sides, 1)
        whole.addWidget(self._words)
