"""The measures that the text's size decides: fonts, and the parts of the cell that each line stands in.

Every line has a cell of the same height, whatever letters, emoji or spans are in it, so that the rhythm of the
lines is even and nothing moves when a span is added. From the top: the lane for tags, the pill with the text, air.
"""

from dataclasses import dataclass, field
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

# Scripts that are much taller than Latin (Nastaliq, Tibetan) get a taller cell; Chinese and emoji fit as they are.
_USUAL = 1.25


@dataclass(frozen=True, slots=True)
class Metrics:
    """Measures in logical pixels of one text size."""

    text_font: QFont
    tag_font: QFont
    text: QFontMetricsF
    tag: QFontMetricsF
    lane: int
    """Height of the lane above the pill, in which the tags stand."""
    pill: int
    """Height of the pill behind the text."""
    air: int
    """What is left free below the pill."""
    _names: dict[tuple[str, int], str] = field(default_factory=dict, compare=False, repr=False)
    _widths: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    def tag_width(self, name: str) -> float:
        """How wide a name is in a tag; measured once, for a text has few names and many tags."""
        found = self._widths.get(name)
        if found is None:
            found = self._widths[name] = self.tag.horizontalAdvance(name)
        return found

    def elided(self, name: str, width: float) -> str:
        """As much of a name as a width holds, to a whole pixel; an ellipsis says that there is more."""
        key = (name, int(width))
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = self.tag.elidedText(name, Qt.TextElideMode.ElideRight, int(width))
        return found

    @property
    def cell(self) -> int:
        """Height of an ordinary line with all that belongs to it."""
        return self.lane + self.pill + self.air

    def tall(self, ascent: float, descent: float) -> tuple[int, int]:
        """What a line of uncommonly tall letters needs more above and below."""
        above = max(0, ceil(ascent - self.text.ascent() * _USUAL))
        below = max(0, ceil(descent - self.text.descent() - self.air))
        return above, below


def metrics_for(font: QFont, points: float) -> Metrics:
    """The measures for text in ``font`` at ``points``."""
    text_font = QFont(font)
    text_font.setPointSizeF(points)
    tag_font = QFont(font)
    tag_font.setPointSizeF(max(7.0, points * 0.62))
    tag_font.setWeight(QFont.Weight.DemiBold)
    text, tag = QFontMetricsF(text_font), QFontMetricsF(tag_font)
    return Metrics(
        text_font,
        tag_font,
        text,
        tag,
        lane=ceil(tag.ascent() + tag.descent()) + 1,
        pill=ceil(text.height()) + 2,
        air=round(points * 0.45),
    )
