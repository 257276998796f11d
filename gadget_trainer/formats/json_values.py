"""JSON from strangers: values that Python's own parser lets through, or fails at, in unexpected ways."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import msgspec

DEEPEST = 100
"""Levels of lists and objects that are read. Deeper values could be parsed but not be written again."""


class NotJsonError(ValueError):
    """The text is not JSON; ``position`` is where, in code points."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class JsonDecoder:
    """Decodes values one by one.

    ``odd_numbers`` grows by one for each number that JSON or the computer does not know (NaN, Infinity,
    1e999); they become None, because they could not be written to a file that others can read.
    """

    def __init__(self) -> None:
        self.odd_numbers = 0
        self._strict = msgspec.json.Decoder()
        # Raw tabs and line breaks within strings are not JSON, but are seen in files, and are unmistakable.
        self._decoder = json.JSONDecoder(strict=False, parse_constant=self._odd_number, parse_float=self._finite_float)

    def value(self, text: str, position: int = 0) -> tuple[Any, int]:
        """The value that begins at ``position`` and the position after it; no space may come before it.

        Raises:
            NotJsonError: there is none, or it cannot be kept.
        """
        try:
            return self._decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            raise NotJsonError(error.msg, error.pos) from error
        except RecursionError as error:
            raise NotJsonError("Lists or objects are nested too deeply", position) from error
        except ValueError as error:
            # An integer of more than 4,300 digits.
            raise NotJsonError("A number is too long", position) from error

    def whole(self, text: str) -> Any:
        """The one value that the text is, with spaces around it or not.

        Raises:
            NotJsonError: it is not one.
        """
        try:
            return self._strict.decode(text)
        except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
            return self._lenient(text)  # which is three times as slow, and says what is wrong

    def _lenient(self, text: str) -> Any:
        value, end = self.value(text, after_spaces(text, 0) if text[:1] in _SPACES else 0)
        if end == len(text):
            return value
        rest = text[end:].lstrip(_SPACES)
        if rest:
            raise NotJsonError("Something follows after the end of the value", len(text) - len(rest))
        return value

    def _odd_number(self, _constant: str) -> None:
        self.odd_numbers += 1

    def _finite_float(self, digits: str) -> float | None:
        number = float(digits)
        if math.isfinite(number):
            return number
        self.odd_numbers += 1
        return None


_SPACES = " \t\n\r"
_SPACE_RUN = re.compile(r"[ \t\r\n]*")


def elements(text: str, decoder: JsonDecoder) -> Iterator[Any]:
    """The elements of the one list in the text, decoded as they are drawn: all at once would fill the memory."""
    for item, _start, _end in placed_elements(text, decoder):
        yield item


def placed_elements(text: str, decoder: JsonDecoder) -> Iterator[tuple[Any, int, int]]:
    """The same, with where each of them begins and ends."""
    position = after_spaces(text, after_spaces(text, 0) + 1)
    if not text.startswith("]", position):
        while True:
            start = position
            item, position = decoder.value(text, start)
            yield item, start, position
            position = after_spaces(text, position)
            if text.startswith("]", position):
                break
            if not text.startswith(",", position):
                raise NotJsonError("A comma or the end of the list is missing", position)
            position = after_spaces(text, position + 1)
    if after_spaces(text, position + 1) < len(text):
        raise NotJsonError("Something follows after the end of the list", position + 1)


def after_spaces(text: str, position: int) -> int:
    """The first position from ``position`` on that is no space."""
    spaces = _SPACE_RUN.match(text, position)
    return spaces.end() if spaces else position


def too_deep(value: object, levels: int = DEEPEST) -> bool:
    """Whether lists and objects are nested in the value in more than ``levels`` levels."""
    if not isinstance(value, (list, dict)):
        return False
    if levels == 0:
        return True
    for child in value.values() if isinstance(value, dict) else value:
        if isinstance(child, (list, dict)) and too_deep(child, levels - 1):
            return True
    return False
