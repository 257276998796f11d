"""Where the labels' names go: in the lane above the line, never over one another.

Names are put at the beginning of their spans and cut short where the next one is near; the whole name is then in
the tooltip, and in the list of labels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view.lines import Lines
from gadget_trainer.ui.text_view.metrics import Metrics

_PADDING = 4.0
_GAP = 2.0
# Names may reach this far over the edge of the column before they move or are cut.
_OVERHANG = 16.0


@dataclass(frozen=True, slots=True)
class Tag:
    """A label's name above a span; ``text`` is empty where there is no room for even two letters."""

    span: Span
    rect: QRectF
    text: str
    line: int
    from_right: bool
    """Whether it hangs on the right edge of its span, as right-to-left scripts begin there."""


def place_tags(spans: Sequence[Span], lines: Lines, metrics: Metrics, width: float) -> list[Tag]:
    """The tags of the spans that begin in a paragraph, in its coordinates."""
    wanted = [tag for span in spans if (tag := _wanted(span, lines, metrics)) is not None]
    placed: list[Tag] = []
    for line in sorted({tag.line for tag in wanted}):
        row = [tag for tag in wanted if tag.line == line]
        placed += _without_overlaps(_inside(row, width), metrics)
    return placed


def place_other_tags(spans: Sequence[Span], tags: Sequence[Tag], lines: Lines, metrics: Metrics) -> list[Tag]:
    """The tags of another reading's spans, each with the word “model”, beside the ``tags`` that are in its way."""
    placed: list[Tag] = []
    for span in spans:
        tag = _wanted(span, lines, metrics, f"model: {span.label}")
        if tag is not None:
            in_line = [QRectF(other.rect) for other in (*tags, *placed) if other.line == tag.line]
            placed.append(replace(tag, rect=_beside(tag.rect, in_line)))
    return placed


def _beside(rect: QRectF, others: Sequence[QRectF]) -> QRectF:
    """``rect`` where it is free: as it is, to the right or the left of the first one in its way, or behind all."""

    def in_the_way(place: QRectF) -> QRectF | None:
        return next((other for other in others if other.adjusted(-_GAP, 0, _GAP, 0).intersects(place)), None)

    first = in_the_way(rect)
    if first is None:
        return rect
    right = rect.translated(first.right() + 2 * _GAP - rect.left(), 0)
    left = rect.translated(first.left() - 2 * _GAP - rect.right(), 0)
    if in_the_way(right) is not None and in_the_way(left) is None and left.left() >= -_OVERHANG:
        return left
    while (other := in_the_way(right)) is not None:
        right.moveLeft(other.right() + 2 * _GAP)
    return right


def _wanted(span: Span, lines: Lines, metrics: Metrics, text: str = "") -> Tag | None:
    """The tag as it would be if it were alone; its text is the label unless there is another."""
    text = text or span.label
    if not lines.start <= span.start < lines.end:
        return None
    edge = lines.edge(span.start)
    if edge is None:
        return None
    from_right = edge.outwards > 0
    tag_width = metrics.tag_width(text) + 2 * _PADDING
    left = edge.x + 1 - tag_width if from_right else edge.x - 1
    # It sits on the pill's upper edge like the tab of a folder.
    rect = QRectF(left, edge.top - metrics.lane, tag_width, metrics.lane)
    return Tag(span, rect, text, edge.line, from_right)


def _inside(row: list[Tag], width: float) -> list[Tag]:
    """Tags at the end of a line moved back into the column, in the order of the places where they hang."""
    moved = []
    for tag in row:
        over = tag.rect.right() - (width + _OVERHANG) if not tag.from_right else -_OVERHANG - tag.rect.left()
        shift = (over if tag.from_right else -over) if over > 0 else 0.0
        moved.append(replace(tag, rect=tag.rect.translated(shift, 0)) if shift else tag)
    return sorted(moved, key=lambda tag: tag.rect.right() if tag.from_right else tag.rect.left())


def _without_overlaps(row: list[Tag], metrics: Metrics) -> list[Tag]:
    rects = [QRectF(tag.rect) for tag in row]
    for left, right, tag, following in zip(rects, rects[1:], row, row[1:], strict=False):
        if left.right() + _GAP <= right.left():
            continue
        if tag.from_right and following.from_right:
            right.setLeft(min(right.right(), left.right() + _GAP))
        elif not tag.from_right and not following.from_right:
            left.setRight(max(left.left(), right.left() - _GAP))
        else:
            middle = _middle(left, right)
            left.setRight(max(left.left(), middle - _GAP / 2))
            right.setLeft(min(right.right(), middle + _GAP / 2))
    return [_fitted(tag, rect, metrics) for tag, rect in zip(row, rects, strict=True)]


def _middle(left: QRectF, right: QRectF) -> float:
    """Where two tags that grow towards each other meet: half way, but what one does not need is the other's."""
    half = (left.left() + right.right()) / 2
    if left.right() + _GAP / 2 <= half:
        return left.right() + _GAP / 2
    return max(half, right.left() - _GAP / 2)


def _fitted(tag: Tag, rect: QRectF, metrics: Metrics) -> Tag:
    """The tag with as much of its name as its rectangle holds."""
    if rect.width() >= tag.rect.width() - 0.5:
        return tag
    text = metrics.elided(tag.span.label, rect.width() - 2 * _PADDING + 2)
    return replace(tag, rect=rect, text=text if len(text) > 1 else "")
