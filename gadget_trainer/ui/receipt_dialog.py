"""What an import or export did to every text and span, as a page to read and copy."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gadget_trainer.ui.text_dialog import TextDialog


class ReceiptDialog(TextDialog):
    """The lines of a receipt."""

    def __init__(self, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("\n".join(lines), parent, name="receiptText", label="Receipt")
        self.setObjectName("receiptDialog")
        self.setWindowTitle("Receipt")
