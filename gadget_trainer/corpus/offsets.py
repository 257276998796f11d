"""Where code points and UTF-16 units meet.

Python counts a text in code points, Qt and JavaScript in UTF-16 units, where a character outside the basic
plane (most emoji) counts two. Mapping in one place, by one table, is what keeps every offset exact.
"""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """The way between the code points and the UTF-16 units of one text, in logarithmic time both ways."""

    __slots__ = ("_code_points", "_units")

    def __init__(self, text: str) -> None:
        # isascii() reads a flag of the str: most paragraphs need no table and pay nothing for it.
        self._code_points = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [position + before for before, position in enumerate(self._code_points)]

    def to_utf16(self, code_point: int) -> int:
        """The UTF-16 offset of a code point offset (0 to the length of the text)."""
        return code_point + bisect_left(self._code_points, code_point)

    def to_code_point(self, utf16: int) -> int:
        """The code point offset of a UTF-16 offset; inside a surrogate pair, that of its character."""
        return utf16 - bisect_left(self._units, utf16)
