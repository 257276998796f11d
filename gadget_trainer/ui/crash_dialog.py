"""The dialog that a bug is shown in."""

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gadget_trainer import __version__
from gadget_trainer.ui.theme import UNIT


class CrashDialog(QDialog):
    """Says that a bug was met and that nothing is lost, with the details to copy."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setWindowTitle("Something went wrong")
        words = QLabel(
            "This is a fault in Gadget Trainer, not yours. Everything that you did is saved. "
            "You can go on; if the window behaves oddly, close it and open it again."
        )
        words.setWordWrap(True)
        about = f"Gadget Trainer {__version__}, Python {platform.python_version()}, PySide6 {pyside_version}"
        shown = QPlainTextEdit(f"{about}, {platform.platform()}\n\n{details}")
        shown.setObjectName("crashDetails")
        shown.setAccessibleName("Details of the fault")
        shown.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy the details", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(shown.selectAll)
        copy.clicked.connect(shown.copy)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(2 * UNIT)
        for widget in (words, shown, buttons):
            whole.addWidget(widget)
        self.resize(640, 400)
