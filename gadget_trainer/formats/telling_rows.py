"""Rows that tell of a JSON file's format, wherever in it they are.

Texts that nobody has labelled yet often stand first, and look alike in all formats. What tells is a list of lists or of
objects under some key: it is looked for without decoding, a piece of the file at a time, so that a million rows without
one cost less than a second.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import TextIO

from gadget_trainer.formats.json_values import JsonDecoder, NotJsonError, after_spaces
from gadget_trainer.formats.source import Sample, Source

_PIECE = 2**20
_LONGEST = 2**23
"""Code points of a record that is looked at."""
_TRIES = 20
"""Rows that are looked at for the same key."""
_SHOWN = 20
"""Elements of a list within an object that are looked at."""
_LIST_AT_KEY = re.compile(r'\[(?=\s*(?:[\[{]|\Z))(?:(?<=":\[)|(?<=":\s\[)|(?<="\s:\[)|(?<="\s:\s\[))')
"""Such a list. It begins with the one sign, which is found quickly; at the end of a piece it may be one."""
_LONGEST_KEY = 60
_LIST_OF_RECORDS = re.compile(r'"([^"\\]{1,60})"\s*:\s*(?=\[\s*[\[{"])')


def telling_samples(source: Source) -> Iterator[Sample]:
    """Yield the first record of the file, and then with it each that may tell more, as samples of their own.

    Nothing comes of a file that is not JSON, and nothing more where it stops being JSON.
    """
    with suppress(UnicodeDecodeError):  # reading the file says where
        for text in _texts(source):
            yield Sample(text.encode(errors="replace"), text, whole=True, path=source.path)


def _texts(source: Source) -> Iterator[str]:
    with source.stream() as stream:
        beginning = stream.read(_PIECE).lstrip("\ufeff \t\r\n")
        if beginning.startswith("["):
            if _holds(source, _LIST_AT_KEY):
                yield from _of_list(source)
            elif first := next(_elements(source), None):
                yield f"[{first}]"
        elif beginning.startswith("{"):
            beginning += stream.readline(_LONGEST)
            line, _end, _rest = beginning.partition("\n")
            yield from _of_lines(line, beginning, stream) if _is_object(line) else _of_object(beginning, stream)


def _whole_lines(beginning: str, stream: TextIO) -> Iterator[str]:
    """The file in pieces that end with a line, or where a line is too long."""
    piece = beginning
    while piece:
        yield piece + stream.readline(_LONGEST)
        piece = stream.read(_PIECE)


def _is_object(line: str) -> bool:
    try:
        return isinstance(JsonDecoder().whole(line), dict)
    except NotJsonError:
        return False


class _Lists:
    """The lists that are worth a look: those under keys that were not looked at often enough to tell nothing."""

    def __init__(self) -> None:
        self.pattern = _LIST_AT_KEY
        self.is_narrower = False
        """Whether there is a key that tells nothing since this was asked last."""
        self._times = Counter[str]()

    def note(self, text: str, position: int) -> None:
        """Count the list at that position as looked at."""
        end = text.rfind('"', 0, position)
        key = text[max(text.rfind('"', 0, end), end - _LONGEST_KEY, 0) : end + 1]
        self._times[key] += 1
        if self._times[key] == _TRIES:
            done = (key for key, times in self._times.items() if times >= _TRIES)
            behind = "".join(f"(?<!{re.escape(key)}:\\[)(?<!{re.escape(key)}: \\[)" for key in done)
            self.pattern = re.compile(_LIST_AT_KEY.pattern + behind)
            self.is_narrower = True


def _of_lines(first: str, beginning: str, stream: TextIO) -> Iterator[str]:
    yield first
    lists, position = _Lists(), len(first)
    for piece in _whole_lines(beginning, stream):
        while match := lists.pattern.search(piece, position):
            lists.note(piece, match.start())
            start, end = piece.rfind("\n", 0, match.start()) + 1, piece.find("\n", match.start())
            position = end if end >= 0 else len(piece)
            yield f"{first}\n{piece[start:position]}"
        position = 0


def _of_list(source: Source) -> Iterator[str]:
    lists, first = _Lists(), ""
    for element in _elements(source):
        if not first:
            first = element
            yield f"[{element}]"
        elif match := lists.pattern.search(element):
            lists.note(element, match.start())
            yield f"[{first},{element}]"
            if lists.is_narrower and not _holds(source, lists.pattern):
                return
            lists.is_narrower = False


def _holds(source: Source, pattern: re.Pattern[str]) -> bool:
    with source.stream() as stream:
        return any(pattern.search(piece) for piece in _whole_lines(stream.read(_PIECE), stream))


def _elements(source: Source) -> Iterator[str]:
    """The elements of a file that is one list, as it has them."""
    with source.stream() as stream:
        beginning = stream.read(_PIECE)
        yield from _elements_from(beginning[beginning.index("[") + 1 :], stream)


def _elements_from(text: str, stream: TextIO) -> Iterator[str]:
    """What is between the commas of a list, of which ``text`` is the beginning and the stream the rest."""
    decoder = JsonDecoder()
    position = 0
    while len(text) - position < _LONGEST:
        start = after_spaces(text, position)
        try:
            _value, end = decoder.value(text, start)
        except NotJsonError:
            end = len(text)  # it may only be cut
        after = after_spaces(text, end)
        if after < len(text):
            yield text[start:end]
            if text[after] != ",":
                return
            position = after + 1
            continue
        more = stream.read(max(_PIECE, len(text) - position))
        if not more:
            return
        text, position = text[position:] + more, 0


def _of_object(beginning: str, stream: TextIO) -> Iterator[str]:
    """The first list of an object, which is too long to be read as a whole, with its first elements."""
    found = _LIST_OF_RECORDS.search(beginning)
    if found is None:
        return
    kept: list[str] = []
    for element in _elements_from(beginning[found.end() + 1 :], stream):
        kept.append(element)
        if len(kept) == _SHOWN:
            break
    yield f'{{"{found[1]}": [{", ".join(kept)}]}}'
