"""Colours for labels that people who see colours differently can tell apart.

The first eight follow Okabe and Ito (*Color Universal Design*, 2008), but each has a hue of its own: the window gives
all labels the same luminance, and their two blues would look alike. The rest go round the hues by the golden angle.
"""

import colorsys
from collections.abc import Collection

_FIRST = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d0342c", "#7a5cc8", "#9a9a00", "#5f9e2f")
_GOLDEN = 0.61803398875


def _round_the_hues(step: int) -> str:
    red, green, blue = colorsys.hls_to_rgb((step * _GOLDEN) % 1, 0.5, 0.6)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


CHOICES = (*_FIRST, *(_round_the_hues(step) for step in range(8)))
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
