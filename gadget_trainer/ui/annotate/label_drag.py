"""Labels are put into another order by dragging one of them to its place in the bar."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from gadget_trainer.ui.theme import UNIT

_WIDTH = 3


class LabelDrag(QObject):
    """Shows where a dragged label would go, and says where it went."""

    dropped = Signal(int, int)
    """A label was dragged away from its place (the first) to before the one at the second, or behind all of them."""

    def __init__(self, bar: QWidget) -> None:
        super().__init__(bar)
        self._mark = _Mark(bar)
        self._place: int | None = None

    def follow(self, labels: Sequence[QWidget], at: QPoint) -> QRect:
        """The pointer is there in the bar; gives what of the bar should be seen."""
        rects = [label.geometry() for label in labels]
        self._place = place_at(rects, at)
        last = self._place == len(rects) or rects[self._place].top() > _row_at(rects, at).top()
        beside = rects[self._place - 1] if last else rects[self._place]
        x = beside.right() + 1 + UNIT // 2 if last else beside.left() - UNIT // 2
        self._mark.setGeometry(x - _WIDTH // 2, beside.top(), _WIDTH, beside.height())
        self._mark.show()
        self._mark.raise_()
        return self._mark.geometry()

    def drop(self, place: int) -> None:
        """Let the label of that place go where the mark is."""
        wanted = self._place
        self.stop()
        if wanted is not None and wanted not in (place, place + 1):
            self.dropped.emit(place, wanted)

    def stop(self) -> None:
        """Nothing is dragged any more."""
        self._place = None
        self._mark.hide()


class _Mark(QWidget):
    """A line between two labels."""

    def __init__(self, bar: QWidget) -> None:
        super().__init__(bar)
        self.setObjectName("labelDropMark")
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line in the accent colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 1, 1)


def place_at(rects: Sequence[QRect], at: QPoint) -> int:
    """Before which of the rectangles, in rows from left to right, something goes that is dropped at ``at``."""
    row = _row_at(rects, at)
    within = [place for place, rect in enumerate(rects) if rect.top() == row.top()]
    return next((place for place in within if at.x() < rects[place].center().x()), within[-1] + 1)


def _row_at(rects: Sequence[QRect], at: QPoint) -> QRect:
    """A rectangle of the row that is nearest."""
    return min(rects, key=lambda rect: abs(rect.center().y() - at.y()))
