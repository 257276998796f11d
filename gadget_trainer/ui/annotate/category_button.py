"""One category in the row above the text: whether the text has it, its name, its key."""

from html import escape

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from gadget_trainer.corpus.records import Category
from gadget_trainer.ui.alignment import LEFT, RIGHT
from gadget_trainer.ui.annotate.chip import Chip
from gadget_trainer.ui.text_view.colours import LabelColours, label_colours
from gadget_trainer.ui.theme import UNIT, is_dark

_WIDEST = 240
_RADIUS = 6
_MARK = 12


class CategoryButton(Chip):
    """A chip with a round mark where a text has one category only, and a square one where it may have several."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.category = Category(0, "", "")
        self._key = ""
        self._exclusive = True

    def set_category(self, category: Category, key: str, *, exclusive: bool) -> None:
        """Stand for this category, which is chosen by this key."""
        self.category, self._key, self._exclusive = category, key, exclusive
        self.setObjectName(f"category:{category.name}")
        self.setText(category.name)
        self.setAccessibleName(f"{category.name}, key {key}" if key else category.name)
        self.setAccessibleDescription(category.description)
        self.setToolTip(_tool_tip(category, key))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the mark, the name (elided when very long) and the key."""
        small = self.chip_metrics(bold=False)
        name = min(_WIDEST, self.chip_metrics(bold=True).horizontalAdvance(self.category.name) + 4)
        key = UNIT + small.horizontalAdvance(self._key) if self._key else 0
        return QSize(2 * UNIT + _MARK + UNIT + name + key + 2, small.height() + UNIT + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        colours = label_colours(self.category.colour, dark=is_dark(self.palette()))
        room = self.paint_ground(painter, colours, _RADIUS).adjusted(UNIT, 0, -UNIT, 0)
        self._paint_mark(painter, room, colours)
        self._paint_words(painter, room.adjusted(_MARK + UNIT, 0, 0, 0))

    def _paint_mark(self, painter: QPainter, room: QRect, colours: LabelColours) -> None:
        """Round or square, so that one sees beforehand whether another choice takes this one away."""
        box = QRect(room.left(), room.center().y() - _MARK // 2 + 1, _MARK, _MARK)
        radius = _MARK / 2 if self._exclusive else 3
        painter.setPen(QPen(colours.tag, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.tag)
            inner = box.adjusted(3, 3, -3, -3)
            painter.drawRoundedRect(inner, radius, radius) if self._exclusive else painter.drawRect(inner)

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        palette = self.palette()
        words = palette.color(QPalette.ColorRole.Text)
        small, bold = self.chip_font(bold=False), self.chip_font(bold=True)
        key_width = QFontMetrics(small).horizontalAdvance(self._key) + UNIT if self._key else 0
        name = room.adjusted(0, 0, -key_width, 0)
        painter.setPen(words)
        painter.setFont(bold)
        elided = QFontMetrics(bold).elidedText(self.text(), Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, LEFT, elided)
        painter.setPen(words if self.isChecked() else palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(small)
        painter.drawText(room, RIGHT, self._key)


def _tool_tip(category: Category, key: str) -> str:
    """What the category means, as rich text, so that it is wrapped."""
    hint = f"{key} or a click chooses it" if key else "A click chooses it"
    parts = [f"<b>{escape(category.name)}</b>"]
    if category.description:
        parts.append(escape(category.description).replace("\n", "<br>"))
    parts.append(f"{hint} for the text, or takes it off again; right-click to change it.")
    return "".join(f"<p>{part}</p>" for part in parts)
