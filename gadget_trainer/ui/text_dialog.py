"""A page of text to read and to copy, in a dialog that is gone when it is closed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gadget_trainer.ui.theme import UNIT


class TextDialog(QDialog):
    """Shows a text, with a sentence above it where there is something to say about it."""

    def __init__(
        self, text: str, parent: QWidget | None, *, name: str, label: str, sentence: str = "", copy: str = "Copy"
    ) -> None:
        """``name`` is the text's objectName, ``label`` what it is to a screen reader, ``copy`` a button's words."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(2 * UNIT)
        if sentence:
            words = QLabel(sentence)
            words.setWordWrap(True)
            whole.addWidget(words)
        shown = QPlainTextEdit(text)
        shown.setObjectName(name)
        shown.setAccessibleName(label)
        shown.setReadOnly(True)
        whole.addWidget(shown)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copying = buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copying.clicked.connect(shown.selectAll)
        copying.clicked.connect(shown.copy)
        buttons.rejected.connect(self.reject)
        whole.addWidget(buttons)
        self.resize(640, 480)
