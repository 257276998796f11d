"""Tags on tokens, in all the schemes that tools write, become spans.

IOB1, IOB2, BIOES, BILUO and BMES are read by the same rules, so that nobody has to know which it is: a span begins at
``B``, ``S`` or ``U``, or where a tag does not continue the one before it; it ends after ``E``, ``L``, ``S``
or ``U``, or where the next tag does not continue it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gadget_trainer.formats.cleaning import RawSpan, quoted
from gadget_trainer.formats.receipt import Receipt

UNKNOWN = "-"
"""The tag of a token of which nobody knows whether it is in a span, as in spaCy 2."""
OUTSIDE = ("O", "", "_", UNKNOWN)
"""Tags of tokens in no span."""
_SINGLE, _BEGIN, _INSIDE, _END = "SU", "B", "IM", "EL"
BEGINNINGS = _BEGIN + _SINGLE
"""The letters of the tags with which a span begins, whatever the tag before."""


class Token(NamedTuple):
    """A token and its tag, as the file states them."""

    text: str
    tag: str


def joined(tokens: Sequence[Token]) -> tuple[str, list[tuple[int, int]]]:
    """The tokens with a space between them, and where each is (code points, end exclusive)."""
    places: list[tuple[int, int]] = []
    position = 0
    for token in tokens:
        places.append((position, position + len(token.text)))
        position += len(token.text) + 1
    return " ".join(token.text for token in tokens), places


def placed(tokens: Sequence[Token], text: str) -> list[tuple[int, int]] | None:
    """Where each token is in a text that has them all in order with nothing but spaces between; else None."""
    places: list[tuple[int, int]] = []
    position = 0
    for token in tokens:
        start = text.find(token.text, position)
        if start < 0 or text[position:start].strip():
            return None
        position = start + len(token.text)
        places.append((start, position))
    return places


def is_tag(tag: str) -> bool:
    """Whether it looks like a tag of one of the schemes."""
    return tag == "O" or (len(tag) > 2 and tag[0] in "BILUOMES" and tag[1] == "-")


def are_tags(values: Sequence[object]) -> bool:
    """Whether all are tags of the schemes, one of them of a span; those of words that are in none may be empty."""
    for one in values:
        if not isinstance(one, str) or not (is_tag(one) or one in OUTSIDE):
            return False
    return any(one not in OUTSIDE for one in values)


def tagged_spans(
    tokens: Sequence[Token], places: Sequence[tuple[int, int]], where: str, receipt: Receipt
) -> Iterator[RawSpan]:
    """Yield the spans of one sentence; a tag of no scheme is lost and counted."""
    start, end, label, is_open = 0, 0, "", False
    for token, (first, last) in zip(tokens, places, strict=True):
        kind, name = _parts(token, where, receipt)
        continues = is_open and kind != "" and kind in _INSIDE + _END and name == label
        if label and not continues:
            yield RawSpan(start, end, label)
            label = ""
        if kind:
            start, end, label = (start if continues else first), last, name
        is_open = kind not in ("", *_SINGLE, *_END)
    if label:
        yield RawSpan(start, end, label)


def _parts(token: Token, where: str, receipt: Receipt) -> tuple[str, str]:
    """The letter of the scheme and the label; both empty outside of spans."""
    if token.tag in OUTSIDE:
        return "", ""
    kind, dash, label = token.tag.partition("-")
    if dash and label.strip() and kind in (*_SINGLE, _BEGIN, *_INSIDE, *_END):
        return kind, label
    receipt.spans_lost.add(where, "its tag is in no scheme that is known", quoted(token.tag))
    return "", ""
