"""Which texts of a file of Prodigy's rows come more than once, so that their rows wait for each other.

Looking takes a further walk through the file, which has to be quick: of a million rows nearly none are decoded. Rows
have one text if they have one ``_input_hash``, or, where they have an answer and no hash, the same words. A row of this
program's own with ``_kept`` is a text of its own, whatever others say.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TextIO

from gadget_trainer.formats.json_values import JsonDecoder, NotJsonError
from gadget_trainer.formats.prodigy_keys import ANSWERS, HASH, KEPT, is_category_question

Lines = Callable[[], Iterable[tuple[int, str]]]
"""Begins the file anew: its rows with their numbers."""
Opened = Callable[[], TextIO]
"""Opens the file, to be read in pieces."""
_PIECE = 2**18
_LONGEST_OPENING = 100
_LONGEST_BEGINNING = 120
_OPENING = re.compile(r'\{\s*"text"\s*:\s*"')
_HASH = re.compile(r'"_input_hash"\s*:\s*(-?\d{1,19})(?!\d)')
_PLAIN = r"[ !#-.0-\[\]-~]{0,40}"
"""Characters that stand in JSON as they are, whoever wrote it."""
_TEXT_FIRST = re.compile(rf'\s*\{{\s*"text"\s*:\s*"({_PLAIN})')
_BEGINNING = re.compile(_PLAIN)


def is_by_words(row: Mapping[str, Any]) -> bool:
    """Whether a row is of one text with those that have the same words."""
    answer = row.get("answer")
    return (
        isinstance(answer, str)
        and answer in ANSWERS
        and KEPT not in row
        and type(row.get(HASH)) is not int
        and not ("label" in row and is_category_question(row))
    )


def repeated_hashes(lines: Lines) -> Counter[int]:
    """The hashes that several rows have, with how many."""
    return _several(row_hash for _number, line in lines() if (row_hash := _hash_of(line)) is not None)


def repeated_words(lines: Lines, opened: Opened) -> Counter[int]:
    """The texts that several rows have by their words, as hashes of them, with how many.

    Most files have none, and most texts of the others differ in their first words already; the rest is decoded.
    """
    if _all_differ(opened):
        return Counter()
    decoder = JsonDecoder()
    once: set[int] = set()
    alike: set[int] = set()
    for _number, line in lines():
        beginning = hash(_beginning(line, decoder))
        if beginning in once:
            alike.add(beginning)
        else:
            once.add(beginning)
    once.clear()
    return _several(_words_of(lines(), alike, decoder)) if alike else Counter()


def _all_differ(opened: Opened) -> bool:
    """Whether it is seen without a look at each row that no two texts are the same, as in nearly all files.

    It is where all rows begin with their text, and none has a character as it is that another may have escaped: what
    stands before the first quotation mark then differs. False says nothing.
    """
    seen: set[int] = set()
    number, is_ascii, is_escaped = 0, True, False
    with opened() as stream, suppress(UnicodeDecodeError):  # reading the rows says where
        first = _OPENING.match(stream.read(_LONGEST_OPENING))
        stream.seek(0)
        if first is None:
            return False
        beginnings = re.compile(rf'\n{re.escape(first[0])}([^"]{{0,{_LONGEST_BEGINNING}}})')
        while piece := stream.read(_PIECE):
            piece += stream.readline()
            found = beginnings.findall(f"\n{piece}")
            if len(found) != piece.count("\n") + (piece[-1] != "\n"):
                return False
            is_ascii = is_ascii and piece.isascii()
            if "\\" in piece:  # one sign is found much sooner than two
                is_escaped = is_escaped or "\\u" in piece
                if "\\/" in piece:
                    return False
            seen.update(map(hash, found))
            number += len(found)
            if len(seen) < number or (is_escaped and not is_ascii):
                return False
        return True
    return False


def _several(found: Iterable[int]) -> Counter[int]:
    once: set[int] = set()
    further = Counter[int]()
    for one in found:
        if one in once:
            further[one] += 1
        once.add(one)
    return Counter({one: number + 1 for one, number in further.items()})


def _words_of(lines: Iterable[tuple[int, str]], alike: set[int], decoder: JsonDecoder) -> Iterator[int]:
    """The hashes of the texts that begin as others do."""
    for _number, line in lines:
        row = _decoded(line, decoder) if hash(_beginning(line, decoder)) in alike else {}
        if is_by_words(row) and isinstance(row.get("text"), str):
            yield hash(row["text"])


def _beginning(line: str, decoder: JsonDecoder) -> str:
    """What the text of a row begins with."""
    found = _TEXT_FIRST.match(line)
    if found is None:
        text = _decoded(line, decoder).get("text")
        found = _BEGINNING.match(text) if isinstance(text, str) else None
        return found[0] if found is not None else ""
    return found[1]


def _hash_of(line: str) -> int | None:
    match = _HASH.search(line)
    if match is None or f'"{KEPT}"' not in line:
        return int(match[1]) if match else None
    row_hash = _decoded(line, JsonDecoder()).get(HASH)
    return row_hash if type(row_hash) is int else None


def _decoded(line: str, decoder: JsonDecoder) -> Mapping[str, Any]:
    """The row; nothing where it is none, which is said where it is read."""
    try:
        row = decoder.whole(line)
    except NotJsonError:
        return {}
    return row if isinstance(row, dict) else {}
