"""What an import or export did to every text and span, as a page to read and copy."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from gadget_trainer.ui.theme import UNIT


class ReceiptDialog(QDialog):
    """The lines of a receipt."""

    def __init__(self, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("receiptDialog")
        self.setWindowTitle("Receipt")
        shown = QPlainTextEdit("\n".join(lines))
        shown.setObjectName("receiptText")
        shown.setAccessibleName("Receipt")
        shown.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(shown.selectAll)
        copy.clicked.connect(shown.copy)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        whole.addWidget(shown)
        whole.addWidget(buttons)
        self.resize(640, 480)
