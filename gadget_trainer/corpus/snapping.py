"""From what a person drags over to what training can use: whole tokens, whole characters, no spaces at the edges.

A span whose edge falls inside a token teaches nothing, and one that starts or ends with a space teaches
nonsense, both without a warning. Tokens come from a tokenizer in the background, slice by slice; until they have
arrived, a rule of thumb about words stands in, so that nobody waits before highlighting.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import regex

from gadget_trainer.corpus.graphemes import boundary_after, boundary_before

# Chinese and Japanese are written without spaces: there a character is the better guess than the whole clause.
# A point or a comma between digits belongs to the number.
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]\p{M}*"
    r"|(?:(?![\p{Han}\p{Hiragana}\p{Katakana}])[\w\p{M}]|(?<=\d)[.,](?=\d))+"
    r"|\S"
)

# How far around a position words are looked for; a longer word without a space is cut, until its token is known.
_REACH = 200
# How much whitespace is passed over at a time where there are no words.
_LEAP = 10_000


class TokenEdges:
    """Where the tokens of a text start and end (code points), as far as they are known.

    Whitespace tokens are left out; the rest is in order and does not overlap.
    """

    __slots__ = ("covered_to", "ends", "starts")

    def __init__(self, starts: Sequence[int] = (), ends: Sequence[int] = ()) -> None:
        self.starts = array("q")
        self.ends = array("q")
        self.covered_to = 0
        """The code point up to which the tokens are known; from there on they are still to come."""
        self.extend(starts, ends)

    def extend(self, starts: Sequence[int], ends: Sequence[int], covered_to: int = 0) -> None:
        """Add the tokens of the next slice of the text, in order.

        ``covered_to`` is the end of that slice, where it is not the end of its last token. Raises ValueError
        when the slice does not follow on what is known.
        """
        if len(starts) != len(ends):
            raise ValueError(f"{len(starts)} starts but {len(ends)} ends of tokens")
        if starts and starts[0] < self.covered_to:
            raise ValueError(f"tokens from {starts[0]} come after those up to {self.covered_to}")
        self.starts.extend(starts)
        self.ends.extend(ends)
        self.covered_to = max(self.covered_to, covered_to, ends[-1] if ends else 0)

    def start_at_or_before(self, position: int) -> int | None:
        """The last known token start at or before ``position``."""
        index = bisect_right(self.starts, position) - 1
        return self.starts[index] if index >= 0 else None

    def start_after(self, position: int) -> int | None:
        """The first known token start after ``position``."""
        index = bisect_right(self.starts, position)
        return self.starts[index] if index < len(self.starts) else None

    def at(self, position: int) -> tuple[int, int] | None:
        """The known token that holds the code point at ``position``."""
        index = bisect_right(self.starts, position) - 1
        if index < 0 or self.ends[index] <= position:
            return None
        return self.starts[index], self.ends[index]


def rough_edges(text: str, start: int, end: int) -> TokenEdges:
    """What are probably the tokens between ``start`` and ``end``: words, numbers, single signs."""
    matches = [match.span() for match in _WORD.finditer(text, start, end)]
    edges = TokenEdges([word[0] for word in matches], [word[1] for word in matches])
    edges.covered_to = end
    return edges


def token_at(text: str, edges: TokenEdges, position: int) -> tuple[int, int]:
    """The token that holds the code point at ``position``, or the word where tokens have not arrived yet.

    A character that belongs to neither (a space) is given as it is: ``(position, position + 1)``.
    """
    if position < edges.covered_to:
        return edges.at(position) or (position, position + 1)
    low = max(edges.covered_to, position - _REACH)
    return rough_edges(text, low, min(len(text), position + _REACH)).at(position) or (position, position + 1)


def next_token_start(text: str, edges: TokenEdges, position: int) -> int:
    """The first start of a token after ``position``, or the end of the text."""
    known = edges.start_after(position)
    if known is not None:
        return known
    # Out of the word that the position is in, else its second half would count as the next one.
    low = edges.covered_to if position < edges.covered_to else token_at(text, edges, position)[1]
    while low < len(text):
        # A text of nothing but empty lines is passed over at once, not a reach at a time.
        low = _before_next_word(text, low)
        rough = rough_edges(text, low, min(len(text), low + _REACH))
        if rough.starts:
            return rough.starts[0]
        low += _REACH
    return len(text)


def previous_token_start(text: str, edges: TokenEdges, position: int) -> int:
    """The last start of a token before ``position``, or the start of the text."""
    high = position
    while high > edges.covered_to:
        high = max(edges.covered_to, _after_last_word(text, high))
        low = max(edges.covered_to, high - _REACH)
        rough = rough_edges(text, low, high)
        if rough.starts:
            return token_at(text, edges, rough.starts[-1])[0]
        high = low
    index = bisect_left(edges.starts, min(high, position)) - 1
    return edges.starts[index] if index >= 0 else 0


def _before_next_word(text: str, position: int) -> int:
    """The first code point at or after ``position`` that is no whitespace, or the end of the text."""
    while position < len(text):
        part = text[position : position + _LEAP]
        rest = part.lstrip()
        if rest:
            return position + len(part) - len(rest)
        position += len(part)
    return position


def _after_last_word(text: str, position: int) -> int:
    """The end of the last code point before ``position`` that is no whitespace, or the start of the text."""
    while position > 0:
        part = text[max(0, position - _LEAP) : position]
        rest = part.rstrip()
        if rest:
            return position - len(part) + len(rest)
        position -= len(part)
    return position


def snap(text: str, edges: TokenEdges, start: int, end: int) -> tuple[int, int] | None:
    """The smallest range of whole tokens and whole characters that touches ``start`` to ``end`` (code points).

    ``start == end`` means the character there. The range never starts or ends with whitespace; where only
    whitespace was touched there is none. Offsets outside the text are brought inside.
    """
    low, high = sorted((min(max(start, 0), len(text)), min(max(end, 0), len(text))))
    found = _without_edge_spaces(text, low, max(high, min(low + 1, len(text))))
    while found is not None:
        first, last = found
        wide = token_at(text, edges, first)[0], token_at(text, edges, last - 1)[1]
        wide = boundary_before(text, min(wide[0], first)), boundary_after(text, max(wide[1], last))
        stripped = _without_edge_spaces(text, *wide)
        # A cluster can end inside a token, and a token inside a cluster: widen until it ends inside neither.
        if stripped == found:
            break
        found = stripped
    return found


def snap_to_characters(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The smallest range of whole characters that covers ``start`` to ``end``, wherever tokens begin and end.

    As with ``snap``, no whitespace is left at the edges, and ``start == end`` means the character there.
    """
    low, high = sorted((min(max(start, 0), len(text)), min(max(end, 0), len(text))))
    found = _without_edge_spaces(text, low, max(high, min(low + 1, len(text))))
    if found is None:
        return None
    # A space that carries an accent is one character with it, but a space at the edge all the same.
    return _without_edge_spaces(text, boundary_before(text, found[0]), boundary_after(text, found[1]))


def cut_tokens(edges: TokenEdges, start: int, end: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The known tokens that the range ``start`` to ``end`` begins inside of and ends inside of, each or None."""
    return _cut_token(edges, start), _cut_token(edges, end)


def _cut_token(edges: TokenEdges, position: int) -> tuple[int, int] | None:
    token = edges.at(position)
    return token if token is not None and token[0] < position else None


def _without_edge_spaces(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range without whitespace at its edges, or None if there is nothing else in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
