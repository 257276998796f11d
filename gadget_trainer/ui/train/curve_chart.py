"""The learning curve drawn: F on the texts held out against the share of the texts that were learned from."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from gadget_trainer.training.what_next import CurvePoint
from gadget_trainer.ui.theme import UNIT

_Role = QPalette.ColorRole
_TENTHS = (0, 5, 10)
_EMPTY = "The learning curve will be drawn here."


class CurveChart(QWidget):
    """Draws up to four points, each with the range in which the true F likely is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("curveChart")
        self.setAccessibleName("Learning curve")
        self.setMinimumHeight(16 * UNIT)
        self._points: list[CurvePoint] = []

    def show_points(self, points: Sequence[CurvePoint]) -> None:
        """Draw these."""
        self._points = [point for point in points if point.f_score is not None]
        self.setAccessibleDescription(
            "; ".join(f"{one.share * 100:.0f} %: F {one.f_score:.2f}" for one in self._points)
        )
        self.update()

    def points(self) -> list[tuple[float, float | None]]:
        """What is drawn: share and F."""
        return [(point.share, point.f_score) for point in self._points]

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(44 * UNIT, 20 * UNIT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the axes, the ranges and the curve."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._points:
            painter.setPen(self.palette().color(_Role.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _EMPTY)
            return
        metrics = QFontMetricsF(self.font())
        side = metrics.horizontalAdvance("100 %") / 2 + UNIT
        left = max(metrics.horizontalAdvance("0.0") + 3 * UNIT, side)
        room = QRectF(self.rect()).adjusted(left, 3 * UNIT, -side, -metrics.height() - 2 * UNIT)
        self._paint_axes(painter, room, metrics.height())
        places = [_place(room, one.share, one.f_score or 0.0) for one in self._points]
        self._paint_ranges(painter, room)
        painter.setPen(QPen(self.palette().color(_Role.Highlight), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(places)
        self._paint_points(painter, places, room)

    def _paint_axes(self, painter: QPainter, room: QRectF, height: float) -> None:
        for tenths in _TENTHS:
            y = _place(room, 0, tenths / 10).y()
            painter.setPen(QPen(self.palette().color(_Role.Midlight), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            box = QRectF(0, y - height / 2, room.left() - UNIT, height)
            self._write(painter, box, f"{tenths / 10:.1f}", Qt.AlignmentFlag.AlignRight)
        for one in self._points:
            x = _place(room, one.share, 0).x()
            box = QRectF(x - 4 * UNIT, room.bottom() + UNIT, 8 * UNIT, height)
            self._write(painter, box, f"{one.share * 100:.0f} %", Qt.AlignmentFlag.AlignHCenter)

    def _paint_ranges(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(QPen(self.palette().color(_Role.Dark), 1.5, c=Qt.PenCapStyle.RoundCap))
        for one in self._points:
            if one.interval is not None:
                low, high = (_place(room, one.share, edge) for edge in one.interval)
                painter.drawLine(low, high)
                for end in (low, high):
                    painter.drawLine(end - QPointF(4, 0), end + QPointF(4, 0))

    def _paint_points(self, painter: QPainter, places: Sequence[QPointF], room: QRectF) -> None:
        height = QFontMetricsF(self.font()).height()
        for one, place in zip(self._points, places, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(_Role.Highlight))
            painter.drawEllipse(place, 3.5, 3.5)
            top = _place(room, one.share, one.interval[1] if one.interval else one.f_score or 0.0).y()
            box = QRectF(place.x() - 4 * UNIT, top - height - UNIT / 2, 8 * UNIT, height)
            painter.setPen(self.palette().color(_Role.Text))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextDontClip, f"{one.f_score:.2f}")

    def _write(self, painter: QPainter, box: QRectF, words: str, side: Qt.AlignmentFlag) -> None:
        painter.setPen(self.palette().color(_Role.PlaceholderText))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, words)


def _place(room: QRectF, share: float, f_score: float) -> QPointF:
    return QPointF(room.left() + share * room.width(), room.bottom() - f_score * room.height())
