"""A line for a path: too long for its field, it is elided in the middle while nobody types, so that its end is seen."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

_INSET = 2
"""Pixels that QLineEdit leaves between its contents' edge and its text."""


class PathLine(QLineEdit):
    """Holds the whole path at any time; only what is painted is shortened. The tooltip has all of it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.textChanged.connect(self._tell_whole)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as always where the text fits or has the focus."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        room.adjust(_INSET, 0, -_INSET, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        if self.hasFrame():
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.Text))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    @Slot()
    def _tell_whole(self) -> None:
        self.setToolTip(self.text())
