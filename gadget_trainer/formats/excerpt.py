"""The place of a file that a note of a receipt is about, as it stands there: what was lost can then be looked at."""

import json
import re
from itertools import islice
from pathlib import Path

from gadget_trainer.formats.json_values import JsonDecoder, NotJsonError, elements
from gadget_trainer.formats.reading import FileChoice
from gadget_trainer.formats.source import Source

_NUMBERED = re.compile(r"(?P<name>.*):(?P<number>\d{1,12})", re.DOTALL)
_BY_RECORD = frozenset({"spacy-json", "ner-annotator", "spacy-v2"})
"""Formats whose numbers are no lines, even where the file does not begin as a list."""
_LONGEST = 4_000


def excerpt(choice: FileChoice, where: str) -> str:
    """The line or record that ``where`` names, such as ``posts.jsonl:12``; empty where it cannot be shown.

    Raises:
        UserError: the file cannot be decoded.
        OSError: it cannot be read.
    """
    numbered = _NUMBERED.fullmatch(where)
    if numbered is None:
        return ""
    path, number = _path(choice, numbered["name"]), int(numbered["number"])
    if not path.is_file():
        return ""
    source = Source(path, encoding=choice.encoding)
    opening = source.sample().text.lstrip()
    if opening.startswith("["):
        return _shortened(_record(source, number))
    if not opening or choice.format_name in _BY_RECORD:
        return ""
    return _shortened(next((line for count, line in source.lines() if count == number), ""))


def _path(choice: FileChoice, name: str) -> Path:
    """Within a folder, and beside a file of brat's, the name says which file it is."""
    if choice.path.is_dir():
        path = choice.path / name
        return path if path.resolve().is_relative_to(choice.path.resolve()) else choice.path
    beside = choice.path.with_name(Path(name).name) if name else choice.path
    return beside if beside.stem == choice.path.stem and beside.is_file() else choice.path


def _record(source: Source, number: int) -> str:
    try:
        found = next(islice(elements(source.text(), JsonDecoder()), number - 1, None), None)
    except NotJsonError:
        return ""
    return "" if found is None else json.dumps(found, ensure_ascii=False, indent=2)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
