"""Text on a label's colours can be read, whatever colour a person picks, in both schemes."""

import pytest
from PySide6.QtGui import QColor, QPalette

from gadget_trainer.ui.text_view.colours import UNKNOWN, contrast, label_colours
from gadget_trainer.ui.theme import dark_palette, light_palette

COLOURS = [
    QColor.fromHsl(hue, saturation, lightness).name()
    for hue in range(0, 360, 10)
    for saturation in (40, 140, 255)
    for lightness in (40, 128, 220)
] + ["#000000", "#ffffff", UNKNOWN]


@pytest.mark.parametrize("dark", [False, True])
def test_text_can_be_read_on_every_colour(dark: bool) -> None:
    palette = dark_palette() if dark else light_palette()
    text = palette.color(QPalette.ColorRole.Text)
    base = palette.color(QPalette.ColorRole.Base)
    for colour in COLOURS:
        found = label_colours(colour, dark=dark)
        assert contrast(text, found.fill) >= 4.5, colour
        assert contrast(found.tag_text, found.tag) >= 4.5, colour
        # Graphical objects: 3 to 1 (WCAG 2.1, 1.4.11).
        assert contrast(found.tag, base) >= 3, colour


@pytest.mark.parametrize("dark", [False, True])
def test_the_hue_is_the_labels_own(dark: bool) -> None:
    for hue in range(0, 360, 30):
        fill = label_colours(QColor.fromHsl(hue, 200, 120).name(), dark=dark).fill
        assert abs((fill.hslHue() - hue + 180) % 360 - 180) <= 4


def test_what_is_no_colour_is_grey() -> None:
    assert label_colours("nonsense", dark=False) == label_colours(UNKNOWN, dark=False)


def test_black_on_white_has_the_contrast_that_the_standard_says() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)
