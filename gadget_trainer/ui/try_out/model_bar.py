"""Which pipeline is tried, and what it is compared with."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.theme import UNIT

NOTHING = "Nothing"
ANNOTATIONS = "Your annotations"


class ModelBar(QWidget):
    """Two choices: a pipeline, and nothing, your annotations or a second pipeline beside it."""

    changed = Signal()
    """Something else is chosen, or being typed."""

    def __init__(self, models: list[Path]) -> None:
        super().__init__()
        folders = [str(folder) for folder in models]
        self.model = _choice("tryModel", "Pipeline", folders)
        self.model.setPlaceholderText("The folder of a pipeline")
        self.other = _choice("tryOther", "Compared with", [NOTHING, ANNOTATIONS, *folders])
        self._browse_model = _browse("browse:tryModel", "Choose the folder of the pipeline")
        self._browse_other = _browse("browse:tryOther", "Choose the folder of a second pipeline")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for words, choice, browse in (
            ("Pipeline", self.model, self._browse_model),
            ("Compare with", self.other, self._browse_other),
        ):
            heading = QLabel(words)
            heading.setBuddy(choice)
            row.addWidget(heading)
            row.addWidget(choice, 1)
            row.addWidget(browse)
        self._browse_model.clicked.connect(self._choose_model)
        self._browse_other.clicked.connect(self._choose_other)
        self.model.currentTextChanged.connect(self.changed)
        self.other.currentTextChanged.connect(self.changed)

    def folder(self) -> str:
        """The folder or the name of the pipeline; empty as long as none is chosen."""
        return self.model.currentText().strip()

    def other_folder(self) -> str:
        """The same of the second pipeline; empty when there is none."""
        chosen = self.other.currentText().strip()
        return "" if chosen in (NOTHING, ANNOTATIONS) else chosen

    def compares_annotations(self) -> bool:
        """Whether the pipeline is compared with the person's annotations."""
        return self.other.currentText() == ANNOTATIONS

    def compare_with_nothing(self) -> None:
        """Leave the comparison."""
        self.other.setCurrentIndex(self.other.findText(NOTHING))

    def offer(self, folder: Path) -> None:
        """Choose a pipeline that was just saved."""
        _choose(self.model, folder, at=0)
        if self.other.findText(str(folder)) < 0:
            self.other.insertItem(2, str(folder))

    @Slot()
    def _choose_model(self) -> None:
        folder = self._ask(self.folder())
        if folder:
            self.offer(Path(folder))

    @Slot()
    def _choose_other(self) -> None:
        folder = self._ask(self.other_folder())
        if folder:
            _choose(self.other, Path(folder), at=2)

    def _ask(self, folder: str) -> str:
        return QFileDialog.getExistingDirectory(self, "The folder of a pipeline", folder)


def _choose(choice: QComboBox, folder: Path, at: int) -> None:
    place = choice.findText(str(folder))
    if place < 0:
        choice.insertItem(at, str(folder))
        place = at
    choice.setCurrentIndex(place)


def _choice(name: str, words: str, items: list[str]) -> QComboBox:
    choice = QComboBox()
    choice.setObjectName(name)
    choice.setAccessibleName(words)
    choice.setEditable(True)
    choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    # A long path would make the window wider than the screen.
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(16)
    choice.addItems(items)
    return choice


def _browse(name: str, words: str) -> QPushButton:
    button = QPushButton("Choose…")
    button.setObjectName(name)
    button.setAccessibleName(words)
    put_icon(button, "folder")
    return button
