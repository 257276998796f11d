"""How a text is cut up so that only what is visible is ever laid out, and what stands in for odd characters.

A text is cut into pages of at most about 2,000 code points, at line breaks where there are some; a page into its
paragraphs when it is needed. A text of a million characters so has hundreds of pages, whatever is in it.
"""

import re
import unicodedata
from array import array
from collections.abc import Sequence

import regex

from gadget_trainer.corpus.graphemes import boundary_before

PAGE = 2000

_BREAKS = "\n\r\v\f\x85\u2028\u2029"
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
# A person reads a line feed as the end of a line; a form feed or U+2028 is odd, and shown as well.
_SILENT_BREAKS = ("\r\n", "\n", "\r")

# From the end, of which only the last one is wanted: a page may have many.
_SENTENCE_END = regex.compile(r"(?r)[.!?]\s+|(?r)[。！？]")

_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U0001f000-\U0003ffff]")

_FAINT_DOT = "\u00b7"
_STAND_INS: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20) if code != 0x09}
_STAND_INS |= dict.fromkeys(range(0x80, 0xA0), "\u25af")
_STAND_INS |= dict.fromkeys([*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFC], "\ufffd")
_STAND_INS |= {0x7F: "\u2421", 0x85: "\u21b5", 0x2028: "\u21b5", 0x2029: "\u00b6"}
# Qt drops a byte order mark in front of a string, and takes its mirror image for a sign to swap all bytes.
_STAND_INS |= {0xFEFF: "\u25e6", 0xFFFE: "\u25e6", 0xA0: _FAINT_DOT, 0x202F: _FAINT_DOT}
_ODD = re.compile("[\x00-\x08\x0a-\x1f\x7f-\xa0\u2028\u2029\u202f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffc\ufffe]")


def page_starts(text: str) -> Sequence[int]:
    """The code point at which each page starts; the first is 0, also in an empty text."""
    starts = array("q", [0])
    breaks = [character for character in _BREAKS if character in text]
    while len(text) - starts[-1] > PAGE:
        starts.append(_page_end(text, starts[-1], breaks))
    return starts


def _page_end(text: str, start: int, breaks: Sequence[str]) -> int:
    """Where the page from ``start`` ends: after a line break, a sentence, a space, or at least a character.

    ``breaks`` are those of the text's characters that end a line.
    """
    # Signs that are twice as wide fill as many lines with half as many, and lines are what layout takes time for.
    size = PAGE // 2 if _WIDE.search(text, start + PAGE // 4, start + PAGE // 4 + 8) else PAGE
    low, high = start + size // 2, start + size
    found = max((text.rfind(character, low, high) for character in breaks), default=-1)
    if found >= 0:
        # Both characters of a CR LF stay on one page.
        return found + 2 if text[found] == "\r" and text[found + 1 : found + 2] == "\n" else found + 1
    sentence = _SENTENCE_END.search(text, low, high)
    wanted = sentence.end() if sentence else (text.rfind(" ", low, high) + 1 or high)
    boundary = boundary_before(text, wanted, start)
    return boundary if boundary > start else high


def paragraphs_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs of the page ``start`` to ``end``, without the line breaks that nobody needs to see.

    Where the text ends with a line break, the last page has an empty paragraph after it.
    """
    found, position = [], start
    for match in _BREAK.finditer(text, start, end):
        found.append((position, match.start() if match.group() in _SILENT_BREAKS else match.end()))
        position = match.end()
    if position < end or end == len(text):
        found.append((position, end))
    return found


def whole_paragraph(text: str, offset: int) -> tuple[int, int]:
    """The paragraph that holds a code point, over all its pages, without its line break."""
    start = max(text.rfind(character, 0, offset) for character in _BREAKS) + 1
    found = _BREAK.search(text, offset)
    return start, found.start() if found else len(text)


def continues_paragraph(text: str, start: int) -> bool:
    """Whether the page from ``start`` goes on with a paragraph that began on the page before."""
    return start > 0 and text[start - 1] not in _BREAKS


def shown(text: str) -> tuple[str, list[int]]:
    """The text as it is displayed, character for character, and where a stand-in was put."""
    odd = [match.start() for match in _ODD.finditer(text)]
    return (text.translate(_STAND_INS), odd) if odd else (text, odd)


def reads_right_to_left(text: str, start: int, end: int) -> bool:
    """Whether the first letter between ``start`` and ``end`` belongs to a script written from right to left."""
    if text[start:end].isascii():
        return False
    for character in text[start:end]:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def has_right_to_left(text: str) -> bool:
    """Whether any of the text is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
