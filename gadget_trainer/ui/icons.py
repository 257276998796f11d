"""Icons: SVG files drawn in the palette's text colour, so that they fit light and dark."""

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gadget_trainer.paths import resources


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.WindowText) -> QIcon:
    """The icon ``resources/icons/NAME.svg`` in the colour that the palette gives to ``role``, now and later."""
    return QIcon(_Engine(name, role))


def program_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return QIcon(str(resources() / "icons" / "gadget-trainer.svg"))


class _Engine(QIconEngine):
    """Draws an SVG anew at each size and in the palette of the moment."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._source = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Fit the drawing into ``rect``; a checked icon has the accent colour."""
        side = min(rect.width(), rect.height())
        corner = QPointF(rect.center()) - QPointF(side / 2 - 0.5, side / 2 - 0.5)
        drawing = QSvgRenderer(QByteArray(self._source.replace("currentColor", self._colour(mode, state)).encode()))
        drawing.render(painter, QRectF(corner, QSize(side, side)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon on a transparent ground."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Qt copies engines when icons are copied."""
        return _Engine(self._name, self._role)

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        palette = QGuiApplication.palette()
        group = QPalette.ColorGroup.Active
        role = self._role
        if mode is QIcon.Mode.Disabled:
            group = QPalette.ColorGroup.Disabled
        elif state is QIcon.State.On:
            role = QPalette.ColorRole.Highlight
        return QColor(palette.color(group, role)).name()
