"""The bar at the top of the window that says what happened, or asks: a message that stops nobody."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget
from shiboken6 import isValid

from gadget_trainer.ui.icons import pixmap, plan_icon
from gadget_trainer.ui.theme import UNIT


class NoticeBar(QFrame):
    """Shows one sentence at a time, with buttons where there is something to choose; hidden when there is none."""

    shown_changed = Signal(bool)
    """Whether a message is shown now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setObjectName("noticeText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._lasting = False
        self._focused: QWidget | None = None
        close = QToolButton()
        close.setObjectName("closeNotice")
        close.setAccessibleName("Close the message")
        close.setProperty("quiet", True)
        plan_icon(close, "close")
        close.clicked.connect(self.dismiss)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(2 * UNIT, UNIT, UNIT, UNIT)
        self._layout.setSpacing(UNIT)
        for widget in (self._icon, self._text, close):
            self._layout.addWidget(widget)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.dismiss)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    @Slot(str)
    def inform(self, sentence: str) -> None:
        """Say something that is well."""
        self._show("information", sentence)

    @Slot(str)
    def complain(self, sentence: str) -> None:
        """Say what went wrong and what to do."""
        self._show("error", sentence)

    def ask(self, sentence: str, **choices: Callable[[], object]) -> None:
        """Ask; a click on a choice (its name with spaces for underscores) closes the bar and calls it."""
        self.offer(sentence, **choices)
        self._lasting = False
        if self._buttons:
            self._focused = QApplication.focusWidget()
            self._buttons[0].setFocus()

    def offer(self, sentence: str, **choices: Callable[[], object]) -> None:
        """Say something that holds until it is closed, with more to see behind its buttons."""
        self._show("information", sentence)
        self._lasting = True
        for name, chosen in choices.items():
            self._add_button(name, chosen)

    @Slot()
    def outdate(self) -> None:
        """Something else was done since: take away what was said or asked before, but not what was offered."""
        if not self.isHidden() and not self._lasting:
            self.dismiss()

    def text(self) -> str:
        """The sentence that is shown; empty when none is."""
        return "" if self.isHidden() else self._text.text()

    @Slot()
    def dismiss(self) -> None:
        """Take the message away."""
        self._clear_buttons()
        focused, self._focused = self._focused, None
        self.hide()
        self.shown_changed.emit(False)
        if focused is not None and isValid(focused) and focused.isVisible():
            focused.setFocus()

    def _show(self, kind: str, sentence: str) -> None:
        self._clear_buttons()
        self._lasting = False
        role = QPalette.ColorRole.BrightText if kind == "error" else QPalette.ColorRole.Highlight
        self._icon.setPixmap(pixmap(kind, 20, role))
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self.shown_changed.emit(True)

    def _add_button(self, name: str, chosen: Callable[[], object]) -> None:
        button = QPushButton(name.replace("_", " "))
        button.setObjectName(f"notice:{name}")
        button.setAutoDefault(True)  # Return presses it, as Space does

        def choose() -> None:
            self.dismiss()
            chosen()

        button.clicked.connect(choose)
        self._buttons.append(button)
        self._layout.insertWidget(1 + len(self._buttons), button)

    def _clear_buttons(self) -> None:
        for button in self._buttons:
            button.deleteLater()
        self._buttons.clear()
