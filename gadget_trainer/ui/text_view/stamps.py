"""Small shapes that a text is full of, drawn once and then copied: pills and tags.

Rounded corners and names cost twenty times what a copied picture of them does, and a page in which each word is a
span has five hundred of both.
"""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

# Longer ones are few in a line, and would fill the memory.
_WIDEST = 256
_MOST = 1000
_MARGIN = 2

Draw = Callable[[QPainter, QRectF], None]


class Stamps:
    """Pictures of shapes by kind and size, for as long as they look the same."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, QPixmap] = {}

    def clear(self) -> None:
        """Forget all pictures: fonts have changed."""
        self._kept.clear()

    def put(self, painter: QPainter, rect: QRectF, kind: Hashable, draw: Draw) -> None:
        """Show what ``draw`` paints in ``rect``, up to two pixels around it, at whole pixels.

        ``kind`` and the size say when a picture of it is the same.
        """
        left, top = round(rect.left()), round(rect.top())
        width, height = round(rect.right()) - left, round(rect.bottom()) - top
        if width > _WIDEST:
            draw(painter, QRectF(left, top, width, height))
            return
        ratio = painter.device().devicePixelRatio()
        key = (kind, width, height, ratio)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            found = self._kept[key] = _picture(painter, QRectF(_MARGIN, _MARGIN, width, height), ratio, draw)
        painter.drawPixmap(QPointF(left - _MARGIN, top - _MARGIN), found)


def _picture(like: QPainter, rect: QRectF, ratio: float, draw: Draw) -> QPixmap:
    found = QPixmap(round((rect.width() + 2 * _MARGIN) * ratio), round((rect.height() + 2 * _MARGIN) * ratio))
    found.setDevicePixelRatio(ratio)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(like.font())
    draw(painter, rect)
    painter.end()
    return found
