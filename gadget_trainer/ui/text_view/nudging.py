"""The edges of a span moved by a token or a character, as keys do it."""

from gadget_trainer.corpus.graphemes import boundary_after, boundary_before
from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import (
    TokenEdges,
    next_token_start,
    previous_token_start,
    snap,
    snap_to_characters,
    token_at,
)


def nudged(text: str, edges: TokenEdges, span: Span, *, at_end: bool, forward: bool) -> tuple[int, int] | None:
    """Where ``span`` would be with one of its edges a token further on, or back; None where there is no room.

    A span keeps at least one token.
    """
    start, end = (
        (span.start, _end(text, edges, span, forward=forward))
        if at_end
        else (_start(text, edges, span, forward=forward), span.end)
    )
    if not 0 <= start < end:
        return None
    found = snap(text, edges, start, end)
    return None if found == (span.start, span.end) else found


def nudged_by_character(text: str, span: Span, *, at_end: bool, forward: bool) -> tuple[int, int] | None:
    """Where ``span`` would be with one of its edges a character further on, or back; None where there is no room.

    Spaces are passed over, as no span begins or ends with one. A span keeps at least one character.
    """
    edge = span.end if at_end else span.start
    while edge > 0 if not forward else edge < len(text):
        edge = boundary_after(text, edge + 1) if forward else boundary_before(text, edge - 1)
        start, end = (span.start, edge) if at_end else (edge, span.end)
        found = snap_to_characters(text, start, end) if start < end else None
        if found is None:
            return None
        if found != (span.start, span.end):
            return found
    return None


def _end(text: str, edges: TokenEdges, span: Span, *, forward: bool) -> int:
    if forward:
        following = next_token_start(text, edges, span.end - 1)
        return token_at(text, edges, following)[1] if following < len(text) else span.end
    last = token_at(text, edges, span.end - 1)[0]
    before = previous_token_start(text, edges, last)
    return token_at(text, edges, before)[1] if span.start <= before < last else -1


def _start(text: str, edges: TokenEdges, span: Span, *, forward: bool) -> int:
    if forward:
        return next_token_start(text, edges, span.start)
    return previous_token_start(text, edges, span.start)
