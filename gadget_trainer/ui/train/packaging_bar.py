"""A saved pipeline as an installable file, at the press of a button."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gadget_trainer.training.progress import Saving
from gadget_trainer.ui.icons import put_icon
from gadget_trainer.ui.latest import LatestSteps
from gadget_trainer.ui.theme import UNIT


class PackagingBar(QWidget):
    """The button, and what came of it. Hidden until there is a pipeline to package."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path()
        self._steps = LatestSteps(self)
        self._button = QPushButton("Make an installable package")
        self._button.setObjectName("packageModel")
        self._button.setAccessibleName(self._button.text())
        self._button.setToolTip("Write a wheel beside the model's folder, for pip install. Your texts are not in it")
        put_icon(self._button, "export")
        self._said = QLabel()
        self._said.setObjectName("packagingStatus")
        self._said.setAccessibleName("What became of the package")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.setWordWrap(True)
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, UNIT, 0, 0)
        row.setSpacing(2 * UNIT)
        row.addWidget(self._button)
        row.addWidget(self._said, 1)
        self.hide()
        self._button.clicked.connect(self._package)
        self._steps.stepped.connect(self._take)
        self._steps.failed.connect(self._said.setText)

    def offer(self, folder: Path) -> None:
        """Offer to package the pipeline in ``folder``. What is being written of it goes on."""
        if self.isHidden() or folder != self._folder:
            self._steps.cancel()
            self._folder = folder
            self._said.clear()
        self.show()

    def withdraw(self) -> None:
        """There is no pipeline any more; what is being written is left."""
        self._steps.cancel()
        self.hide()

    def finish(self) -> None:
        """End what goes on."""
        self._steps.finish()

    @Slot()
    def _package(self) -> None:
        folder = self._folder
        self._said.setText("Getting ready…")
        self._steps.ask(lambda: _packaging(folder))

    @Slot(object)
    def _take(self, record: object) -> None:
        if isinstance(record, Saving):
            self._said.setText(f"{record.message}: {record.fraction:.0%}")
        elif isinstance(record, Path):
            # Straight quotes: the command is copied.
            self._said.setText(f'The package is written. To install it: pip install "{record}"')


def _packaging(folder: Path) -> Iterator[object]:
    """Records of the packaging; the last one is the Path of the wheel."""
    from gadget_trainer.training.packaging import Packaged, package  # loads spaCy, in the thread

    for record in package(str(folder), folder.parent):
        yield record.wheel if isinstance(record, Packaged) else record
