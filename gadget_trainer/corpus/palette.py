"""Colours for labels that people who see colours differently can tell apart.

The first eight follow Okabe and Ito (*Color Universal Design*, 2008) without black, ordered so that neighbours
differ in lightness too; the rest go round the hues by the golden angle.
"""

import colorsys
from collections.abc import Collection

_OKABE_ITO = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#b5a900", "#7a5cc8")
_GOLDEN = 0.61803398875


def _round_the_hues(step: int) -> str:
    red, green, blue = colorsys.hls_to_rgb((step * _GOLDEN) % 1, 0.5, 0.6)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


CHOICES = (*_OKABE_ITO, *(_round_the_hues(step) for step in range(8)))
"""The colours (``#rrggbb``) that a person is offered first."""


def next_colour(used: Collection[str]) -> str:
    """A colour that is not among ``used``; there is always one more."""
    for colour in CHOICES:
        if colour not in used:
            return colour
    step = len(CHOICES)
    while (colour := _round_the_hues(step)) in used:
        step += 1
    return colour
