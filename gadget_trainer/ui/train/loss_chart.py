"""The curves of a run: the loss at the left, the F-score on the texts held out at the right."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from gadget_trainer.training.progress import IterationDone
from gadget_trainer.ui.theme import UNIT
from gadget_trainer.ui.train.axis import ticks
from gadget_trainer.ui.train.score_models import loss_text, score_text

_MARGIN_TOP = 5 * UNIT
_MARGIN_BOTTOM = 4 * UNIT
_EMPTY = "The loss of each iteration will be drawn here."


class LossChart(QWidget):
    """Draws the iterations of a run; a point under the pointer shows its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lossChart")
        self.setMouseTracking(True)
        self.setMinimumHeight(22 * UNIT)
        self._records: list[IterationDone] = []
        self._iterations = 0
        self._pointed: int | None = None
        self._describe()

    def show_run(self, records: Sequence[IterationDone], iterations: int) -> None:
        """Draw these iterations of ``iterations`` in all."""
        self._records = list(records)
        self._iterations = iterations
        self._pointed = None
        self._describe()
        self.update()

    def add(self, record: IterationDone) -> None:
        """Draw one more iteration."""
        self._records.append(record)
        self._iterations = record.iterations
        self._describe()
        self.update()

    def points(self) -> list[tuple[int, float, float | None]]:
        """What is drawn: iteration, loss, F-score."""
        return [(one.iteration, one.loss, one.f_score) for one in self._records]

    def best(self) -> IterationDone | None:
        """The best iteration so far."""
        return next((one for one in reversed(self._records) if one.best), None)

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(640, 30 * UNIT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the numbers of the iteration under the pointer."""
        room = self._room()
        if self._records and room.width() > 0:
            place = (event.position().x() - room.left()) / room.width() * max(self._iterations - 1, 1)
            nearest = min(max(round(place), 0), len(self._records) - 1)
            if nearest != self._pointed:
                self._pointed = nearest
                self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show no numbers."""
        self._pointed = None
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axes, curves, the best iteration, and the numbers under the pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._records:
            painter.setPen(self._colour(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _EMPTY)
            return
        room = self._room()
        top = self._paint_loss_axis(painter, room)
        self._paint_score_axis(painter, room)
        self._paint_iterations(painter, room)
        self._paint_legend(painter, room)
        drawn = [one for one in self._records if math.isfinite(one.loss)]
        self._paint_curve(painter, [self._at(room, one, one.loss / top) for one in drawn], self._loss_colour())
        scored = [one for one in self._records if one.f_score is not None]
        self._paint_curve(painter, [self._at(room, one, one.f_score or 0) for one in scored], self._score_colour())
        self._paint_best(painter, room)
        self._paint_pointed(painter, room)

    def _room(self) -> QRectF:
        metrics = QFontMetricsF(self.font())
        left = max(metrics.horizontalAdvance(f"{value:,.6g}") for value in ticks(self._highest())) + 3 * UNIT
        right = metrics.horizontalAdvance("0.0") + 3 * UNIT
        return QRectF(self.rect()).adjusted(left, _MARGIN_TOP, -right, -_MARGIN_BOTTOM)

    def _highest(self) -> float:
        """The highest loss that can be drawn: a run that went wrong reports losses that are no numbers."""
        return max((one.loss for one in self._records if math.isfinite(one.loss)), default=1.0)

    def _at(self, room: QRectF, record: IterationDone, share: float) -> QPointF:
        across = (record.iteration - 1) / max(self._iterations - 1, 1)
        return QPointF(room.left() + across * room.width(), room.bottom() - share * room.height())

    def _paint_loss_axis(self, painter: QPainter, room: QRectF) -> float:
        values = ticks(self._highest())
        for value in values:
            y = room.bottom() - value / values[-1] * room.height()
            painter.setPen(QPen(self._colour(QPalette.ColorRole.Midlight), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            box = QRectF(0, y - UNIT, room.left() - UNIT, 2 * UNIT)
            self._write(painter, box, f"{value:,.6g}", Qt.AlignmentFlag.AlignRight)
        return values[-1]

    def _paint_score_axis(self, painter: QPainter, room: QRectF) -> None:
        for tenth in (0, 5, 10):
            y = room.bottom() - tenth / 10 * room.height()
            box = QRectF(room.right() + UNIT, y - UNIT, 4 * UNIT, 2 * UNIT)
            self._write(painter, box, f"{tenth / 10:.1f}", Qt.AlignmentFlag.AlignLeft)

    def _paint_iterations(self, painter: QPainter, room: QRectF) -> None:
        widest = QFontMetricsF(self.font()).horizontalAdvance(f"{self._iterations:,}") + 2 * UNIT
        step = max(1, round(self._iterations * widest / max(room.width(), 1) + 0.5))
        for iteration in range(1, self._iterations + 1):
            if (iteration - 1) % step and iteration != self._iterations:
                continue
            if self._iterations - iteration < step and iteration not in (1, self._iterations):
                continue
            x = room.left() + (iteration - 1) / max(self._iterations - 1, 1) * room.width()
            box = QRectF(x - 4 * UNIT, room.bottom() + UNIT, 8 * UNIT, 2 * UNIT)
            self._write(painter, box, f"{iteration:,}", Qt.AlignmentFlag.AlignHCenter)

    def _paint_legend(self, painter: QPainter, room: QRectF) -> None:
        metrics = QFontMetricsF(self.font())
        x = room.left()
        for words, colour in (("loss", self._loss_colour()), ("F on held-out texts", self._score_colour())):
            painter.setPen(QPen(colour, 2.5, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(x, 2 * UNIT), QPointF(x + 2 * UNIT, 2 * UNIT))
            width = metrics.horizontalAdvance(words) + UNIT
            self._write(painter, QRectF(x + 3 * UNIT, UNIT, width, 2 * UNIT), words, Qt.AlignmentFlag.AlignLeft)
            x += 3 * UNIT + width + 2 * UNIT

    def _paint_curve(self, painter: QPainter, points: Sequence[QPointF], colour: QColor) -> None:
        if not points:
            return
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.setPen(QPen(colour, 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        if len(points) <= 50:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for point in points:
                painter.drawEllipse(point, 2.5, 2.5)

    def _paint_best(self, painter: QPainter, room: QRectF) -> None:
        best = self.best()
        if best is None or best.f_score is None:
            return
        place = self._at(room, best, best.f_score)
        painter.setPen(QPen(self._score_colour(), 2))
        painter.setBrush(self._colour(QPalette.ColorRole.Base))
        painter.drawEllipse(place, 5.5, 5.5)
        words = f"best {best.f_score:.3f}"
        width = QFontMetricsF(self.font()).horizontalAdvance(words) + UNIT
        left = min(max(place.x() - width / 2, room.left()), room.right() - width)
        above = place.y() - 4 * UNIT
        y = above if above > _MARGIN_TOP - 2 * UNIT else place.y() + UNIT
        painter.setPen(self._score_colour())
        painter.drawText(QRectF(left, y, width, 2.5 * UNIT), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_pointed(self, painter: QPainter, room: QRectF) -> None:
        if self._pointed is None:
            return
        record = self._records[self._pointed]
        x = self._at(room, record, 0).x()
        painter.setPen(QPen(self._colour(QPalette.ColorRole.Dark), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        words = f"iteration {record.iteration:,}\nloss {loss_text(record.loss)}\nF {score_text(record.f_score)}"
        metrics = QFontMetricsF(self.font())
        size = metrics.boundingRect(QRectF(0, 0, 400, 400), 0, words).size()
        box = QRectF(x + UNIT, room.top() + UNIT, size.width() + 2 * UNIT, size.height() + UNIT)
        if box.right() > room.right():
            box.moveRight(x - UNIT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(QPalette.ColorRole.ToolTipBase))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(self._colour(QPalette.ColorRole.ToolTipText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _write(self, painter: QPainter, box: QRectF, words: str, side: Qt.AlignmentFlag) -> None:
        painter.setPen(self._colour(QPalette.ColorRole.PlaceholderText))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, words)

    def _loss_colour(self) -> QColor:
        return self._colour(QPalette.ColorRole.Shadow)

    def _score_colour(self) -> QColor:
        return self._colour(QPalette.ColorRole.Highlight)

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self.palette().color(role)

    def _describe(self) -> None:
        self.setAccessibleName("Loss and score of each iteration")
        words = ""
        if self._records:
            last = self._records[-1]
            words = f"Iteration {last.iteration}: loss {loss_text(last.loss)}, F {score_text(last.f_score)}"
        self.setAccessibleDescription(words)
