"""A label scheme as a JSON file: what the labels of a project are, to be used in another one.

The file is an object with ``labels``, a list in the person's order. A label is an object with ``name`` and, as far as
they are known, ``colour`` (``#rrggbb``), ``description``, ``examples`` (a list) and ``key``. A plain list is read too,
also one of names alone, as people write by hand.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gadget_trainer.corpus.label_names import normal_key, problem_with_key, problem_with_name
from gadget_trainer.corpus.records import Label
from gadget_trainer.corpus.sound_text import is_sound
from gadget_trainer.errors import UserError

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FORMAT = "gadget-trainer-labels"
_MOST_BYTES = 10_000_000


def write_scheme(path: Path, labels: Iterable[Label]) -> None:
    """Write the labels into a file, over what was there. Raises UserError where that fails."""
    rows = [
        {
            "name": label.name,
            "colour": label.colour,
            "description": label.description,
            "examples": list(label.examples),
            "key": label.key,
        }
        for label in labels
    ]
    words = json.dumps({"format": _FORMAT, "version": 1, "labels": rows}, ensure_ascii=False, indent=2)
    try:
        path.write_text(words + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"The labels could not be written to {path}: {error.strerror or error}.") from error


def read_scheme(path: Path) -> list[Label]:
    """The labels of a file in its order; their ids are 0, and a colour that it does not say is empty.

    Raises UserError, with a sentence that says where the fault is, for whatever is no label scheme.
    """
    content = _json(path)
    rows = content.get("labels") if isinstance(content, dict) else content
    if not isinstance(rows, list) or not rows:
        raise UserError(f"{path.name} holds no list of labels. Choose a file that labels were exported to.")
    labels = [_label(row, place, path.name) for place, row in enumerate(rows)]
    _check(labels, path.name)
    return labels


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError(f"{path.name} is too large for a label scheme. Choose a file that labels were exported to.")
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"{path.name} could not be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path.name} is no JSON file. Choose a file that labels were exported to.") from error


def _label(row: object, place: int, file: str) -> Label:
    where = f"Label {place + 1} of {file}"
    if isinstance(row, str):
        row = {"name": row}
    if not isinstance(row, Mapping):
        raise UserError(f"{where} is neither a name nor an object. Mend the file, or export the labels anew.")
    name, colour, description, key = (_words(row, what, where) for what in ("name", "colour", "description", "key"))
    problem = problem_with_name(name)
    if problem:
        raise UserError(f"{where} cannot be used. {problem}")
    if colour and not _COLOUR.fullmatch(colour):
        raise UserError(f"{where} has the colour “{colour[:40]}”. Write it as in #0072b2.")
    examples = row.get("examples") or []
    if not isinstance(examples, list) or not all(isinstance(one, str) and is_sound(one) for one in examples):
        raise UserError(f"{where} has examples that are no list of words. Mend the file, or export the labels anew.")
    return Label(0, name, colour.lower(), place, description, tuple(examples), normal_key(key))


def _words(row: Mapping[str, object], what: str, where: str) -> str:
    value = row.get(what)
    if value is None:
        return ""
    if not isinstance(value, str) or not is_sound(value):
        raise UserError(f"{where} has a {what} that is no text. Mend the file, or export the labels anew.")
    return value.strip()


def _check(labels: Sequence[Label], file: str) -> None:
    """Raise UserError where two labels of a file would be one, or answer to one key."""
    names: set[str] = set()
    keys: dict[str, str] = {}
    for label in labels:
        if label.name in names:
            raise UserError(f"{file} has the label {label.name} twice. Remove one of them from the file.")
        problem = problem_with_key(label.key, keys)
        if problem:
            raise UserError(f"The label {label.name} of {file} cannot be used. {problem}")
        names.add(label.name)
        keys |= {label.key: f"chooses {label.name}"} if label.key else {}
