"""The text view as a screen reader sees it: its text, caret, selection, and where each character is.

Qt's bridges to screen readers count in UTF-16 units, so this is the one place beside a paragraph that does. The map
for a whole text is made when a screen reader first asks, not before.
"""

from typing import Any

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
    QAccessibleTextUpdateEvent,
    QWindow,
)
from PySide6.QtWidgets import QAbstractScrollArea

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.ui.text_view.geometry import Geometry
from gadget_trainer.ui.text_view.marks import Marks


class AccessibleText(QAccessibleInterface, QAccessibleTextInterface):
    """Answers a screen reader's questions about one text view."""

    def __init__(self, view: QAbstractScrollArea, geometry: Geometry, marks: Marks) -> None:
        QAccessibleInterface.__init__(self)
        QAccessibleTextInterface.__init__(self)
        self._view = view
        self._geometry = geometry
        self._marks = marks
        self._mapped: tuple[str, Utf16Map] = ("", Utf16Map(""))
        self._known: tuple[int, tuple[int, int] | None] = (0, None)

    def _offsets(self) -> Utf16Map:
        if self._mapped[0] is not self._marks.text:
            self._mapped = (self._marks.text, Utf16Map(self._marks.text))
        return self._mapped[1]

    # -- what a screen reader is told

    @staticmethod
    def is_heard() -> bool:
        """Whether there is a screen reader; without one, nothing need be told."""
        return QAccessible.isActive()

    def tell_text(self, before: str) -> None:
        """Another text is shown, in place of ``before``."""
        self._known = (self._marks.caret, self._marks.marked)
        QAccessible.updateAccessibility(QAccessibleTextUpdateEvent(self._view, 0, before, self._marks.text))
        self._tell_caret()

    def tell_marks(self) -> None:
        """Tell where the caret is and what is selected, as far as that is other than was told."""
        (caret, marked), self._known = self._known, (self._marks.caret, self._marks.marked)
        if caret != self._marks.caret:
            self._tell_caret()
        if marked != self._marks.marked:
            self._tell_selection()

    def announce(self, text: str) -> None:
        """Have this said."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, text))

    def _tell_caret(self) -> None:
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._view, self.cursorPosition()))

    def _tell_selection(self) -> None:
        start, end = self.selection(0) if self.selectionCount() else [self.cursorPosition()] * 2
        QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(self._view, start, end))

    # -- the widget

    def isValid(self) -> bool:
        """Whether there is still a widget behind this."""
        return True

    def object(self) -> QObject:
        """The widget."""
        return self._view

    def window(self) -> QWindow:
        """The window that the widget is in."""
        return self._view.window().windowHandle()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]  # a window has none
        """The widget around it."""
        above = self._view.parentWidget()
        return QAccessible.queryAccessibleInterface(above) if above else None

    def child(self, index: int) -> None:  # type: ignore[override]  # Qt's null pointer
        """None: it has no parts of its own."""
        del index

    def childAt(self, x: int, y: int) -> None:  # type: ignore[override]  # Qt's null pointer
        """None: it has no parts of its own."""
        del x, y

    def childCount(self) -> int:
        """0: it has no parts of its own."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """-1: it has no parts of its own."""
        del child
        return -1

    def rect(self) -> QRect:
        """Where the widget is on the screen."""
        return QRect(self._view.mapToGlobal(QPoint(0, 0)), self._view.size())

    def role(self) -> QAccessible.Role:
        """What kind of thing it is."""
        return QAccessible.Role.EditableText

    def state(self) -> QAccessible.State:
        """Whether it has the focus, can be selected in, and so on."""
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._view.hasFocus()
        state.readOnly = True
        state.multiLine = True
        state.selectableText = True
        state.invisible = not self._view.isVisible()
        return state

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """The text is not edited through this."""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """The interface that is asked for: the text interface is this object."""
        return self if kind == QAccessible.InterfaceType.TextInterface else None

    def text(self, *asked: Any) -> str:
        """The part between two offsets, or the widget's name, description or value: Qt has one name for both."""
        if len(asked) == 2:
            offsets = self._offsets()
            start, end = (offsets.to_code_point(int(unit)) for unit in asked)
            return self._marks.text[start:end]
        if asked[0] == QAccessible.Text.Name:
            return self._view.accessibleName() or self._view.tr("Text")
        if asked[0] == QAccessible.Text.Description:
            return self._view.accessibleDescription()
        return self._marks.text if asked[0] == QAccessible.Text.Value else ""

    # -- its text

    def characterCount(self) -> int:
        """The length of the text."""
        return self._offsets().to_utf16(len(self._marks.text))

    def cursorPosition(self) -> int:
        """Where the caret is."""
        return self._offsets().to_utf16(self._marks.caret)

    def setCursorPosition(self, position: int) -> None:
        """Put the caret somewhere."""
        self._marks.move_caret(self._offsets().to_code_point(position))

    def characterRect(self, offset: int) -> QRect:
        """Where a character is on the screen."""
        start = self._offsets().to_code_point(offset)
        for _, rect in self._geometry.pieces(start, start + 1):
            found = rect.toAlignedRect()
            return found.translated(self._view.viewport().mapToGlobal(QPoint(0, 0)))
        return QRect()

    def offsetAtPoint(self, point: QPoint) -> int:
        """Which character is at a point of the screen."""
        inside = QPointF(self._view.viewport().mapFromGlobal(point))
        return self._offsets().to_utf16(self._geometry.place_at(inside).offset)

    def selectionCount(self) -> int:
        """How many parts are selected: one, or none."""
        return 0 if self._marks.marked is None else 1

    def selection(self, index: int) -> tuple[int, int]:
        """The selected part, or the selected span."""
        found = self._marks.marked if index == 0 else None
        offsets = self._offsets()
        return (offsets.to_utf16(found[0]), offsets.to_utf16(found[1])) if found else (0, 0)

    def addSelection(self, start: int, end: int) -> None:
        """Select a part; there is only ever one."""
        self.setSelection(0, start, end)

    def setSelection(self, index: int, start: int, end: int) -> None:
        """Select the tokens that a part touches."""
        offsets = self._offsets()
        if index == 0:
            self._marks.select(offsets.to_code_point(start), offsets.to_code_point(end))

    def removeSelection(self, index: int) -> None:
        """Select nothing."""
        if index == 0:
            self._marks.clear()

    def scrollToSubstring(self, start: int, end: int) -> None:
        """Bring a part into sight."""
        offsets = self._offsets()
        self._geometry.ensure_visible(offsets.to_code_point(start), offsets.to_code_point(end))
        self._view.viewport().update()

    def attributes(self, offset: int) -> tuple[str, int, int]:
        """The label at an offset, and from where to where it is the same."""
        offsets = self._offsets()
        at = offsets.to_code_point(offset)
        for span in self._marks.layer.between(at, at + 1):
            return f"label:{span.label}", offsets.to_utf16(span.start), offsets.to_utf16(span.end)
        return "", offset, offset + 1
