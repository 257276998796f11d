"""Changing the words of a text: a dialog that says what becomes of the spans before it is done."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gadget_trainer.errors import UserError
from gadget_trainer.ui.annotate.visible_text import VisibleText
from gadget_trainer.ui.theme import UNIT

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.text_edits import Rewording

_PAUSE = 150  # milliseconds after the last key until the spans are looked at
_NAMED = 3
_SHOWN = 40  # characters of a span's words


class TextEditor(QDialog):
    """Holds the words while they are changed; ``words()`` is the answer when it is accepted."""

    def __init__(self, text: str, effect: "Callable[[str], Rewording]", parent: QWidget) -> None:
        """``effect`` says what other words would do to the spans."""
        super().__init__(parent)
        self.setObjectName("textEditor")
        self.setWindowTitle("Edit the text")
        self._text = text
        self._visible = VisibleText(text)
        self._effect = effect
        self._field = QPlainTextEdit(self._visible.text)
        self._field.setObjectName("textWords")
        self._field.setAccessibleName("The words of the text")
        self._consequence = QLabel()
        self._consequence.setObjectName("textWordsEffect")
        self._consequence.setTextFormat(Qt.TextFormat.PlainText)
        self._consequence.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._show_effect)
        self._field.textChanged.connect(self._wait)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._show_effect()

    def words(self) -> str:
        """The words as they are now, with every character that can't be seen."""
        return self._visible.restored(self._field.toPlainText())

    @Slot()
    def _wait(self) -> None:
        """Nothing can be saved before it was said what that does."""
        self._save_button().setEnabled(False)
        self._pause.start()

    @Slot()
    def _show_effect(self) -> None:
        words = self.words()
        if words == self._text:
            self._consequence.setText("The words are as they were.")
        elif not words.strip():
            self._consequence.setText("A text can't be empty. Delete it instead, or skip it.")
        else:
            self._try(words)
        self._save_button().setEnabled(words != self._text and bool(words.strip()))

    def _try(self, words: str) -> None:
        try:
            self._consequence.setText(_sentence(self._effect(words)))
        except UserError as error:
            self._consequence.setText(str(error))

    def _save_button(self) -> QWidget:
        return self._buttons.button(QDialogButtonBox.StandardButton.Save)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        whole.setSpacing(2 * UNIT)
        whole.addWidget(self._field, 1)
        if self._visible.has_stand_ins:
            hint = QLabel("Signs such as ␍ and · stand for characters that can't be seen. They are kept.")
            hint.setProperty("second", True)
            hint.setWordWrap(True)
            whole.addWidget(hint)
        whole.addWidget(self._consequence)
        whole.addWidget(self._buttons)
        self.resize(80 * UNIT, 44 * UNIT)


def _sentence(found: "Rewording") -> str:
    kept = f"{found.kept:,} spans stay on their words" if found.kept > 1 else "1 span stays on its words"
    kept = kept if found.kept else "No span stays on its words"
    if not found.lost:
        return f"{kept}. None is lost." if found.kept else "There is no span in this text."
    named = ", ".join(f"“{_shortened(one)}”" for one in found.lost[:_NAMED])
    more = f" and {len(found.lost) - _NAMED:,} more" if len(found.lost) > _NAMED else ""
    return f"{kept}. {len(found.lost):,} {'is' if len(found.lost) == 1 else 'are'} lost: {named}{more}."


def _shortened(surface: str) -> str:
    one_line = " ".join(surface.split())
    return one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + "…"
