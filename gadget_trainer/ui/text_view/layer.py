"""The spans of one reading of a text, found by place in logarithmic time.

A view draws two: the person's, and beside it another one, a model's, in a style of its own.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from gadget_trainer.corpus.records import Span

# In C: a text may have ten thousand spans, which are put in order while a person waits for it.
_order = attrgetter("start", "end", "label")


class SpanLayer:
    """Spans in the order of their starts; they may overlap, as imported ones sometimes do."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = sorted(spans, key=_order)
        self._longest = max([span.end - span.start for span in self._spans], default=0)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, span: object) -> bool:
        return isinstance(span, Span) and self._index(span) is not None

    def between(self, start: int, end: int) -> list[Span]:
        """The spans that share a code point with ``start`` to ``end``, in order."""
        found = []
        first = bisect_left(self._spans, start - self._longest, key=lambda span: span.start)
        for span in self._from(first):
            if span.start >= end:
                break
            if span.end > start:
                found.append(span)
        return found

    def _from(self, index: int) -> Iterator[Span]:
        while index < len(self._spans):
            yield self._spans[index]
            index += 1

    def after(self, span: Span | None, offset: int) -> Span | None:
        """The span after ``span``, or without one, the first that starts at or after ``offset``."""
        key = _order(span) if span else (offset, 0, "")
        index = bisect_left(self._spans, key, key=_order)
        if span and index < len(self._spans) and self._spans[index] == span:
            index += 1
        return self._spans[index] if index < len(self._spans) else None

    def before(self, span: Span | None, offset: int) -> Span | None:
        """The span before ``span``, or without one, the last that starts before ``offset``."""
        index = bisect_left(self._spans, _order(span) if span else (offset, 0, ""), key=_order)
        return self._spans[index - 1] if index > 0 else None

    def change(self, removed: Iterable[Span], added: Iterable[Span]) -> None:
        """Take spans out and put others in. Raises ValueError for one that is not there."""
        for span in removed:
            index = self._index(span)
            if index is None:
                raise ValueError(f"{span} is not shown")
            del self._spans[index]
        for span in added:
            insort(self._spans, span, key=_order)
            self._longest = max(self._longest, span.end - span.start)

    def _index(self, span: Span) -> int | None:
        index = bisect_left(self._spans, _order(span), key=_order)
        return index if index < len(self._spans) and self._spans[index] == span else None

    def difference(self, spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
        """What to remove and what to add to come from this layer to ``spans`` (in any order)."""
        wanted = sorted(spans, key=_order)
        if wanted == self._spans:
            return [], []
        removed, added = list(self._spans), wanted
        # Nearly always one span changed: what is equal at both ends is left alone.
        head = _common(removed, added)
        removed, added = removed[head:], added[head:]
        tail = _common(removed[::-1], added[::-1])
        return removed[: len(removed) - tail], added[: len(added) - tail]


def _common(first: Sequence[Span], second: Sequence[Span]) -> int:
    """How many elements at the beginning are equal."""
    # A dataclass compares field by field even with itself; most spans are the very same object.
    pairs = enumerate(zip(first, second, strict=False))
    return next(
        (index for index, (one, other) in pairs if one is not other and one != other), min(len(first), len(second))
    )
