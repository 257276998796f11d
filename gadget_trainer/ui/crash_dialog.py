"""The dialog that a bug is shown in."""

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtWidgets import QWidget

from gadget_trainer import __version__
from gadget_trainer.ui.text_dialog import TextDialog

_SENTENCE = (
    "This is a fault in Gadget Trainer, not yours. Everything that you did is saved. "
    "You can go on; if the window behaves oddly, close it and open it again."
)


class CrashDialog(TextDialog):
    """Says that a bug was met and that nothing is lost, with the details to copy."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        about = f"Gadget Trainer {__version__}, Python {platform.python_version()}, PySide6 {pyside_version}"
        text = f"{about}, {platform.platform()}\n\n{details}"
        super().__init__(
            text,
            parent,
            name="crashDetails",
            label="Details of the fault",
            sentence=_SENTENCE,
            copy="Copy the details",
        )
        self.setObjectName("crashDialog")
        self.setWindowTitle("Something went wrong")
