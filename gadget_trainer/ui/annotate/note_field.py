"""What a person writes down about a text, in a field under it; kept when the field is left."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, Qt
from PySide6.QtWidgets import QPlainTextEdit

from gadget_trainer.ui.theme import UNIT

_LINES = 3


class NoteField(QPlainTextEdit):
    """A few lines; hidden while the text has no note and none is being written."""

    written = Signal(int, object)
    """The id of the text, and its new note."""
    left = Signal()
    """The keys should go back to the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("textNote")
        self.setAccessibleName("Note about the text")
        self.setPlaceholderText("A note about this text. Esc goes back to the text.")
        self.setTabChangesFocus(True)
        self.setFixedHeight(_LINES * QFontMetrics(self.font()).lineSpacing() + 4 * UNIT)
        self._text_id: int | None = None
        self._kept = ""
        self.hide()

    def show_note(self, text_id: int | None, note: str) -> None:
        """Show a text's note; what was written about another one is kept before."""
        if text_id != self._text_id:
            self.keep()
        self._text_id, self._kept = text_id, note
        if self.toPlainText() != note:
            self.setPlainText(note)
        self.setVisible(bool(note) or self.hasFocus())

    def write(self) -> None:
        """Let the person write."""
        self.show()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self) -> None:
        """Tell what was written, if it is something else than before."""
        note = self.toPlainText().strip()
        if self._text_id is not None and note != self._kept.strip():
            self._kept = note
            self.written.emit(self._text_id, note)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the note."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.keep()
            self.setVisible(bool(self.toPlainText().strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, and Enter with Ctrl, end the writing."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        ends = event.key() == Qt.Key.Key_Escape or (control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter))
        if ends:
            self.left.emit()
        else:
            super().keyPressEvent(event)
