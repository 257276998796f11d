"""The colours of a label, derived from its hue for a light and for a dark scheme.

All labels get the same luminance for the same part, so that none shouts, and text on them keeps a contrast of at
least 4.5 to 1 whatever hue a person picks (WCAG 2.1, 1.4.3).
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor

UNKNOWN = "#8a8f98"
"""For a label that nobody gave a colour."""


@dataclass(frozen=True, slots=True)
class LabelColours:
    """What one label is painted in."""

    fill: QColor
    """Behind the text, which is painted in the palette's text colour."""
    stroke: QColor
    """Around the fill."""
    tag: QColor
    """Behind the label's name."""
    tag_text: QColor


@dataclass(frozen=True, slots=True)
class _Scheme:
    """Relative luminances (0 to 1) and the most saturation that the parts have in a scheme."""

    fill: float
    fill_saturation: float
    stroke: float
    tag: float
    tag_text: str


_LIGHT = _Scheme(fill=0.80, fill_saturation=0.7, stroke=0.34, tag=0.155, tag_text="#ffffff")
_DARK = _Scheme(fill=0.055, fill_saturation=0.55, stroke=0.22, tag=0.44, tag_text="#0d0f12")


@lru_cache(maxsize=1024)
def label_colours(colour: str, *, dark: bool) -> LabelColours:
    """The colours for a label whose own colour is ``#rrggbb``; what is no colour gives a grey."""
    base = QColor(colour)
    if not base.isValid():
        base = QColor(UNKNOWN)
    scheme = _DARK if dark else _LIGHT
    return LabelColours(
        fill=_with_luminance(base, scheme.fill, scheme.fill_saturation),
        stroke=_with_luminance(base, scheme.stroke, 0.75),
        tag=_with_luminance(base, scheme.tag, 0.85),
        tag_text=QColor(scheme.tag_text),
    )


def contrast(first: QColor, second: QColor) -> float:
    """The contrast of two colours, from 1 (none) to 21 (black on white), as WCAG 2.1 defines it."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: QColor) -> float:
    """The relative luminance of a colour, from 0 (black) to 1 (white), as WCAG 2.1 defines it."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _with_luminance(base: QColor, wanted: float, most_saturation: float) -> QColor:
    """The hue of ``base`` at the HSL lightness that has the wanted luminance."""
    # A grey has no hue: Qt says -1.
    hue, saturation = max(0.0, base.hslHueF()), min(base.hslSaturationF(), most_saturation)
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        if luminance(QColor.fromHslF(hue, saturation, middle)) < wanted:
            low = middle
        else:
            high = middle
    return QColor.fromHslF(hue, saturation, high)
