"""Spans whose edges are not the edges of words, and how they would be mended."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.corpus.repairs import Move
from gadget_trainer.corpus.snapping import TokenEdges, snap
from gadget_trainer.training.check.problem import Mend, Problem, Severity
from gadget_trainer.training.check.sides import Side, Sided, SpansFound

if TYPE_CHECKING:  # spaCy behind it: who only counts need not load it
    from gadget_trainer.training.tokens import TokenSlice


_CUT = "cut tokens"
_SPACED = "edge spaces"


class EdgeSpans:
    """Spans that cut a token, and spans with a space at an edge."""

    def __init__(self) -> None:
        self._cutting, self._spaced = SpansFound(), SpansFound()
        self._learned: Counter[str] = Counter()
        """Spans in texts to learn from, by the kind of the problem."""
        self._snaps: list[Move] = []
        self._trims: list[Move] = []

    def add(self, one: Sided, tokens: "Sequence[TokenSlice]") -> Sided:
        """Look at a text that takes part, and its tokens. Return it without the spans that its tokens can't hold."""
        text = one.text
        spans = {span for span in text.spans if 0 <= span.start < span.end <= len(text.text)}
        spaced = {span for span in spans if _has_spaces_at_edges(text.text[span.start : span.end])}
        cutting = _cutting(spans - spaced, tokens)
        if spaced:
            self._spaced.add(text, len(spaced))
            self._trims += [_trimmed(text, span) for span in sorted(spaced)]
        if cutting:
            self._cutting.add(text, len(cutting))
            self._snaps += _snapped(text, sorted(cutting), tokens)
        if one.side is Side.LEARNED:
            self._learned.update({_SPACED: len(spaced), _CUT: len(cutting)})
        wrong = spaced | cutting
        if not wrong:
            return one
        good = tuple(span for span in one.good if span not in wrong)
        return replace(one, good=good, unusable=tuple(span for span in one.good if span in wrong))

    def problems(self, *, all_there_is: bool) -> list[Problem]:
        """What was found; ``all_there_is``: whether there is no other span to learn from."""
        cut = "inside a word as the pipeline sees words"
        snap_them = Mend("Snap", _summary("Snapped", self._snaps), tuple(self._snaps)) if self._snaps else None
        trim_them = Mend("Trim", _summary("Trimmed", self._trims), tuple(self._trims)) if self._trims else None
        return [
            *self._problems(self._cutting, _CUT, _edge(cut), snap_them, blocks=all_there_is),
            *self._problems(self._spaced, _SPACED, _edge("with a space"), trim_them, blocks=all_there_is),
        ]

    def _problems(
        self, found: SpansFound, kind: str, what: tuple[str, str], mend: Mend | None, *, blocks: bool
    ) -> list[Problem]:
        if not (blocks and self._learned[kind]):
            return found.problems(Severity.WARN, kind, what, mend=mend)
        verb = mend.title if mend else "Mend"
        then = f"Such spans can't be learned from, and there are no others. {verb} them, then train."
        return found.problems(Severity.BLOCK, kind, what, then, mend)


def _cutting(spans: set[Span], tokens: "Sequence[TokenSlice]") -> set[Span]:
    if not spans:
        return set()
    starts = {start for part in tokens for start in part.token_starts}
    ends = {end for part in tokens for end in part.token_ends}
    return {one for one in spans if one.start not in starts or one.end not in ends}


def _edge(where: str) -> tuple[str, str]:
    return f"begins or ends {where}", f"begin or end {where}"


def _summary(verb: str, moves: Sequence[Move]) -> str:
    return f"{verb} {len(moves):,} {'span' if len(moves) == 1 else 'spans'}"


def _has_spaces_at_edges(surface: str) -> bool:
    return surface != surface.strip()


def _trimmed(text: AnnotatedText, span: Span) -> Move:
    """The span without its spaces; an empty one where there is nothing else in it."""
    surface = text.text[span.start : span.end]
    start = span.start + len(surface) - len(surface.lstrip())
    return Move(text.id, span, start, start + len(surface.strip()))


def _snapped(text: AnnotatedText, cutting: Sequence[Span], tokens: "Sequence[TokenSlice]") -> list[Move]:
    """Those of the spans that can be widened to whole tokens without meeting another span."""
    edges = TokenEdges()
    for part in tokens:
        edges.extend(part.token_starts, part.token_ends, part.end)
    moves = []
    for span in cutting:
        found = snap(text.text, edges, span.start, span.end)
        if found is not None and not any(other != span and other.touches(*found) for other in text.spans):
            moves.append(Move(text.id, span, *found))
    return moves
