"""The curves of a run: the loss at the left, the F-score on the texts held out at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from gadget_trainer.training.held_out_words import range_text
from gadget_trainer.training.progress import IterationDone
from gadget_trainer.ui.alignment import CENTRE, LEFT, RIGHT
from gadget_trainer.ui.theme import UNIT, mixed
from gadget_trainer.ui.train.axis import ticks
from gadget_trainer.ui.train.chart_scale import Scale, highest_loss, loss_of
from gadget_trainer.ui.train.score_models import loss_text, macro_f_text, score_text

_MARGIN_TOP = 5 * UNIT
_MARGIN_BOTTOM = 4 * UNIT
_EMPTY = "The loss of each iteration will be drawn here."
_WITH_DOTS = 50
"""More iterations than this are drawn as a line alone."""
_BAND = 0.16
_LEFT, _RIGHT, _CENTRE = (side | Qt.TextFlag.TextDontClip for side in (LEFT, RIGHT, CENTRE))
_BESIDE = 0.55

_Role = QPalette.ColorRole


class LossChart(QWidget):
    """Draws the iterations of a run, and of another one beside it; a point under the pointer shows its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lossChart")
        self.setAccessibleName("Loss and score of each iteration")
        self.setMouseTracking(True)
        self.setMinimumHeight(22 * UNIT)
        self._records: list[IterationDone] = []
        self._beside: list[IterationDone] = []
        self._beside_name = ""
        self._component = ""
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

    def show_beside(self, records: Sequence[IterationDone], name: str = "") -> None:
        """Draw another run, dashed; no records take it away."""
        self._beside = list(records)
        self._beside_name = name
        self.update()

    def show_component(self, component: str) -> None:
        """Draw the loss of that component; with an empty name the entity recogniser's."""
        self._component = component
        self._describe()
        self.update()

    def component(self) -> str:
        """Whose loss is drawn; empty for the entity recogniser's."""
        return self._component

    def points(self) -> list[tuple[int, float, float | None]]:
        """What is drawn: iteration, loss, score."""
        return [(one.iteration, loss_of(one, self._component), one.score) for one in self._records]

    def beside(self) -> list[tuple[int, float, float | None]]:
        """The same of the other run."""
        return [(one.iteration, loss_of(one, self._component), one.score) for one in self._beside]

    def best(self) -> IterationDone | None:
        """The best iteration so far."""
        return next((one for one in reversed(self._records) if one.best), None)

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(640, 30 * UNIT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the numbers of the iteration under the pointer."""
        scale = self._scale()
        if self._records and scale.room.width() > 0:
            across = event.position().x()
            places = range(len(self._records))
            nearest = min(places, key=lambda place: abs(scale.x(self._records[place].iteration) - across))
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
        if not self._records and not self._beside:
            painter.setPen(self._colour(_Role.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _EMPTY)
            return
        scale = self._scale()
        self._paint_axes(painter, scale)
        self._paint_legend(painter, scale.room)
        self._paint_ranges(painter, scale)
        for records, beside in ((self._beside, True), (self._records, False)):
            dots = len(records) <= _WITH_DOTS and not beside
            for piece in scale.losses(records, self._component):
                self._paint_curve(painter, piece, self._pen(self._loss_colour(), beside=beside), dots=dots)
            self._paint_curve(painter, scale.scores(records), self._pen(self._score_colour(), beside=beside), dots=dots)
        self._paint_best(painter, scale)
        self._paint_pointed(painter, scale)

    def _scale(self) -> Scale:
        both = [*self._records, *self._beside]
        highest = highest_loss(both, self._component)
        metrics = QFontMetricsF(self.font())
        left = max(metrics.horizontalAdvance(f"{value:,.6g}") for value in ticks(highest)) + 3 * UNIT
        right = metrics.horizontalAdvance("0.0") + 3 * UNIT
        room = QRectF(self.rect()).adjusted(left, _MARGIN_TOP, -right, -_MARGIN_BOTTOM)
        return Scale(room, max([self._iterations, *(one.iteration for one in both)]), highest)

    def _paint_axes(self, painter: QPainter, scale: Scale) -> None:
        room, values = scale.room, scale.loss_ticks
        for value in values:
            y = scale.y(value / values[-1])
            painter.setPen(QPen(self._colour(_Role.Midlight), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            box = QRectF(0, y - UNIT, room.left() - UNIT, 2 * UNIT)
            self._write(painter, box, f"{value:,.6g}", _RIGHT)
        for score in (0.0, 0.5, 1.0):
            box = QRectF(room.right() + UNIT, scale.y(score) - UNIT, 4 * UNIT, 2 * UNIT)
            self._write(painter, box, f"{score:.1f}", _LEFT)
        widest = QFontMetricsF(self.font()).horizontalAdvance(f"{scale.iterations:,}") + 2 * UNIT
        for iteration in scale.labelled_iterations(widest):
            box = QRectF(scale.x(iteration) - 4 * UNIT, room.bottom() + UNIT, 8 * UNIT, 2 * UNIT)
            self._write(painter, box, f"{iteration:,}", _CENTRE)

    def _paint_legend(self, painter: QPainter, room: QRectF) -> None:
        metrics = QFontMetricsF(self.font())
        loss = f"loss of {self._component}" if self._component else "loss"
        lines = [(loss, self._pen(self._loss_colour())), (_score_name(self._records), self._pen(self._score_colour()))]
        if self._beside:
            lines.append((self._beside_name, self._pen(self._colour(_Role.PlaceholderText), beside=True)))
        x = room.left()
        for words, pen in lines:
            painter.setPen(pen)
            painter.drawLine(QPointF(x, 2 * UNIT), QPointF(x + 3 * UNIT, 2 * UNIT))
            width = metrics.horizontalAdvance(words) + UNIT
            self._write(painter, QRectF(x + 4 * UNIT, UNIT, width, 2 * UNIT), words, _LEFT)
            x += 4 * UNIT + width + UNIT

    def _paint_ranges(self, painter: QPainter, scale: Scale) -> None:
        """The likely range of the scores as a band; of a single one as a whisker."""
        ranges = scale.ranges(self._records)
        colour = mixed(self._score_colour(), self._colour(_Role.Base), _BAND)
        if len(ranges) == 1:
            painter.setPen(QPen(colour, UNIT, c=Qt.PenCapStyle.FlatCap))
            painter.drawLine(*ranges[0])
        elif ranges:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.setOpacity(0.7)  # the lines of the axis stay visible
            painter.drawPolygon(QPolygonF([*(low for low, _ in ranges), *(high for _, high in reversed(ranges))]))
            painter.setOpacity(1)

    def _paint_curve(self, painter: QPainter, points: Sequence[QPointF], pen: QPen, *, dots: bool) -> None:
        if not points:
            return
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        if dots or len(points) == 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            for point in points:
                painter.drawEllipse(point, 2.5, 2.5)

    def _paint_best(self, painter: QPainter, scale: Scale) -> None:
        best = self.best()
        if best is None or best.score is None:
            return
        room = scale.room
        place = QPointF(scale.x(best.iteration), scale.y(best.score))
        painter.setPen(QPen(self._score_colour(), 2))
        painter.setBrush(self._colour(_Role.Base))
        painter.drawEllipse(place, 5.5, 5.5)
        words = f"best {best.score:.3f}"
        width = QFontMetricsF(self.font()).horizontalAdvance(words) + UNIT
        left = min(max(place.x() - width / 2, room.left()), room.right() - width)
        above = place.y() - 4 * UNIT
        # Higher up, the choice of the loss may cover it.
        y = above if above > _MARGIN_TOP - UNIT else place.y() + UNIT
        painter.setPen(self._score_colour())
        painter.drawText(QRectF(left, y, width, 2.5 * UNIT), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_pointed(self, painter: QPainter, scale: Scale) -> None:
        if self._pointed is None:
            return
        room, record = scale.room, self._records[self._pointed]
        x = scale.x(record.iteration)
        painter.setPen(QPen(self._colour(_Role.Dark), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        words = self._numbers(record)
        size = QFontMetricsF(self.font()).boundingRect(QRectF(0, 0, 800, 400), 0, words).size()
        box = QRectF(x + UNIT, room.top() + UNIT, size.width() + 2 * UNIT, size.height() + UNIT)
        if box.right() > room.right():
            box.moveRight(x - UNIT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(_Role.ToolTipBase))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(self._colour(_Role.ToolTipText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _numbers(self, record: IterationDone) -> str:
        """What the pointer shows of an iteration, and of the other run's same one."""
        lines = [f"iteration {record.iteration:,}", *_loss_lines(record)]
        lines.append(f"F {score_text(record.f_score)}")
        if record.f_interval is not None:
            lines.append(f"likely {range_text(record.f_interval)}")
        lines += _category_lines(record)
        other = next((one for one in self._beside if one.iteration == record.iteration), None)
        if other is not None:
            loss = loss_text(loss_of(other, self._component))
            lines.append(f"{self._beside_name}: loss {loss}, F {score_text(other.f_score)}")
        return "\n".join(lines)

    def _write(self, painter: QPainter, box: QRectF, words: str, side: int) -> None:
        painter.setPen(self._colour(_Role.PlaceholderText))
        painter.drawText(box, side, words)

    def _pen(self, colour: QColor, *, beside: bool = False) -> QPen:
        if beside:
            faint = mixed(colour, self._colour(_Role.Base), _BESIDE)
            return QPen(faint, 2, Qt.PenStyle.DashLine, Qt.PenCapStyle.FlatCap)
        return QPen(colour, 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)

    def _loss_colour(self) -> QColor:
        return self._colour(_Role.Shadow)

    def _score_colour(self) -> QColor:
        return self._colour(_Role.Highlight)

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self.palette().color(role)

    def _describe(self) -> None:
        words = ""
        if self._records:
            last = self._records[-1]
            loss = loss_text(loss_of(last, self._component))
            words = f"Iteration {last.iteration}: loss {loss}, F {score_text(last.f_score)}"
            words = ", ".join([words, *_category_lines(last)])
        self.setAccessibleDescription(words)


def _loss_lines(record: IterationDone) -> list[str]:
    if len(record.losses) < 2:
        return [f"loss {loss_text(record.loss)}"]
    return [f"loss of {name} {loss_text(loss)}" for name, loss in sorted(record.losses.items())]


def _category_lines(record: IterationDone) -> list[str]:
    if record.categories is None:
        return []
    return [f"categories: macro F {macro_f_text(record)}", f"score {score_text(record.score)}"]


def _score_name(records: Sequence[IterationDone]) -> str:
    """What the curve of scores is of."""
    if any(one.categories is not None for one in records):
        return "score of entities and categories" if any(one.labels for one in records) else "macro F of categories"
    return "F on held-out texts"
