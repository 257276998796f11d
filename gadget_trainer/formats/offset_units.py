"""The units in which tools count offsets, and the way from each of them to code points.

What a tool says of its unit is not to be trusted: JavaScript and Java count UTF-16 units, some tools count bytes or
what a reader takes for a character, some name the last character instead of the one after it, and some texts were
changed (line ends, HTML) after the offsets were taken.
"""

import html
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum

import regex


class Reading(StrEnum):
    """A way to read the offsets of a file; the values are the names on the command line."""

    CODE_POINTS = "code-points"
    UTF16 = "utf-16"
    UTF8 = "utf-8"
    GRAPHEMES = "graphemes"
    INCLUSIVE = "inclusive"
    """Code points, the end being that of the last character."""
    ONE_LINE_BREAK = "one-line-break"
    r"""Code points, where ``\r\n`` counts one: what a browser shows of a text."""
    ESCAPED_HTML = "escaped-html"
    """Code points of a text whose ``&``, ``<`` and ``>`` were ``&amp;``, ``&lt;`` and ``&gt;`` then."""
    ESCAPED_DOUBLE_QUOTES = "escaped-html-double-quotes"
    """The same, where the double quotation mark was ``&quot;`` as well."""
    ESCAPED_QUOTES = "escaped-html-quotes"
    """The same, where the single one was ``&#x27;`` or ``&apos;`` as well, which are as long."""
    ESCAPED_SHORT_QUOTES = "escaped-html-short-quotes"
    """The same, where it was ``&#39;``."""
    ESCAPED_FIXED_SPACES = "escaped-html-fixed-spaces"
    """The same as :attr:`ESCAPED_HTML`, where a space without a break was ``&nbsp;`` as well, as browsers have it."""
    ESCAPED_QUOTES_AND_SPACES = "escaped-html-quotes-and-fixed-spaces"
    """The same as :attr:`ESCAPED_SHORT_QUOTES`, with ``&nbsp;``, as editors in browsers have it."""
    UNESCAPED_HTML = "unescaped-html"
    """Code points of a text whose entities, such as ``&amp;``, were one character then."""

    @property
    def phrase(self) -> str:
        """How a sentence calls it: ``UTF-16 units``."""
        return _PHRASES[self]


_PHRASES = {
    Reading.CODE_POINTS: "characters (code points)",
    Reading.UTF16: "UTF-16 units",
    Reading.UTF8: "UTF-8 bytes",
    Reading.GRAPHEMES: "characters as a reader sees them (grapheme clusters)",
    Reading.INCLUSIVE: "characters (code points), the end being that of the last one",
    Reading.ONE_LINE_BREAK: r"characters (code points), where \r\n counts one",
    Reading.ESCAPED_HTML: "characters (code points) of the text with its HTML escaped",
    Reading.ESCAPED_DOUBLE_QUOTES: "characters (code points) of the text with its HTML escaped, &quot; too",
    Reading.ESCAPED_QUOTES: "characters (code points) of the text with its HTML escaped, &quot; and &#x27; too",
    Reading.ESCAPED_SHORT_QUOTES: "characters (code points) of the text with its HTML escaped, &quot; and &#39; too",
    Reading.ESCAPED_FIXED_SPACES: "characters (code points) of the text with its HTML escaped, &nbsp; too",
    Reading.ESCAPED_QUOTES_AND_SPACES: (
        "characters (code points) of the text with its HTML escaped, &quot;, &#39; and &nbsp; too"
    ),
    Reading.UNESCAPED_HTML: "characters (code points) of the text with its HTML unescaped",
}

_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ESCAPES = {
    Reading.ESCAPED_HTML: _ESCAPED,
    Reading.ESCAPED_DOUBLE_QUOTES: _ESCAPED | {'"': "&quot;"},
    Reading.ESCAPED_QUOTES: _ESCAPED | {'"': "&quot;", "'": "&#x27;"},
    Reading.ESCAPED_SHORT_QUOTES: _ESCAPED | {'"': "&quot;", "'": "&#39;"},
    Reading.ESCAPED_FIXED_SPACES: _ESCAPED | {"\xa0": "&nbsp;"},
    Reading.ESCAPED_QUOTES_AND_SPACES: _ESCAPED | {'"': "&quot;", "'": "&#39;", "\xa0": "&nbsp;"},
}
"""What stood for a character when the offsets were counted."""

# The stretches of a text that count otherwise than a unit a code point.
_IRREGULAR = {
    Reading.UTF16: regex.compile("[\U00010000-\U0010ffff]"),
    Reading.UTF8: regex.compile("[^\x00-\x7f]"),
    Reading.GRAPHEMES: regex.compile(r"\X"),
    Reading.ONE_LINE_BREAK: regex.compile("\r\n"),
    **{reading: regex.compile(f"[{''.join(escapes)}]") for reading, escapes in _ESCAPES.items()},
    Reading.UNESCAPED_HTML: regex.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"),
}


class OffsetMap:
    """The way from the offsets of one reading to the code points of one text, in logarithmic time.

    It is a list of the stretches that count otherwise; between them a unit is a code point.
    """

    __slots__ = ("_ends", "_inclusive", "_starts", "_unit_ends", "_unit_starts")

    def __init__(self, text: str, reading: Reading) -> None:
        self._inclusive = reading is Reading.INCLUSIVE
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._unit_starts: list[int] = []
        self._unit_ends: list[int] = []
        shift = 0
        for start, end, units in _irregular(text, reading):
            self._starts.append(start)
            self._ends.append(end)
            self._unit_starts.append(start + shift)
            self._unit_ends.append(start + shift + units)
            shift += units - (end - start)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The code points ``start`` to ``end`` (exclusive); None where an edge is inside a unit.

        What is outside the text stays outside it: such an edge is negative, or greater than the text's length.
        """
        first = self._code_point(start)
        last = self._code_point(end + 1 if self._inclusive else end)
        return None if first is None or last is None else (first, last)

    def _code_point(self, offset: int) -> int | None:
        before = bisect_right(self._unit_starts, offset) - 1
        if before < 0:
            return offset
        if offset == self._unit_starts[before]:
            return self._starts[before]
        if offset < self._unit_ends[before]:
            return None
        return self._ends[before] + offset - self._unit_ends[before]


def _irregular(text: str, reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Start and end (code points) of the stretches that count otherwise, and how many units each counts."""
    pattern = _IRREGULAR.get(reading)
    if pattern is None or (text.isascii() and reading in (Reading.UTF16, Reading.UTF8)):
        return
    for match in pattern.finditer(text):
        units = _units(match.group(), reading)
        if units != match.end() - match.start():
            yield match.start(), match.end(), units


def _units(stretch: str, reading: Reading) -> int:
    match reading:
        case Reading.UTF16:
            return 2
        case Reading.UTF8:
            return len(stretch.encode(errors="surrogatepass"))
        case Reading.UNESCAPED_HTML:
            return len(html.unescape(stretch))
        case _:
            return len(_ESCAPES[reading][stretch]) if reading in _ESCAPES else 1
