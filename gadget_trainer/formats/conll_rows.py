"""The lines of CoNLL's columns: which of them are words, and what they say."""

import re
from collections.abc import Iterable, Sequence

from gadget_trainer.formats.tags import OUTSIDE, Token, is_tag

DOCUMENT = "-DOCSTART-"


def columns(line: str) -> list[str]:
    """The columns; between tabs a token may hold spaces or be empty, else spaces part them."""
    stripped = line.strip()
    is_tabbed = "\t" in stripped or (line.startswith("\t") and " " not in stripped)
    parts = line.rstrip("\t ").split("\t") if is_tabbed else re.split(" +", stripped)
    return [part.strip() for part in parts]


def is_comment(line: str) -> bool:
    """Whether a line before a sentence is a comment, and no word that begins with the sign."""
    return line.startswith("#") and not is_tag(columns(line)[-1])


def is_document(line: str) -> bool:
    """Whether a document begins here."""
    return DOCUMENT in line and columns(line)[0] == DOCUMENT


def is_comment_within(line: str) -> bool:
    """Whether a line within a sentence is a comment, for which it has to look more like one."""
    return line.startswith("# ") and is_comment(line) and columns(line)[-1] not in OUTSIDE


def token(line: str, word: int = 0) -> Token:
    """The word of a line, which is in that column, and its tag, which is ``O`` where the line has none."""
    parts = columns(line)
    return Token(parts[word if len(parts) > word else 0], parts[-1] if len(parts) > word + 1 else "O")


def is_row(line: str, *, begun: bool) -> bool:
    """Whether a line is one of columns, and no comment or mark, in a sentence that has begun or is still to begin."""
    return bool(line.strip()) and not is_document(line) and not (is_comment_within if begun else is_comment)(line)


def word_lines(lines: Sequence[str], word: int = 0) -> list[int]:
    """Which of the lines that belong to a sentence are its words: those after its comments and marks."""
    found: list[int] = []
    for at, line in enumerate(lines):
        if is_row(line, begun=bool(found)) and token(line, word).text:
            found.append(at)
    return found


def word_column(sentences: Iterable[Sequence[str]]) -> int:
    """In which column words are: the second, if the first counts 1, 2, 3 in each of the sentences, else the first."""
    longest = 0
    for lines in sentences:
        rows = [columns(lines[at]) for at in word_lines(lines)]
        numbers = [row[0] for row in rows]
        if numbers != [str(number) for number in range(1, len(rows) + 1)] or any(len(row) < 3 for row in rows):
            return 0
        longest = max(longest, len(rows))
    # A word alone may be the number one.
    return int(longest > 1)
