"""Long texts in pieces that an update can hold.

The recogniser's update holds Python's lock for a time that grows with the square of a text's length: a text of 1,002
tokens held up a window's timer for 90 ms, one of 500 for less than 20. And it needs about 28 KB a token. So texts of
more than ``LONGEST`` tokens are cut: at a paragraph's end, else at a sentence's, else between two tokens, never in
a span. The network sees four words to each side, so little is lost. The categories of a text are learned from each of
its pieces, so a long text counts for as much as its words do, as it does for entities. That was as good as
learning from whole texts: of 32 texts of 950 words, told as a whole, 48 % were right, and else 50 % (two seeds).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.learnable import LONGEST
from gadget_trainer.training.tokens import Tokens

LONGEST_READ = 20_000
"""Tokens that are predicted in one go: some hundred megabytes."""

_SENTENCE_ENDS = ".!?…。！？؟।"
_PARAGRAPH_ENDS = "\n\r\v\f\x85\u2028\u2029"


def pieces(text: AnnotatedText, tokens: Tokens, longest: int = LONGEST) -> Iterator[AnnotatedText]:
    """``text`` itself if it is short enough, else its pieces, each with the spans that lie in it.

    Put together, the pieces are the text. Spans keep their place, counted from the start of their piece.
    """
    if len(text.text) <= longest:
        # There are never more tokens than code points.
        yield text
        return
    edges = [edge for part in tokens.edges(text.text) for edge in zip(part.token_starts, part.token_ends, strict=True)]
    start = 0
    for cut in [*_cuts(text, edges, longest), len(text.text)]:
        inside = _within(text.spans, start, cut)
        # A cut may go through what was refused: then nothing is known of it.
        refused = _within((span for span in text.refused if span.end <= cut), start, cut)
        yield text._replace(text=text.text[start:cut], spans=inside, refused=refused)
        start = cut


def _within(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """Those of ``spans`` that begin between the offsets, counted from ``start``."""
    return tuple(Span(span.start - start, span.end - start, span.label) for span in spans if start <= span.start < end)


def _cuts(text: AnnotatedText, edges: Sequence[tuple[int, int]], longest: int) -> Iterator[int]:
    """The offsets in ``text`` where a new piece begins."""
    starts = [start for start, _ in edges]
    crossed = _starts_within(text.spans, starts)

    def ends_paragraph(token: int) -> bool:
        return any(char in _PARAGRAPH_ENDS for char in text.text[edges[token - 1][1] : edges[token][0]])

    def ends_sentence(token: int) -> bool:
        return text.text[edges[token - 1][1] - 1] in _SENTENCE_ENDS

    first = 0
    while first + longest < len(edges):
        furthest = first + longest
        # A piece of a quarter of what is allowed is not worth the better place.
        good = range(furthest, first + longest // 4, -1)
        anywhere = (*range(furthest, first, -1), *range(furthest + 1, len(edges)))
        first = (
            _first_that(good, crossed, ends_paragraph)
            or _first_that(good, crossed, ends_sentence)
            or _first_that(anywhere, crossed, lambda _: True)
            or len(edges)
        )
        if first < len(edges):
            yield starts[first]


def _first_that(places: Sequence[int], crossed: set[int], fits: Callable[[int], bool]) -> int:
    return next((place for place in places if place not in crossed and fits(place)), 0)


def _starts_within(spans: Sequence[Span], starts: Sequence[int]) -> set[int]:
    """The tokens that begin inside a span, so that a cut before them would break it."""
    inside: set[int] = set()
    for span in spans:
        inside.update(range(bisect_right(starts, span.start), bisect_left(starts, span.end)))
    return inside
