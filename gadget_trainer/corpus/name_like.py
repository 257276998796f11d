"""Where the next name may begin: spans are mostly of names and numbers, and what is in between need not be walked.

A name may begin at a word with a capital letter or a digit in front, unless the word before it is of the same name; in
scripts without capitals, at a letter that begins a word or a clause.
"""

from itertools import islice

import regex

from gadget_trainer.corpus.snapping import TokenEdges, next_token_start, previous_token_start, token_at

_WORD = r"[\p{Lu}\p{Lt}\p{N}][^\s.!?:;,()]*"
_NAME = regex.compile(rf"(?<![\w\p{{M}}])(?:{_WORD}(?:[^\S\r\n]{_WORD}){{0,20}}|\p{{Lo}})")
_FAR = 20_000
"""Code points that are looked through; where there is no name among them, that is far enough for one key."""

_MOST = 100
"""Places that are tried: only in a text without spaces do so many begin no token."""


def next_name(text: str, edges: TokenEdges, position: int) -> int:
    """The first token after ``position`` that a name may begin with, or a token far on, or the end of the text."""
    limit = min(len(text), max(position, 0) + _FAR)
    here = _NAME.match(text, max(position, 0), limit)
    begin = here.end() if here else position + 1
    for found in islice(_NAME.finditer(text, begin, limit), _MOST):
        if _begins_token(text, edges, found.start()):
            return found.start()
    return len(text) if limit == len(text) else next_token_start(text, edges, limit)


def previous_name(text: str, edges: TokenEdges, position: int) -> int:
    """The last token before ``position`` that a name may begin with, or a token far back, or the start of the text."""
    limit = max(0, position - _FAR)
    for found in islice(reversed(list(_NAME.finditer(text, limit, position))), _MOST):
        if _begins_token(text, edges, found.start()):
            return found.start()
    return 0 if limit == 0 else previous_token_start(text, edges, limit)


def _begins_token(text: str, edges: TokenEdges, place: int) -> bool:
    return token_at(text, edges, place)[0] == place
