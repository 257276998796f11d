"""The text in the middle, with what belongs to one text: its state, where it is from, done, skip, flag."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.ui.annotate.cut_bar import CutBar
from gadget_trainer.ui.annotate.missing_names import names_in_words
from gadget_trainer.ui.annotate.note_field import NoteField
from gadget_trainer.ui.icons import pixmap
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.tool_tips import plain_tip

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.reading_texts import Standing

_WORDS = {TextState.TODO: "To do", TextState.DONE: "Done", TextState.SKIPPED: "Skipped"}

_NO_TEXT = "There is no text in this project yet.\nImport texts (Ctrl+I), or drop files on this window."
_NO_MATCH = "No text matches what you look for.\nChange the words or the filter at the left."


class TextPane(QWidget):
    """Shows one text, or says that there is none."""

    def __init__(self, actions: list[QAction]) -> None:
        super().__init__()
        self.view = TextView()
        self.view.setObjectName("textView")
        self.view.setAccessibleName("Text")
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("second", True)
        self._state_sign = QLabel()
        self._state = QLabel()
        self._state.setObjectName("textState")
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._number = QLabel()
        self._number.setObjectName("textNumber")
        self._number.setProperty("second", True)
        self._source = QLabel()
        self._source.setObjectName("textSource")
        self._source.setProperty("second", True)
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        self.note = NoteField()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self.cuts = CutBar()
        self._foot = self._make_foot(actions)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self.cuts)
        around = QHBoxLayout()
        around.setContentsMargins(2 * UNIT, 0, 2 * UNIT, 0)
        around.addWidget(self.note)
        whole.addLayout(around)
        whole.addWidget(self._foot)

    def put_above(self, widget: QWidget) -> None:
        """Let something stand above the text that belongs to it."""
        self._whole.insertWidget(0, widget)

    def show_text(self, annotated: AnnotatedText | None, *, project_has_texts: bool) -> None:
        """Show a text, whose state is still to be shown, or say why there is none."""
        self._empty.setText(_NO_MATCH if project_has_texts else _NO_TEXT)
        self._stack.setCurrentWidget(self._empty if annotated is None else self.view)
        self._foot.setVisible(annotated is not None)
        if annotated is None:
            self.view.set_text("")
            self.note.show_note(None, "")
            return
        self.view.set_text(annotated.text, annotated.spans)
        self._number.setText(f"No. {annotated.id:,}")
        self._source.setText(annotated.source)
        self.note.show_note(annotated.id, annotated.note)

    def show_state(self, standing: "Standing", *, has_spans: bool) -> None:
        """Show how far the text is."""
        missing = (*standing.missing, *standing.undecided)
        begun = standing.state is TextState.TODO and has_spans
        sign = "behind" if missing else "begun" if begun else standing.state.value
        self._state_sign.setPixmap(pixmap(f"state-{sign}", 16, QPalette.ColorRole.PlaceholderText))
        words = "Begun" if begun else _WORDS[standing.state]
        self._state.setText(f"{words}, but not for {names_in_words(missing)}" if missing else words)
        self._state.setToolTip(plain_tip(f"Done, but not for {', '.join(missing)}") if missing else "")
        self._foot_row.activate()  # or the words are cut in the first frame

    def state(self) -> str:
        """How far the text is, in words."""
        return self._state.text()

    def _make_foot(self, actions: list[QAction]) -> QFrame:
        foot = QFrame()
        foot.setProperty("surface", True)
        row = self._foot_row = QHBoxLayout(foot)
        row.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(self._state_sign)
        row.addWidget(self._state)
        row.addSpacing(UNIT)
        row.addWidget(self._number)
        row.addWidget(self._source, 1)
        for action in actions:
            row.addWidget(_button(action))
        return foot


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName(f"button:{action.objectName()}")
    button.setAccessibleName(action.text())
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(18, 18))
    button.setProperty("step", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
