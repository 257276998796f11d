"""The lines of CoNLL's columns: which of them are words, and what they say."""

import re
from collections.abc import Sequence

from gadget_trainer.formats.tags import Token, is_tag

DOCUMENT = "-DOCSTART-"


def columns(line: str) -> list[str]:
    """The columns; between tabs a token may hold spaces, else spaces part them."""
    parts = line.rstrip("\t ").split("\t") if "\t" in line.strip() else re.split(" +", line.strip())
    return [part.strip() for part in parts]


def is_comment(line: str) -> bool:
    """Whether a line before a sentence is a comment, and no word that begins with the sign."""
    return line.startswith("#") and not is_tag(columns(line)[-1])


def is_document(line: str) -> bool:
    """Whether a document begins here."""
    return DOCUMENT in line and columns(line)[0] == DOCUMENT


def token(line: str) -> Token:
    """The word of a line and its tag, which is ``O`` where the line has none."""
    parts = columns(line)
    return Token(parts[0], parts[-1] if len(parts) > 1 else "O")


def word_lines(lines: Sequence[str]) -> list[int]:
    """Which of the lines that belong to a sentence are its words: those after its comments and marks."""
    found: list[int] = []
    for at, line in enumerate(lines):
        if line.strip() and not is_document(line) and (found or not is_comment(line)):
            found.append(at)
    return found
