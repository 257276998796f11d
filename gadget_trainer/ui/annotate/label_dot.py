"""A label's colour beside its name, in lists and menus."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from gadget_trainer.ui.text_view.colours import label_colours
from gadget_trainer.ui.theme import is_dark

_SIDE = 12


def label_dot(colour: str) -> QIcon:
    """A round sample of the label's colour (``#rrggbb``) as its tags have it, also in a selected row."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    return _dot(colour, ratio, dark=is_dark(QGuiApplication.palette()))


@lru_cache(maxsize=1024)
def _dot(colour: str, ratio: float, *, dark: bool) -> QIcon:
    dot = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
    dot.setDevicePixelRatio(ratio)
    dot.fill(Qt.GlobalColor.transparent)
    painter = QPainter(dot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(label_colours(colour, dark=dark).tag)
    painter.drawEllipse(0, 0, _SIDE, _SIDE)
    painter.end()
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(dot, mode)
    return icon
