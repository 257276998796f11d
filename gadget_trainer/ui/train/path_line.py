"""A line for a path: too long for its field, it is elided in the middle while nobody types, so that its end is seen."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolTip

from gadget_trainer.ui.tool_tips import plain_tip

_INSET = 2
"""Pixels that QLineEdit leaves between its contents' edge and its text."""


class PathLine(QLineEdit):
    """Holds the whole path at any time; only what is painted is shortened. The tooltip has all of it."""

    def shown_text(self) -> str:
        """What is painted."""
        if self.hasFocus():
            return self.text()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self._room().width())

    def event(self, event: QEvent) -> bool:
        """Tell the whole text where it is elided; else the tooltip is the field's."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self.shown_text() != self.text():
            QToolTip.showText(event.globalPos(), plain_tip(self.text()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as always where the text fits or has the focus."""
        shown = self.shown_text()
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        if self.hasFrame():
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.Text))
        painter.drawText(self._room(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _room(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return room.adjusted(_INSET, 0, -_INSET, 0)
