"""Which words would have to be split, and where, so that a span cuts no token."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from gadget_trainer.corpus.records import Pieces, Span
from gadget_trainer.corpus.snapping import TokenEdges, cut_tokens


def rules_for(text: str, edges: TokenEdges, span: Span, rules: Sequence[Pieces]) -> list[Pieces]:
    """The rules with which ``span`` would cut no token of ``text``, beside ``rules``, which made the tokens.

    None where it cuts none, or where there is a rule already that the tokenizer does not follow at this place.
    """
    found: dict[tuple[int, int], list[int]] = {}
    for token, place in zip(cut_tokens(edges, span.start, span.end), (span.start, span.end), strict=True):
        if token is not None:
            found.setdefault(token, []).append(place)
    wanted = [_rule(text, start, end, places, rules) for (start, end), places in found.items()]
    return [one for one in wanted if one not in rules]


def _rule(text: str, start: int, end: int, places: Sequence[int], rules: Sequence[Pieces]) -> Pieces:
    """The pieces of the word that the token from ``start`` to ``end`` is, or is a piece of, cut at ``places`` too."""
    for pieces in rules:
        offsets = list(accumulate(map(len, pieces), initial=0))
        for offset, piece in zip(offsets, pieces, strict=False):
            word = start - offset
            if piece == text[start:end] and word >= 0 and text.startswith("".join(pieces), word):
                return _cut(text, sorted({*(word + one for one in offsets), *places}))
    return _cut(text, [start, *places, end])


def _cut(text: str, places: Sequence[int]) -> Pieces:
    return tuple(text[start:end] for start, end in pairwise(places))
