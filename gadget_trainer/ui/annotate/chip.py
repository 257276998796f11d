"""What the buttons of labels and of categories have in common: a chip that paints itself in a label's colours."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gadget_trainer.ui.text_view.colours import LabelColours


class Chip(QAbstractButton):
    """A button that is filled while it is chosen. The keys of the text go on working after a click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def paint_ground(self, painter: QPainter, colours: LabelColours, radius: float) -> QRect:
        """Draw the outline, and the fill where it is chosen; gives what they enclose."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = self.rect().adjusted(1, 1, -1, -1)
        width = 2.0 if self.isChecked() or self.hasFocus() else 1.0
        plain = self.palette().color(QPalette.ColorRole.Mid)
        painter.setPen(QPen(colours.stroke if self.isChecked() or self.underMouse() else plain, width))
        painter.setBrush(colours.fill if self.isChecked() else self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(chip, radius, radius)
        return chip

    def chip_font(self, *, bold: bool) -> QFont:
        """The font of names, and the smaller one of what stands beside them."""
        font = QFont(self.font())
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        else:
            font.setPointSizeF(font.pointSizeF() * 0.88)
        return font

    def chip_metrics(self, *, bold: bool) -> QFontMetrics:
        """The measures of those fonts."""
        return QFontMetrics(self.chip_font(bold=bold))
