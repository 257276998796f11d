"""A screen reader that writes down what it is told."""

from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleTextCursorEvent,
    QAccessibleTextSelectionEvent,
    QAccessibleTextUpdateEvent,
)


class Reader:
    """Stands in for Qt's QAccessible, which tells nobody on the offscreen platform."""

    def __init__(self, heard: list[str]) -> None:
        self._heard = heard

    def __getattr__(self, name: str) -> object:
        return getattr(QAccessible, name)

    def isActive(self) -> bool:
        return True

    def updateAccessibility(self, event: QAccessibleEvent) -> None:
        match event:
            case QAccessibleAnnouncementEvent():
                self._heard.append(f"say {event.message()}")
            case QAccessibleTextUpdateEvent():
                self._heard.append(f"text {event.textRemoved()} -> {event.textInserted()}")
            case QAccessibleTextSelectionEvent():
                self._heard.append(f"selection {event.selectionStart()} {event.selectionEnd()}")
            case QAccessibleTextCursorEvent():
                self._heard.append(f"caret {event.cursorPosition()}")
